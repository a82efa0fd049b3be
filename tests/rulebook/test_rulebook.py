"""The rulebook's reads, on the small sound pack."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from teladan.rulebook import api
from teladan.rulebook.api import BrokenPacks, Confidence, NoValueYet, UnknownKey, UnknownReference, rulebook, set_packs
from tests.rulebook.conftest import SOUND

NOVEMBER = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _sound_packs() -> Iterator[None]:
    set_packs(SOUND)
    yield
    set_packs(None)


def test_value_at_follows_history_and_repeal_is_none() -> None:
    book = rulebook()
    assert book.value_at("pengaduan.tanggapan", date(2019, 12, 31)).value == 14
    later = book.value_at("pengaduan.tanggapan", date(2020, 1, 1))
    assert (later.value, later.unit, later.basis, later.confidence, later.valid_from) == (
        10,
        "hari kalender",
        "uu-2009-25#44/3",
        Confidence.SECOND_HAND,
        date(2020, 1, 1),
    )
    assert book.value_at("pengaduan.tanggapan", NOVEMBER).value is None


def test_value_before_its_history_is_refused() -> None:
    with pytest.raises(NoValueYet, match=r"pengaduan\.tanggapan"):
        rulebook().value_at("pengaduan.tanggapan", date(2009, 1, 1))


def test_value_with_unknown_key_names_near_keys() -> None:
    with pytest.raises(UnknownKey, match=r"Mungkin maksudnya: pengaduan\.tanggapan"):
        rulebook().value_at("pengaduan.tanggapn", NOVEMBER)


def test_policy_never_has_legal_effect() -> None:
    policy = rulebook().value_at("penerbitan.minimum", NOVEMBER)
    assert policy.basis == api.POLICY
    assert not policy.may_have_legal_effect
    assert rulebook().value_at("pengaduan.tanggapan", date(2019, 1, 1)).may_have_legal_effect


def test_cite_makes_label_url_and_outline() -> None:
    citation = rulebook().cite("uu-2009-25#34/a", on=NOVEMBER)
    assert citation.label == "UU 25/2009 Pasal 34 huruf a"
    assert (citation.key, citation.article, citation.short) == ("uu-2009-25", "34/a", "UU 25/2009")
    assert citation.url == "/hukum/uu-2009-25/#pasal-34"
    assert citation.outline_text == "Perilaku pelaksana."
    assert (citation.status, citation.confidence) == ("berlaku", "dibaca")


def test_cite_prefers_the_outline_of_the_paragraph() -> None:
    assert rulebook().cite("uu-2009-25#44/3").outline_text == "Tanggapan paling lambat 14 hari."
    assert rulebook().cite("uu-2009-25#44/1").outline_text == "Tanda terima dan tanggapan atas aduan."


def test_cite_of_an_article_without_outline_is_still_a_citation() -> None:
    citation = rulebook().cite("uu-2009-25#99/2")
    assert (citation.label, citation.outline_text) == ("UU 25/2009 Pasal 99 ayat (2)", None)


def test_cite_of_a_whole_regulation_has_no_place() -> None:
    citation = rulebook().cite("uu-2009-25")
    assert (citation.label, citation.url, citation.outline_text) == ("UU 25/2009", "/hukum/uu-2009-25/", None)


@pytest.mark.parametrize("ref", ["uu-2009-52#1", "Pasal 34", "kebijakan teladan"])
def test_cite_of_the_unknown_is_refused(ref: str) -> None:
    with pytest.raises(UnknownReference):
        rulebook().cite(ref)


def test_status_depends_on_the_day() -> None:
    book = rulebook()
    assert book.cite("pp-2026-33", on=NOVEMBER).status == "belum berlaku"
    assert book.cite("pp-2026-33", on=date(2027, 1, 16)).status == "berlaku"
    assert book.cite("uu-2014-5", on=NOVEMBER).status == "dicabut"
    assert book.cite("uu-2014-5", on=date(2020, 1, 1)).status == "berlaku"


def test_calendar_adds_days_of_the_region_only_when_asked() -> None:
    day = date(2026, 6, 10)
    assert rulebook().calendar(2026).is_working_day(day)
    why = rulebook().calendar(2026, region="contoh-timur").why_off(day)
    assert why is not None
    assert why.off_day is not None
    assert (why.off_day.name, why.off_day.kind, why.off_day.decree, why.off_day.confidence) == (
        "Hari jadi daerah",
        "libur daerah",
        "Keputusan gubernur contoh",
        "dibaca",
    )


def test_calendar_of_an_unknown_year_is_refused() -> None:
    with pytest.raises(UnknownKey, match="2031"):
        rulebook().calendar(2031)


def test_values_carry_codes_and_every_version() -> None:
    values = rulebook().value_names
    assert list(values) == ["BP", "AK", "KO", "HA", "LO", "AD", "KL"]
    assert [behaviour.code for behaviour in values["KL"].behaviours] == ["KL1", "KL2", "KL3"]
    assert set(values["BP"].versions) == {"uu-2023-20"}


def test_course_item_and_scene_are_found_by_key() -> None:
    book = rulebook()
    course = book.course("contoh")
    assert [chapter.is_open for chapter in course.chapters] == [True, False]
    assert course.jp == 1
    page = course.page("01-awal/02-latihan")
    assert (page.slug, page.number) == ("latihan", 2)
    assert page.source.startswith(":::: analisis")
    assert book.item("soal-01").correct_key == "b"
    assert book.scene("loket-pagi").nodes["pintu"].choice("a").sets == ("dipanggil",)
    with pytest.raises(UnknownKey, match="loket-pagi"):
        book.scene("loket-pagy")


def test_form_takes_its_own_items_and_anchors_never_self_checks() -> None:
    course = rulebook().course("contoh")
    assert [key for key, item in course.items.items() if item.in_form("A")] == ["soal-01", "soal-02"]
    assert [key for key, item in course.items.items() if item.in_form("B")] == ["soal-02", "soal-03"]
    assert course.tests["tes-awal"].item_count == 2


def test_rulebook_is_read_once() -> None:
    assert rulebook() is rulebook()


def test_broken_law_library_does_not_start(packs: Path) -> None:
    (packs / "id/parameters/layanan/pengaduan.yaml").write_text("parameters: {}\n", encoding="utf-8")
    set_packs(packs)
    with pytest.raises(BrokenPacks, match=r"pengaduan\.yaml"):
        rulebook()


def test_broken_course_does_not_take_the_law_away(packs: Path) -> None:
    (packs / "id/courses/contoh/course.yaml").write_text("key: 1\n", encoding="utf-8")
    set_packs(packs)
    assert rulebook().courses() == []
    assert rulebook().cite("uu-2009-25").label == "UU 25/2009"
    assert any(fault.is_error for fault in rulebook().faults)


def test_data_can_be_keys_of_a_cache() -> None:
    book = rulebook()
    things = (book.course("contoh"), book.scene("loket-pagi"), book.regulation("uu-2009-25"), book.value_names["BP"])
    assert len({hash(thing) for thing in things}) == len(things)
