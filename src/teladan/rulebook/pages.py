"""What a page of a course must keep to: its directives, their attributes, and plain Markdown without HTML."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from teladan.rulebook import refs
from teladan.rulebook.clips import check_clip
from teladan.rulebook.course_data import Item, Scene
from teladan.rulebook.directives import Citing, Directive, Report, read
from teladan.rulebook.prose import PAGE_SCHEME, Linking, check_prose

DIAGRAMS = ("alur", "siklus", "lapis", "tangga")
LONGEST_KEY = 60  # letters of a key
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RUMPUN_HEADINGS = ["terlihat", "tidak terlihat"]


@dataclass(frozen=True)
class Shape:
    """What one directive takes: needed attributes, whether it has a title and a body, a key that is stored."""

    attributes: tuple[str, ...] = ()
    title: bool = False
    body: bool = True
    cites: bool = False
    optional: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "sisip": Shape(title=True),
    "kejadian": Shape(),
    "wajib": Shape(cites=True),
    "larangan": Shape(cites=True),
    "abu-abu": Shape(title=True),
    "ingat": Shape(),
    "rumpun": Shape(("nama",)),
    "diagram": Shape(("jenis", "judul")),
    "cek": Shape(("soal",), body=False),
    "refleksi": Shape(("kunci",)),
    "analisis": Shape(("kunci",)),
    "pembahasan": Shape(),
    "adegan": Shape(("kunci",), body=False),
    "lembar-kerja": Shape(title=True),
    "komitmen": Shape(("kunci",)),
    "klip": Shape(("berkas", "takarir"), title=True, optional=("poster",)),
}
KEPT = ("refleksi", "analisis", "komitmen")  # what a participant writes is stored under the key
NEEDED = {"adegan": "adegan", "refleksi": "refleksi", "lembar-kerja": "lembar-kerja", "komitmen": "komitmen"}


@dataclass
class CourseFacts:
    """What pages may refer to in their course, and what they have used so far."""

    items: Mapping[str, Item]
    scenes: Mapping[str, Scene]
    job_families: Collection[str]
    media: Path
    page: str = ""  # the page being read
    used_media: set[str] = field(default_factory=set)
    used_keys: dict[str, str] = field(default_factory=dict)
    used_items: set[str] = field(default_factory=set)
    used_scenes: set[str] = field(default_factory=set)
    lost_items: bool = False  # an items file did not load: do not call its items unknown
    lost_scenes: bool = False


def check_page(
    body: str, kind: str, facts: CourseFacts, cited: Callable[[Citing], None], report: Report
) -> list[Linking]:
    """Tell `report` everything wrong in a body; hand every citation to `cited`. Returns the links to other pages."""
    outline = read(body, report)
    for citing in outline.citations:
        cited(citing)
    linking = check_prose(outline, facts.media, facts.used_media, report)
    if not body.strip():
        report(1, "Halaman tanpa isi.", "Tulis isinya di bawah kepala halaman, atau hapus berkasnya.")
    names = set()
    for directive in outline.walk():
        names.add(directive.name)
        if _check_shape(directive, report):
            _check_target(directive, facts, report)
            _check_content(directive, facts, report)
    if (needed := NEEDED.get(kind)) and needed not in names:
        report(
            1, f"Halaman berjenis '{kind}' tidak memuat blok '{needed}'.", f"Tambahkan ::: {needed}, atau ubah kind."
        )
    return linking


def _check_shape(directive: Directive, report: Report) -> bool:
    shape, name, line = SHAPES.get(directive.name), directive.name, directive.line
    if shape is None:
        near = refs.near(name, list(SHAPES))
        hint = f"Mungkin maksudnya: {', '.join(near)}." if near else f"Yang ada: {', '.join(SHAPES)}."
        report(line, f"Blok '{name}' tidak dikenal.", hint)
        return False
    for attribute in shape.attributes:
        if not directive.attributes.get(attribute, "").strip():
            report(line, f"Blok '{name}' tanpa {attribute}.", f'Tulis ::: {name} {{{attribute}="..."}}.')
    for attribute in directive.attributes.keys() - {*shape.attributes, *shape.optional}:
        report(line, f"Blok '{name}' tidak mengenal atribut '{attribute}'.", "Hapus atribut itu.")
    if shape.title and not directive.title:
        report(line, f"Blok '{name}' tanpa judul.", f"Tulis ::: {name} Judulnya.")
    if shape.body and not directive.has_text:
        if name == "klip":
            report(line, "Blok 'klip' tanpa transkrip.", "Tulis isi klip sebagai teks di dalam bloknya.")
        else:
            report(line, f"Blok '{name}' kosong.", "Isi bloknya, atau hapus.")
    if not shape.body and directive.has_text:
        report(line, f"Blok '{name}' tidak boleh berisi teks.", "Pindahkan teksnya ke luar blok.")
    if shape.cites and not directive.citations():
        report(
            line, f"Blok '{name}' tidak menyebut pasalnya.", "Tambahkan rujukan, misalnya [](hukum:uu-2009-25#34/a)."
        )
    return True


def _check_target(directive: Directive, facts: CourseFacts, report: Report) -> None:
    """Attributes that point at something of the course, and keys under which writing is kept."""
    name, line = directive.name, directive.line
    key = directive.attributes.get("kunci", "")
    if key and (len(key) > LONGEST_KEY or not _KEY.fullmatch(key)):
        hint = f"Huruf kecil, angka, dan tanda hubung; paling panjang {LONGEST_KEY} huruf."
        report(line, f"Kunci '{key}' tidak dapat dipakai.", hint)
    if name in KEPT and key:
        if earlier := facts.used_keys.get(key):
            report(
                line,
                f"Kunci '{key}' sudah dipakai pada {earlier}.",
                "Beri kunci lain; tulisan peserta disimpan per kunci.",
            )
        else:
            facts.used_keys[key] = facts.page
    if name == "cek" and (item_key := directive.attributes.get("soal")):
        facts.used_items.add(item_key)
        item = facts.items.get(item_key)
        if item is None and not facts.lost_items:
            _unknown(report, line, f"Soal '{item_key}' tidak ada di items/.", item_key, facts.items)
        elif item is not None and item.use != "cek":
            report(line, f"Soal '{item_key}' adalah soal tes, bukan soal cek.", "Pakai soal dengan use: cek.")
    if name == "adegan" and key:
        facts.used_scenes.add(key)
        if key not in facts.scenes and not facts.lost_scenes:
            _unknown(report, line, f"Adegan '{key}' tidak ada di scenes/.", key, facts.scenes)
    if name == "rumpun" and (family := directive.attributes.get("nama")) and family not in facts.job_families:
        _unknown(
            report, line, f"Rumpun '{family}' tidak ada di job_families pada course.yaml.", family, facts.job_families
        )


def _check_content(directive: Directive, facts: CourseFacts, report: Report) -> None:
    name, line = directive.name, directive.line
    if name == "diagram":
        if (kind := directive.attributes.get("jenis", "")) and kind not in DIAGRAMS:
            _unknown(report, line, f"Jenis diagram '{kind}' tidak dikenal.", kind, DIAGRAMS)
        if len(directive.numbered()) < 2:
            report(line, "Diagram tanpa daftar bernomor.", "Tulis paling sedikit dua butir: 1. **label** — keterangan.")
        for item_line, item in directive.unlabelled():
            report(item_line, f"Butir diagram tanpa label tebal: {item[:40]!r}.", "Tulis 1. **label** — keterangan.")
    elif name == "rumpun":
        headings = [[cell.casefold() for cell in table] for table in directive.table_headings()]
        if headings != [RUMPUN_HEADINGS]:
            report(
                line,
                "Blok 'rumpun' harus berisi satu tabel dua kolom.",
                "Judul kolomnya: | Terlihat | Tidak terlihat |.",
            )
    elif name == "klip":
        check_clip(directive.attributes, line, facts.media, report)
        facts.used_media.update(directive.attributes.get(name, "") for name in ("berkas", "takarir", "poster"))
    elif name == "analisis" and not any(child.name == "pembahasan" for child in directive.children):
        report(
            line,
            "Blok 'analisis' tanpa pembahasan.",
            "Tambahkan ::: pembahasan di dalamnya; beri analisis empat titik dua.",
        )
    elif name == "pembahasan" and (directive.parent is None or directive.parent.name != "analisis"):
        report(line, "Blok 'pembahasan' berada di luar analisis.", "Letakkan di dalam :::: analisis.")
    elif name == "lembar-kerja" and any(PAGE_SCHEME in text for _line, text in directive.body):
        report(line, "Lembar kerja menautkan halaman lain.", "Lembar ini dicetak: tulis saja judul halamannya.")


def _unknown(report: Report, line: int, message: str, word: str, known: Collection[str]) -> None:
    near = refs.near(word, sorted(known))
    report(
        line,
        message,
        f"Mungkin maksudnya: {', '.join(near)}." if near else f"Yang ada: {', '.join(sorted(known)) or '-'}.",
    )
