"""Official texts: imported, replaced, removed; by an operator, for one agency, whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from teladan.access.api import Actor, Role
from teladan.kernel.errors import Invalid, NotAllowed, NotFound
from teladan.library import api as library

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = b"# UU 25/2009\n\nPasal 1\nKetentuan umum tentang gamelan.\n\nPasal 2\nAsas.\n"
LAW = "uu-2009-25"


@pytest.fixture
def operator(make_actor: Callable[..., Actor], agency: Any) -> Actor:
    return make_actor(Role.OPERATOR, agency=agency, name="Operator Contoh")


def acts() -> list[str]:
    from teladan.ledger.models import Entry

    return list(Entry.objects.filter(act__startswith="library.").order_by("at", "id").values_list("act", flat=True))


def found(text: str, actor: Actor | None) -> list[str]:
    from teladan.jobs.api import run_pending
    from teladan.search import api as search

    run_pending()
    return [hit.title for hit in search.find(text, actor, kinds=["text"]).hits]


def test_text_can_be_read_downloaded_and_found(operator: Actor, actor: Actor) -> None:
    assert library.import_text(key=LAW, content=TEXT, name="uu25.md", by=operator)
    (card,) = library.texts_visible_to(actor, key=LAW)
    assert (card.kind, card.size, card.imported_by) == ("txt", len(TEXT), "Operator Contoh")
    assert [part.label for part in library.text_parts(actor, key=LAW)] == ["", "Pasal 1", "Pasal 2"]
    assert library.text_file(actor, key=LAW, kind="txt").body == TEXT
    assert found("gamelan", actor) == ["UU 25/2009 Pasal 1"]
    assert library.regulations_with_text(actor) == {LAW}


def test_text_is_for_the_people_of_the_agency_only(operator: Actor, make_actor: Any, other_agency: Any) -> None:
    from teladan.accounts.api import agency_scope

    library.import_text(key=LAW, content=TEXT, name="uu25.md", by=operator)
    stranger = make_actor(Role.OPERATOR, agency=other_agency)
    assert found("gamelan", stranger) == found("gamelan", None) == []
    with agency_scope(other_agency.id):
        assert library.texts_visible_to(stranger, key=LAW) == []
        with pytest.raises(NotFound):
            library.text_file(stranger, key=LAW, kind="txt")
        assert not library.remove_text(key=LAW, kind="txt", by=stranger)
    assert library.texts_visible_to(operator, key=LAW)


def test_pdf_and_text_stand_beside_each_other(operator: Actor) -> None:
    library.import_text(key=LAW, content=PDF, name="a.pdf", by=operator)
    library.import_text(key=LAW, content=TEXT, name="a.md", by=operator)
    assert [card.kind for card in library.texts_visible_to(operator, key=LAW)] == ["pdf", "txt"]


def test_new_text_takes_the_place_of_the_old_one(operator: Actor) -> None:
    from teladan.files.models import Blob

    library.import_text(key=LAW, content=TEXT, name="a.md", by=operator)
    assert found("gamelan", operator)
    assert library.import_text(key=LAW, content=TEXT.replace(b"gamelan", b"angklung"), name="b.md", by=operator)
    assert (found("gamelan", operator), found("angklung", operator)) == ([], ["UU 25/2009 Pasal 1"])
    assert acts() == ["library.text_imported", "library.text_replaced"]
    assert Blob.objects.count() == 1


def test_same_file_again_changes_nothing(operator: Actor) -> None:
    from teladan.files.models import Blob

    assert library.import_text(key=LAW, content=PDF, name="a.pdf", by=operator)
    assert not library.import_text(key=LAW, content=PDF, name="b.pdf", by=operator)
    assert acts() == ["library.text_imported"]
    assert Blob.objects.count() == 1


def test_removed_text_is_gone_and_recorded(operator: Actor) -> None:
    library.import_text(key=LAW, content=TEXT, name="a.md", by=operator)
    assert found("gamelan", operator)
    assert library.remove_text(key=LAW, kind="txt", by=operator)
    assert not library.remove_text(key=LAW, kind="txt", by=operator)
    assert found("gamelan", operator) == []
    assert acts() == ["library.text_imported", "library.text_removed"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "Jenis berkas ini tidak dapat diterima. Yang diterima: PDF, TXT."),
        (b"\x00\x01", "Jenis berkas ini tidak dapat diterima."),
        (b"", "Berkas ini kosong."),
        ("Pasal 1\n" + "x" * 3_000_001, "Naskah ini terlalu panjang"),
    ],
)
def test_unfit_file_is_refused_and_leaves_nothing(operator: Actor, content: Any, words: str) -> None:
    from teladan.files.models import Blob

    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(Invalid, match=words.split(".", maxsplit=1)[0]):
        library.import_text(key=LAW, content=content, name="a.pdf", by=operator)
    assert (acts(), Blob.objects.count(), library.texts_visible_to(operator, key=LAW)) == ([], 0, [])


def test_too_large_file_names_the_limit(operator: Actor, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_048_576
    with pytest.raises(Invalid, match="Batasnya 1 MB"):
        library.import_text(key=LAW, content=PDF + b"0" * 1_048_576, name="a.pdf", by=operator)
    assert library.texts_visible_to(operator, key=LAW) == []


def test_only_an_operator_keeps_texts(make_actor: Any, agency: Any, operator: Actor) -> None:
    library.import_text(key=LAW, content=PDF, name="a.pdf", by=operator)
    for role in set(Role) - {Role.OPERATOR}:
        somebody = make_actor(role, agency=agency)
        assert not library.may_keep_texts(somebody)
        with pytest.raises(NotAllowed):
            library.import_text(key=LAW, content=TEXT, name="a.md", by=somebody)
        with pytest.raises(NotAllowed):
            library.remove_text(key=LAW, kind="pdf", by=somebody)
        assert library.texts_visible_to(somebody, key=LAW)
    assert not library.may_keep_texts(None)
    assert library.texts_visible_to(None, key=LAW) == []


def test_unknown_regulation_is_refused(operator: Actor) -> None:
    with pytest.raises(NotFound):
        library.import_text(key="uu-1900-1", content=TEXT, name="a.md", by=operator)
