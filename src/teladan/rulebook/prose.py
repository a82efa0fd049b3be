"""What the plain Markdown of a page must keep to: headings, links, pictures, tables, and no HTML."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from teladan.rulebook import pictures, refs
from teladan.rulebook.directives import Outline, Report, columns, is_rule, outside_code

PAGE_SCHEME = "halaman:"

_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
_AUTOLINK = re.compile(r"<https?://[^>\s]+>")
_INLINE_CODE = re.compile(r"`[^`]*`")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]*)[^)]*\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")
_BAD_CITATION = re.compile(r"\]\((?:\s+hukum|hukum\s|hukum:[^)\s]*\s)")
_HEADING = re.compile(r"^(?P<marks>#{1,6})(?:[ \t]+(?P<words>.*?))?[ \t]*#*$")
_CLOSE_TO_BLOCK = re.compile(r"^(?:[ \t]+:{3,}|::(?!:))[ \t]*[a-z]")
_EMPTY_WORDS = {"di sini", "klik di sini", "klik", "tautan", "ini", "link"}


@dataclass(frozen=True)
class Linking:
    """A `halaman:` link: line of the body, the page it names, the words written for it ("" is filled in)."""

    line: int
    target: str
    text: str


def check_prose(outline: Outline, media: Path, used_media: set[str], report: Report) -> list[Linking]:
    """Tell `report` what is wrong in the lines of a body. Returns the links to pages, which only the whole course can
    judge; notes in `used_media` which pictures are shown."""
    linking: list[Linking] = []
    level = 1
    for line, text in outline.lines:
        plain = _INLINE_CODE.sub("", text)
        if found := _HTML.search(_AUTOLINK.sub("", plain)):
            report(line, f"HTML tidak diperbolehkan: {found[0]}.", "Pakai Markdown atau blok yang tersedia.")
        if text.startswith("\t"):
            report(line, "Baris diawali tab.", "Hapus tabnya, atau ganti dengan spasi; tab membuat baris tampil lain.")
        if _CLOSE_TO_BLOCK.match(text):
            report(line, "Baris ini mirip blok, tetapi bukan.", "Tulis tiga titik dua di tepi kiri: ::: nama.")
        if heading := _HEADING.match(text):
            level = _check_heading(line, heading, level, report)
        if _BAD_CITATION.search(plain):
            report(line, "Rujukan hukum tidak dapat dibaca.", "Tulis tanpa spasi: [](hukum:uu-2009-25#34/a).")
        for image in _IMAGE.finditer(plain):
            if name := _check_image(line, image["alt"], image["file"], media, report):
                used_media.add(name)
        linking += _links(line, plain, report)
    _check_tables(outline, report)
    return linking


def _check_heading(line: int, heading: re.Match[str], before: int, report: Report) -> int:
    """The level of a heading; `before` is that of the heading above it."""
    level = len(heading["marks"])
    if level == 1:
        report(line, "Judul tingkat satu sudah diambil dari title.", "Mulai judul bagian dengan ##.")
    elif level > before + 1:
        wanted = "#" * (before + 1)
        report(line, f"Judul melompat ke tingkat {level}.", f"Tulis {wanted}, agar pembaca layar dapat mengikutinya.")
    if not (heading["words"] or "").strip():
        report(line, "Judul bagian tanpa kata.", "Tulis judulnya, atau hapus tanda pagarnya.")
    return max(level, 2)


def _check_image(line: int, alt: str, file: str, media: Path, report: Report) -> str:
    """The name of the picture below `media`, "" when it is not there."""
    if not alt.strip():
        report(line, "Gambar tanpa keterangan.", "Tulis apa yang terlihat: ![keterangan](berkas).")
    elif Path(alt.strip()).suffix.lower() in pictures.TYPES:
        report(line, f"Keterangan gambar {alt!r} hanya nama berkas.", "Tulis apa yang terlihat pada gambar.")
    name = file.removeprefix("media/")
    if "/" in name or "\\" in name or ":" in name or name in {"", ".", ".."}:
        report(line, f"Gambar {file!r} tidak terletak langsung di folder media.", "Salin berkasnya ke media/.")
    elif not (media / name).is_file():
        known = [path.name for path in media.glob("*")] if media.is_dir() else []
        near = refs.near(name, known)
        hint = f"Mungkin maksudnya: {', '.join(near)}." if near else "Tambahkan berkasnya ke media/."
        report(line, f"Gambar {file!r} tidak ada di folder media.", hint)
    else:
        if doubt := pictures.doubt(media / name):
            report(line, *doubt)
        return name
    return ""


def _links(line: int, text: str, report: Report) -> Iterator[Linking]:
    for link in _LINK.finditer(text):
        target, words = link["target"], link["text"].strip()
        scheme = target.partition(":")[0] if ":" in target else ""
        if words.casefold() in _EMPTY_WORDS:
            remedy = "Sebut apa yang dibuka, agar jelas juga bila tautannya dibaca tersendiri."
            report(line, f"Tautan berbunyi {words!r}.", remedy, warning=True)
        if target.startswith(PAGE_SCHEME):
            yield Linking(line, target.removeprefix(PAGE_SCHEME), words)
        elif scheme == "https" and not words:
            report(line, f"Tautan ke {target} tanpa kata.", "Tulis kata-katanya: [kata](alamat).")
        elif scheme == "http":
            report(line, f"Tautan {target} tidak memakai https.", "Tulis alamat yang diawali https://.")
        elif target.startswith("#"):
            report(line, f"Tautan ke bagian {target!r} tidak ada.", "Tautkan halamannya: [](halaman:folder/berkas).")
        elif scheme not in {"https", "hukum"} and (target or not _BAD_CITATION.search(text)):
            remedy = "Halaman lain: [](halaman:folder/berkas). Pasal: [](hukum:...). Situs: https://..."
            report(line, f"Tautan {target!r} tidak menuju apa pun.", remedy)


def _check_tables(outline: Outline, report: Report) -> None:
    width = 0  # of the table above
    before = ""
    for line, text in outline.lines:
        if is_rule(text) and "|" in before:
            width = len(columns(before))
            if len(columns(text)) != width:
                report(line, "Garis tabel tidak selebar judulnya.", f"Tulis {width} kolom, misalnya |---|---|.")
        elif width and "|" in text:
            if (found := len(columns(text))) != width:
                report(line, f"Baris tabel punya {found} kolom, judulnya {width}.", "Samakan jumlah tanda |.")
        else:
            width = 0
        before = text


def resolved(body: str, *, pages: Mapping[str, tuple[str, str]], pictures_at: str) -> str:
    """The body with its links to pages and its pictures turned into addresses, line by line. `pages`: key of a page ->
    (address, title); a link to a page that is not there stays as it is written."""
    if PAGE_SCHEME not in body and "![" not in body:
        return body

    def page(link: re.Match[str]) -> str:
        found = pages.get(link["target"].removeprefix(PAGE_SCHEME))
        if found is None or not link["target"].startswith(PAGE_SCHEME):
            return link[0]
        address, title = found
        return f"[{link['text'].strip() or title}]({address})"

    def picture(image: re.Match[str]) -> str:
        return f"![{image['alt']}]({pictures_at}{image['file'].removeprefix('media/')})"

    outside = dict(outside_code(body))
    return "\n".join(
        _LINK.sub(page, _IMAGE.sub(picture, text)) if number in outside else text
        for number, text in enumerate(body.split("\n"), 1)
    )
