"""The message tool, and the catalogue itself."""

from pathlib import Path

import pytest

from tools import messages


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(
        """<h1>{% translate "Tugas Saya" %}</h1>
           <c-card title="{% translate 'Daftar' %}">
             {% blocktranslate with n=count %}{{ n }} hal menunggu.{% endblocktranslate %}</c-card>""",
        encoding="utf-8",
    )
    (tmp_path / "verb.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        '_("Tes sudah selesai.")\nngettext("%(n)s hari", "%(n)s hari", 2)\n',
        encoding="utf-8",
    )
    return tmp_path


def fill(po: Path) -> None:
    """Give every message an English text with the same placeholders."""
    text = (
        po.read_text(encoding="utf-8")
        .replace('msgstr[0] ""', 'msgstr[0] "%(n)s day"')
        .replace('msgstr[1] ""', 'msgstr[1] "%(n)s days"')
    )
    head, entries = text.split("\n\n", 1)
    blocks = []
    for block in entries.strip().split("\n\n"):
        msgid = next(line for line in block.splitlines() if line.startswith("msgid "))
        blocks.append(block.replace('msgstr ""', msgid.replace("msgid", "msgstr")))
    po.write_text(head + "\n\n" + "\n\n".join(blocks), encoding="utf-8")


def test_update_collects_from_templates_and_python(tree: Path) -> None:
    found = messages.update(tree, tree / "en.po")
    assert {m.id for m in found if m.id} == {
        "Tugas Saya", "Daftar", "%(n)s hal menunggu.", "Tes sudah selesai.", ("%(n)s hari", "%(n)s hari"),
    }  # fmt: skip


def test_update_keeps_translations_and_drops_what_is_gone(tree: Path) -> None:
    po = tree / "en.po"
    messages.update(tree, po)
    fill(po)
    (tree / "page.html").write_text('{% translate "Tugas Saya" %} {% translate "Baru" %}', encoding="utf-8")
    kept = {m.id: m.string for m in messages.update(tree, po) if m.id}
    assert kept["Tugas Saya"] == "Tugas Saya" and not kept["Baru"] and "Daftar" not in kept
    assert kept[("%(n)s hari", "%(n)s hari")] == ("%(n)s day", "%(n)s days")


def test_update_twice_gives_the_same_file(tree: Path) -> None:
    po = tree / "en.po"
    messages.update(tree, po)
    first = po.read_bytes()
    messages.update(tree, po)
    assert po.read_bytes() == first


def test_check_is_silent_when_everything_is_translated(tree: Path) -> None:
    po = tree / "en.po"
    messages.update(tree, po)
    fill(po)
    assert messages.check(tree, po) == []


def test_check_names_missing_empty_and_obsolete(tree: Path) -> None:
    po = tree / "en.po"
    assert all(fault.startswith("missing") for fault in messages.check(tree, po))
    messages.update(tree, po)
    assert "empty: 'Tugas Saya' (page.html)" in messages.check(tree, po)
    fill(po)
    (tree / "verb.py").write_text("", encoding="utf-8")
    assert [fault.split(":")[0] for fault in messages.check(tree, po)] == ["obsolete", "obsolete"]


def test_check_names_a_translation_that_lost_its_placeholder(tree: Path) -> None:
    po = tree / "en.po"
    messages.update(tree, po)
    fill(po)
    po.write_text(
        po.read_text(encoding="utf-8").replace('msgstr "%(n)s hal menunggu."', 'msgstr "Things are waiting."'),
        encoding="utf-8",
    )
    assert [fault.split(":")[0] for fault in messages.check(tree, po)] == ["placeholders differ"]


def test_every_message_of_the_interface_has_its_english() -> None:
    assert messages.check(messages.SOURCE, messages.PO) == []
