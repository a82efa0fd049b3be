"""Interface messages. The source language is Indonesian; `locale/en` holds the English.

tools/messages.py            collect messages from templates and Python into the catalogue, keeping translations
tools/messages.py --check    fail when a message is missing, empty, doubtful or no longer used; changes nothing
tools/messages.py compile    write the .mo files
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template.base import TemplateSyntaxError
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "teladan"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = "# English interface of Teladan. The msgid is the Indonesian sentence; collected by tools/messages.py."
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

Found = tuple[str | tuple[str, ...], str | None, str]  # msgid(s), context, file


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if arguments == ["compile"]:
        sys.path.insert(0, str(ROOT / "src"))
        from teladan.web.ui.catalogue import compile_all

        for path in compile_all(SOURCE / "locale"):
            print(path.relative_to(ROOT))
        return 0
    if arguments == ["--check"]:
        faults = check(SOURCE, PO)
        print("\n".join(faults) or "Every message has its English.")
        return 1 if faults else 0
    if arguments:
        print(__doc__)
        return 2
    catalogue = update(SOURCE, PO)
    empty = sum(1 for m in catalogue if m.id and not _is_complete(m.string))
    print(f"{PO.relative_to(ROOT)}: {len(catalogue)} messages, {empty} without English")
    return 0


def collect(source: Path) -> Iterator[Found]:
    """Every message below `source`: from Python, and from templates as Django reads them."""
    for path in sorted([*source.rglob("*.py"), *source.rglob("*.html"), *source.rglob("*.txt")]):
        if "migrations" in path.parts or "static" in path.parts:
            continue
        code = path.read_bytes()
        if path.suffix != ".py":
            try:
                found = templatize(code.decode(), origin=str(path))
            except TemplateSyntaxError as error:
                raise SystemExit(f"tools/messages.py: {path}: {error}") from None
            code = "\n".join(line.strip() for line in found.splitlines()).encode()  # read as Python: no indentation
        name = path.relative_to(source).as_posix()
        for _line, message, _comments, context in extract("python", BytesIO(code), KEYWORDS, ()):
            if message and message != "":
                yield message, context, name


def update(source: Path, po: Path) -> Catalog:
    """Bring the catalogue in step with the code: new messages come empty, unused ones go, others keep their text."""
    old = _read(po)
    new = Catalog(locale="en", project="Teladan", charset="utf-8", header_comment=HEADER, fuzzy=False)
    for message, context, name in collect(source):
        known = old.get(message[0] if isinstance(message, tuple) else message, context) if old else None
        text = known.string if known and not known.fuzzy and known.pluralizable == isinstance(message, tuple) else None
        new.add(message, text, locations=[(name, None)], context=context)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(_written(new))
    return new


def check(source: Path, po: Path) -> list[str]:
    """What is wrong with the catalogue, one sentence each; nothing when it is complete."""
    catalogue = _read(po)
    faults, used = [], set()
    for message, context, name in collect(source):
        first = message[0] if isinstance(message, tuple) else message
        used.add((first, context))
        entry = catalogue.get(first, context) if catalogue else None
        if entry is None:
            faults.append(f"missing: {first!r} ({name}); run tools/messages.py")
        elif not _is_complete(entry.string):
            faults.append(f"empty: {first!r} ({name})")
        elif entry.fuzzy:
            faults.append(f"doubtful: {first!r} ({name})")
        elif _places(message) != _places(entry.string):
            faults.append(f"placeholders differ: {first!r} ({name})")
    for entry in catalogue or ():
        first = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if first and (first, entry.context) not in used:
            faults.append(f"obsolete: {first!r}; run tools/messages.py")
    return sorted(set(faults))


def _read(po: Path) -> Catalog | None:
    if not po.exists():
        return None
    with po.open("rb") as file:
        return read_po(file, locale="en", ignore_obsolete=True)


def _written(catalogue: Catalog) -> bytes:
    """Without dates and tool versions: the same messages give the same file."""
    buffer = BytesIO()
    write_po(buffer, catalogue, sort_output=True, width=120, omit_header=True, include_lineno=False)
    fields = ("Content-Type: text/plain; charset=UTF-8", "Language: en", "Plural-Forms: nplurals=2; plural=(n != 1);")
    header = "\n".join([HEADER, 'msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)])
    return header.encode() + b"\n\n" + buffer.getvalue()


def _is_complete(text: str | tuple[str, ...] | None) -> bool:
    texts = text if isinstance(text, tuple) else (text,)
    return all(part and part.strip() for part in texts)


def _places(text: str | tuple[str, ...]) -> set[str]:
    """The names of what is filled in: %(name)s; in plurals those of every form together."""
    texts = text if isinstance(text, tuple) else (text,)
    return {name for part in texts for name in re.findall(r"%\((\w+)\)", part)}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
