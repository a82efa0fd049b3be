"""Finding in the database: what fits, in which order, and never what one may not see."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teladan.access.api import Actor, Grant, Role
from teladan.search import api as search
from teladan.search.api import Audience
from tests.search.conftest import TABLE, Shelf

Find = Callable[..., list[str]]
OURS, THEIRS = UUID(int=1), UUID(int=2)


def test_words_are_found_in_any_form(shelf: Shelf, found: Find) -> None:
    shelf.put("a", "Masyarakat mengadukan pelayanan yang lambat.")
    shelf.put("b", "Survei kepuasan")
    shelf.index()
    for typed in ("pengaduan", "aduan", "ADUKAN", "diadukan layanan", "mengadu"):
        assert found(typed) == ["a"], typed


def test_all_words_must_be_there(shelf: Shelf, found: Find) -> None:
    shelf.put("a", "hak warga")
    shelf.put("b", "hak warga dan kewajiban petugas")
    shelf.index()
    assert found("kewajiban hak") == ["b"]


def test_title_goes_before_text(shelf: Shelf, found: Find) -> None:
    shelf.put("isi", "Tentang gratifikasi: gratifikasi dilaporkan.", title="Lain")
    shelf.put("judul", "Sama sekali lain, dan lebih panjang dari yang satunya.", title="Gratifikasi")
    shelf.index()
    assert found("gratifikasi") == ["judul", "isi"]


def test_quotes_find_words_that_stand_together(shelf: Shelf, found: Find) -> None:
    shelf.put("a", "dua belas asas pelayanan")
    shelf.put("b", "dua asas, belas kasih")
    shelf.index()
    assert set(found("dua belas asas")) == {"a", "b"}
    assert found('"dua belas asas"') == ["a"]


def test_beginning_of_the_last_word_suffices(shelf: Shelf, found: Find) -> None:
    shelf.put("a", "Pengawasan internal")
    shelf.put("b", "Pengadaan barang")
    shelf.index()
    assert set(found("penga")) == {"a", "b"}
    assert found("pengad") == ["b"]
    assert found("barang pengad") == ["b"]


def test_article_of_a_regulation_is_found_as_people_write_it(shelf: Shelf, found: Find) -> None:
    shelf.put("lima", "Asas.", title="UU 20/2023 Pasal 5")
    shelf.put("lima-puluh", "Lain.", title="UU 20/2023 Pasal 50")
    shelf.put("lain", "Lain.", title="UU 25/2009 Pasal 5")
    shelf.index()
    for typed in (
        "pasal 5 uu 20 2023",
        "UU Nomor 20 Tahun 2023 Pasal 5",
        "Undang-Undang No. 20/2023, pasal 5",
        "5 20/2023",
    ):
        assert found(typed)[:1] == ["lima"], typed
        assert "lima-puluh" not in found(typed)


def test_words_that_stand_nowhere_are_named_and_left_out(shelf: Shelf) -> None:
    shelf.put("a", "hak warga")
    shelf.index()
    answer = search.find("hak warga zzzz", None)
    assert ([hit.key for hit in answer.hits], answer.missing, answer.is_loose) == (["a"], ("zzzz",), False)


def test_some_of_the_words_are_better_than_nothing(shelf: Shelf) -> None:
    shelf.put("a", "hak warga negara")
    shelf.put("b", "kewajiban petugas")
    shelf.index()
    answer = search.find("hak petugas", None)
    assert ({hit.key for hit in answer.hits}, answer.missing, answer.is_loose) == ({"a", "b"}, (), True)


def test_kinds_are_counted_and_narrow(shelf: Shelf) -> None:
    for n in range(5):
        shelf.put(f"a{n}", "aduan", kind="satu")
    shelf.put("b", "aduan", kind="dua")
    shelf.index()
    answer = search.find("aduan", None, kinds=["satu"], limit=2, offset=4)
    assert answer.by_kind == {"satu": 5, "dua": 1}
    assert answer.total == 5
    assert len(answer.hits) == 1


def test_pages_hold_everything_once(shelf: Shelf) -> None:
    for n in range(23):
        shelf.put(f"a{n}", "aduan yang sama")
    shelf.index()
    keys = [hit.key for start in range(0, 30, 5) for hit in search.find("aduan", None, limit=5, offset=start).hits]
    assert sorted(keys) == sorted(f"a{n}" for n in range(23))


# --- who sees what ----------------------------------------------------------------------------------------------------


def actor_of(agency: UUID = OURS, *grants: Grant) -> Actor:
    return Actor(account_id=UUID(int=7), agency_id=agency, grants=grants)


def test_visitor_finds_the_public_only(shelf: Shelf, found: Find) -> None:
    shelf.put("umum", "aduan")
    shelf.put("masuk", "aduan", audience=Audience.SIGNED_IN)
    shelf.put("instansi", "aduan", agency_id=OURS, audience=Audience.SIGNED_IN)
    for agency in list(shelf.has):
        shelf.index(agency)
    assert found("aduan") == ["umum"]
    assert set(found("aduan", actor_of())) == {"umum", "masuk", "instansi"}
    assert set(found("aduan", actor_of(THEIRS))) == {"umum", "masuk"}


def test_what_one_may_not_see_leaves_no_trace(shelf: Shelf) -> None:
    shelf.put("rahasia", "gratifikasi", agency_id=OURS, audience=Audience.SIGNED_IN)
    shelf.put("umum", "aduan")
    for agency in list(shelf.has):
        shelf.index(agency)
    assert search.find("gratifikasi", actor_of(THEIRS)) == search.Found(missing=("gratifikasi",))
    answer = search.find("aduan gratifikasi", None)
    assert (answer.total, answer.by_kind, answer.missing) == (1, {"barang": 1}, ("gratifikasi",))


agencies = st.sampled_from([OURS, THEIRS])
ids = st.sampled_from([None, UUID(int=7), UUID(int=8)])
grants = st.lists(st.builds(Grant, role=st.sampled_from([Role.PERSONNEL, Role.FACILITATOR]), scope_id=ids), max_size=2)


@pytest.mark.django_db
@settings(max_examples=60)
@given(
    data=st.lists(st.tuples(st.sampled_from([OURS, THEIRS]), ids, ids), max_size=6),
    agency=st.sampled_from([OURS, THEIRS]),
    held=grants,
)
def test_found_is_exactly_what_the_table_allows(data: Any, agency: UUID, held: Any) -> None:
    from django.db import transaction

    from teladan.search import sources

    class Thing:
        def __init__(self, agency_id: UUID, account_id: UUID | None, rak_id: UUID | None) -> None:
            self.agency_id, self.account_id, self.rak_id = agency_id, account_id, rak_id

    shelf, kept = Shelf(), dict(sources._sources)
    sources._sources.clear()
    search.register(search.Source(name=shelf.name, documents=shelf.documents, permissions=TABLE))
    by = actor_of(agency, *held)
    try:
        with transaction.atomic():
            for number, (of, owner, rack) in enumerate(data):
                shelf.put(
                    f"b{number}", "aduan", agency_id=of, audience=Audience.PERMISSION, permission="toko.lihat",
                    owner_id=owner, scope_id=rack,
                )  # fmt: skip
            for of in (OURS, THEIRS):
                shelf.index(of)
            keys = {hit.key for hit in search.find("aduan", by).hits}
            transaction.set_rollback(True)
    finally:
        sources._sources.clear()
        sources._sources.update(kept)
    allowed = {
        f"b{n}" for n, (of, owner, rack) in enumerate(data) if TABLE.can(by, "toko.lihat", Thing(of, owner, rack))
    }
    assert keys == allowed


# --- any input --------------------------------------------------------------------------------------------------------

NASTY = [
    "", " ", "\x00", "'", '"', '""', "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT a", "title_stems:a", "{a b}:c", "^a", "a-b",
    "(", ")", "\\", "%", "%s", "%(a)s", "a:*", "a & !b", "<->", "| |", "🦜", "ﷺ", "\ud800", "a" * 5000, "x " * 500,
    "'; DROP TABLE search_document; --", "１２３", "Ǆ", "ß", "İ", "日本語", "ก", "е́", "a\u0301", "²", "1e5", "-1", "0x1F",
    "2026-11-22", "http://a.b/c?d=e", "a@b.c", "<b>", "&amp;",
]  # fmt: skip


@pytest.mark.parametrize("typed", NASTY)
def test_nothing_that_is_typed_breaks_the_search(typed: str, shelf: Shelf) -> None:
    shelf.put("a", f"aduan {typed[:50]}".encode(errors="replace").decode())
    shelf.index()
    search.find(typed, None)
    search.find(f'{typed} aduan "{typed}"', actor_of())


@pytest.mark.django_db
@settings(max_examples=150)
@given(st.text(max_size=80))
def test_no_text_breaks_the_search(typed: str) -> None:
    assert search.find(typed, None).total == 0


def test_every_word_of_a_document_finds_it(shelf: Shelf, found: Find) -> None:
    text = "Setiap pejabat wajib menolak pemberian; 12C ayat (2) UU No. 20/2001, café, 10.000.000 rupiah."
    shelf.put("a", text)
    shelf.index()
    from teladan.search.words import words_of

    for word in words_of(text):
        assert found(text[word.start : word.end]) == ["a"], word
    assert found(str(uuid4())) == []
