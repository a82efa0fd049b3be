"""Documents come and go; what is indexed follows, however often it is told and whatever is killed."""

from typing import Any

import pytest
from django.db import connection, transaction

from teladan.search import api as search
from teladan.search.models import Document
from tests.search.conftest import Shelf


def keys(text: str) -> list[str]:
    return sorted(hit.key for hit in search.find(text, None, limit=100).hits)


def test_rebuilt_twice_nothing_is_written_again(shelf: Shelf, django_assert_num_queries: Any) -> None:
    shelf.put("a", "aduan")
    assert shelf.index() == 1
    before = list(Document.objects.values())
    assert shelf.index() == 1
    assert list(Document.objects.values()) == before


def test_changed_document_is_found_by_its_new_words_only(shelf: Shelf) -> None:
    shelf.put("a", "aduan")
    shelf.index()
    shelf.put("a", "gratifikasi")
    shelf.index()
    assert (keys("aduan"), keys("gratifikasi")) == ([], ["a"])
    assert Document.objects.count() == 1


def test_document_that_is_gone_is_not_found(shelf: Shelf) -> None:
    shelf.put("a", "aduan")
    shelf.put("b", "aduan")
    shelf.index()
    shelf.take("a")
    shelf.index()
    assert keys("aduan") == ["b"]


def test_more_documents_than_one_chunk(shelf: Shelf) -> None:
    for n in range(230):
        shelf.put(f"a{n:03d}", "aduan")
    assert shelf.index() == 230
    assert search.find("aduan", None).total == 230
    for n in range(230):
        shelf.take(f"a{n:03d}")
    assert shelf.index() == 0
    assert search.find("aduan", None).total == 0


def test_change_is_found_after_the_background_work(shelf: Shelf) -> None:
    from teladan.jobs.api import run_pending

    shelf.put("a", "aduan")
    with transaction.atomic():
        search.changed(shelf.name, agency_id=None, keys=["a"])
    assert keys("aduan") == []
    run_pending()
    assert keys("aduan") == ["a"]
    shelf.take("a")
    with transaction.atomic():
        search.changed(shelf.name, agency_id=None, keys=["a"])
    run_pending()
    assert keys("aduan") == []


def test_change_that_is_rolled_back_is_never_told(shelf: Shelf) -> None:
    from teladan.jobs.models import Delivery

    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        search.changed(shelf.name, agency_id=None, keys=["a"])
        raise Stop
    assert not Delivery.objects.filter(receiver="search.refresh").exists()


def test_change_outside_a_transaction_is_refused(transactional_db: None, shelf: Shelf) -> None:
    with pytest.raises(RuntimeError):
        search.changed(shelf.name, agency_id=None, keys=["a"])


def test_change_of_an_unknown_source_is_refused(shelf: Shelf) -> None:
    with transaction.atomic(), pytest.raises(KeyError):
        search.changed("toko.tidak-ada", agency_id=None)


def test_rebuilding_that_was_killed_goes_on_from_what_there_is(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(250):
        shelf.put(f"a{n:03d}", "aduan")
    given = shelf.documents

    def dies(agency_id: Any, wanted: Any) -> Any:
        for number, one in enumerate(given(agency_id, wanted)):
            if number == 150:
                raise KeyboardInterrupt
            yield one

    dying = search.Source(name=shelf.name, documents=dies)
    from teladan.search import sources

    kept = sources._sources[shelf.name]
    monkeypatch.setitem(sources._sources, shelf.name, dying)
    with pytest.raises(KeyboardInterrupt):
        shelf.index()
    assert search.find("aduan", None).total == 100
    monkeypatch.setitem(sources._sources, shelf.name, kept)
    shelf.index()
    assert search.find("aduan", None).total == 250


def test_audience_by_permission_names_the_permission(shelf: Shelf) -> None:
    shelf.put("a", "aduan", audience=search.Audience.PERMISSION)
    with pytest.raises(ValueError, match="permission"):
        shelf.index()


def test_two_sources_of_one_name_are_refused(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match="two sources"):
        search.register(search.Source(name=shelf.name, documents=shelf.documents))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5's own check")
def test_index_and_table_agree(shelf: Shelf) -> None:
    for n in range(20):
        shelf.put(f"a{n}", f"aduan nomor {n}")
    shelf.index()
    shelf.put("a3", "lain")
    shelf.take("a4")
    shelf.index()
    Document.objects.filter(key="a5").update(text_stems="ubah")
    Document.objects.filter(key="a6").delete()
    with connection.cursor() as cursor:  # raises when they differ
        cursor.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


@pytest.mark.django_db
def test_everything_of_the_installation_can_be_rebuilt(agency: Any, make_person: Any) -> None:
    from teladan.config.commands import search as command

    make_person("Siti Aminah", agency=agency)
    assert command.run(None) == 0  # type: ignore[arg-type]  # it reads no options
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert {"law", "term", "lesson", "person"} <= kinds
    assert search.find("konflik kepentingan", None).total > 0


@pytest.mark.django_db
def test_nightly_rebuild_asks_for_every_source_and_agency(agency: Any, other_agency: Any) -> None:
    from teladan.jobs.models import Message

    search.rebuild()
    search.rebuild()  # what already waits is not asked for again
    asked = Message.objects.filter(name="search.rebuild_source").values_list("payload", flat=True)
    told = sorted((one["source"], one["agency"] or "") for one in asked)
    both = sorted([str(agency.id), str(other_agency.id)])
    expected = [(name, of) for name in ("desk.notice", "library.text", "people.person") for of in both]
    assert told == sorted([*expected, ("learning.lesson", ""), ("library.law", ""), ("library.term", "")])
