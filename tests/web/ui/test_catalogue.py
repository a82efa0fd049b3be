"""Reading and writing message catalogues."""

import gettext
from pathlib import Path

import pytest

from teladan.web.ui.catalogue import BadCatalogue, compile_all, read_po, write_mo

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: a.py
msgid "Simpan \\"draf\\""
msgstr ""
"Save "
"\\"draft\\""

msgid "%(n)s hari lagi"
msgid_plural "%(n)s hari lagi"
msgstr[0] "in %(n)s day"
msgstr[1] "in %(n)s days"

msgctxt "bulan"
msgid "Mei"
msgstr "May"

#, fuzzy
msgid "Ragu"
msgstr "Doubt"

msgid "Kosong"
msgstr ""

#~ msgid "Lama"
#~ msgstr "Old"
"""


def compiled(tmp_path: Path, text: str) -> gettext.GNUTranslations:
    source = tmp_path / "django.po"
    source.write_text(text, encoding="utf-8")
    write_mo(read_po(source), tmp_path / "django.mo")
    with (tmp_path / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_mo_gives_back_what_po_says(tmp_path: Path) -> None:
    english = compiled(tmp_path, PO)
    assert english.gettext('Simpan "draf"') == 'Save "draft"'
    assert english.ngettext("%(n)s hari lagi", "%(n)s hari lagi", 1) == "in %(n)s day"
    assert english.ngettext("%(n)s hari lagi", "%(n)s hari lagi", 2) == "in %(n)s days"
    assert english.pgettext("bulan", "Mei") == "May"


def test_mo_leaves_doubtful_empty_and_obsolete_entries_out(tmp_path: Path) -> None:
    english = compiled(tmp_path, PO)
    assert [english.gettext(word) for word in ("Ragu", "Kosong", "Lama")] == ["Ragu", "Kosong", "Lama"]


def test_po_with_a_stray_line_names_file_and_line(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text('msgid "a"\nmsgstr b\n', encoding="utf-8")
    with pytest.raises(BadCatalogue, match=r"django\.po:2"):
        read_po(source)


def test_compile_all_writes_only_what_is_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    assert compile_all(tmp_path) == [folder / "django.mo"]
    assert compile_all(tmp_path) == []
