"""The packs we ship: sound, quick, complete where it counts, and right about days."""

from calendar import monthrange
from datetime import date

import pytest

from teladan.kernel.workdays import add
from teladan.rulebook.api import check, default_packs, rulebook


def test_shipped_packs_have_no_errors() -> None:
    assert [str(fault) for fault in check(default_packs()) if fault.is_error] == []


@pytest.mark.parametrize(
    ("year", "days", "months"),
    [
        (2025, 237, [19, 20, 19, 16, 17, 18, 23, 20, 21, 23, 20, 21]),
        (2026, 240, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21]),
        (2027, 242, [19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22]),
    ],
)
def test_working_days_of_a_year_are_as_counted_by_hand(year: int, days: int, months: list[int]) -> None:
    calendar = rulebook().calendar(year)
    assert calendar.count(calendar.first, calendar.last) == days
    counted = [calendar.count(date(year, m, 1), date(year, m, monthrange(year, m)[1])) for m in range(1, 13)]
    assert counted == months


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2025-03-20", 10, "2025-04-14"),
        ("2026-03-13", 5, "2026-03-27"),
        ("2026-03-13", 10, "2026-04-06"),
        ("2026-05-12", 10, "2026-06-02"),
        ("2026-11-23", 10, "2026-12-07"),
        ("2026-11-23", 14, "2026-12-11"),
        ("2026-11-23", 30, "2027-01-08"),
        ("2026-11-23", 60, "2027-02-22"),
        ("2026-12-18", 5, "2026-12-29"),
        ("2026-12-18", 10, "2027-01-07"),
        ("2026-12-18", 30, "2027-02-04"),
        ("2027-02-26", 10, "2027-03-22"),
        ("2027-03-05", 21, "2027-04-15"),
    ],
)
def test_working_days_from_a_trigger_end_on_the_known_day(start: str, amount: int, due: str) -> None:
    found = add(rulebook().work_calendar(), date.fromisoformat(start), amount, "working_days")
    assert found.day == date.fromisoformat(due)


def test_joint_leave_of_18_august_2025_moves_due_dates_once_it_is_known() -> None:
    """Added by a decree of 7 August 2025: what was told on the 5th and what is right from the 7th differ by a day."""
    year, filed = rulebook().calendar(2025), date(2025, 8, 5)
    told = add(year.as_known_on(filed), filed, 10, "working_days")
    right = add(year.as_known_on(date(2025, 8, 7)), filed, 10, "working_days")
    assert (told.day, right.day) == (date(2025, 8, 19), date(2025, 8, 20))
    added = right.explanation.off_days[-1]
    assert (added.day, added.kind) == (date(2025, 8, 18), "cuti bersama")
    assert "7 Agustus 2025" in added.decree


def test_calendar_of_2027_says_that_it_is_not_certain() -> None:
    assert {off.confidence for off in rulebook().calendar(2027).off_days.values()} == {"belum dibaca"}


@pytest.mark.parametrize(
    ("key", "day", "value", "basis"),
    [
        ("asn.pns.jp-minimum", "2026-11-21", 20, "pp-2017-11#203/4"),
        ("asn.pppk.jp-maksimum", "2026-11-21", 24, "pp-2018-49#40/1"),
        ("administrasi.keputusan.tenggat", "2019-06-01", 10, "uu-2014-30#53/2"),
        ("administrasi.keputusan.tenggat", "2021-06-01", 5, "uu-2020-11#175"),
        ("administrasi.keputusan.tenggat", "2026-11-21", 5, "uu-2023-6#175"),
        ("pelayanan.pengaduan.tanggapan-kelengkapan", "2026-11-21", 14, "uu-2009-25#44/3"),
        ("asn.jam-kerja.menit-per-minggu", "2026-11-21", 2250, "perpres-2023-21#4/1"),
        ("teladan.penerbitan.kelompok-minimum", "2026-11-21", 5, "kebijakan teladan"),
    ],
)
def test_rule_values_are_those_of_their_day(key: str, day: str, value: int, basis: str) -> None:
    found = rulebook().value_at(key, date.fromisoformat(day))
    assert (found.value, found.basis) == (value, basis)


def test_minutes_of_a_learning_hour_stay_unconfirmed() -> None:
    minutes = rulebook().value_at("asn.jp.menit", date(2026, 11, 21))
    assert (minutes.value, minutes.confidence) == (45, "belum dibaca")
    assert not minutes.may_have_legal_effect


def test_seven_values_have_21_behaviours_in_three_wordings() -> None:
    values = rulebook().value_names
    assert list(values) == ["BP", "AK", "KO", "HA", "LO", "AD", "KL"]
    for value in values.values():
        assert set(value.versions) == {"se-menpanrb-2021-20", "permenpanrb-2022-6", "uu-2023-20"}
        assert all(len(version.behaviours) == 3 for version in value.versions.values())
    harmony = values["HA"].versions
    assert harmony["se-menpanrb-2021-20"].behaviours[0].wording.endswith("apapun latar belakangnya")
    assert harmony["uu-2023-20"].behaviours[0].wording.endswith("tanpa membedakan latar belakang")


def test_every_regulation_has_a_summary_of_one_to_three_sentences() -> None:
    for regulation in rulebook().regulations:
        sentences = regulation.summary.count(". ") + 1
        assert 1 <= sentences <= 3, regulation.key


def test_outlines_stay_outlines() -> None:
    """One or two sentences an article: the library tells what is there, it does not copy the law."""
    for regulation in rulebook().regulations:
        for article in regulation.outline.values():
            assert len(article.text) <= 330, (regulation.key, article.article)
            assert article.text.count(". ") <= 2, (regulation.key, article.article)


def test_glossary_is_large_enough_and_every_basis_is_known() -> None:
    book = rulebook()
    assert len(book.glossary) >= 40
    for term in book.glossary:
        assert all(book.cite(ref).label for ref in term.basis), term.term


def test_only_plain_host_names_point_to_the_official_library() -> None:
    assert not any("/" in regulation.jdih for regulation in rulebook().regulations)
