"""Tugas Saya: what waits, news, hours; and the ledger of hours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.rulebook.api import rulebook
from teladan.web.employee.words import greeting, waiting
from tests.web.employee.conftest import Desk


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "malam"), (4, "pagi"), (10, "pagi"), (11, "siang"), (15, "sore"), (18, "malam"), (23, "malam")],
)
def test_greeting_follows_the_hour_and_leaves_out_degrees(hour: int, words: str) -> None:
    moment = datetime(2026, 11, 23, hour, 0, tzinfo=UTC)
    assert greeting(moment, "Siti Rahmawati, A.Md.Keb.") == f"Selamat {words}, Siti Rahmawati."


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "Tidak ada yang menunggu Anda."), (1, "Satu hal menunggu Anda."), (2, "Dua hal menunggu Anda."),
     (10, "Sepuluh hal menunggu Anda."), (11, "11 hal menunggu Anda.")],
)  # fmt: skip
def test_heading_says_how_much_waits(count: int, words: str) -> None:
    assert waiting(count) == words


def test_late_tasks_come_first_and_dates_explain_themselves(siti: Desk, agency: Any) -> None:
    for title, days in (("Yang nanti", 9), ("Yang lewat", -2)):
        desk.ask(
            agency_id=agency.id, assignee_id=siti.actor.account_id, source=title, kind="uji", title=title,
            reason="Alasannya.", url="/belajar/", due_at=clock.now() + timedelta(days=days),
            due_reason=f"Sebab {title}.",
        )  # fmt: skip
    html = siti.client.get("/tugas/").content.decode()
    assert html.index("Yang lewat") < html.index("Yang nanti") < html.index("Kerjakan Tes Awal")
    assert "Mengapa tanggal ini?" in html
    assert "Sebab Yang lewat." in html
    assert "2 hari lalu" in html


def test_somebody_without_a_class_is_told_what_comes(make_account: Any, agency: Any, sign_in: Any) -> None:
    client = sign_in(make_account("Baru Masuk", agency=agency))
    assert "Anda belum terdaftar pada kelas." in client.get("/tugas/").content.decode()
    assert "Anda belum terdaftar pada kelas." in client.get("/belajar/").content.decode()
    assert "Belum ada jam pelajaran tahun ini." in client.get("/jp/").content.decode()


def test_notices_are_opened_and_put_away_by_their_reader_only(
    finished: Desk, make_account: Any, agency: Any, sign_in: Callable[[Any], Client]
) -> None:
    (notice,) = desk.notices_visible_to(finished.actor)
    stranger = sign_in(make_account("Rekan", agency=agency))
    assert stranger.post(f"/tugas/pemberitahuan/{notice.id}/").status_code == 404
    stranger.post("/tugas/pemberitahuan/", {"id": str(notice.id)})
    assert not desk.notices_visible_to(finished.actor)[0].is_read
    opened = finished.client.post(f"/tugas/pemberitahuan/{notice.id}/", {"buka": "1"})
    assert opened["Location"] == f"{finished.home}hasil/"
    assert desk.notices_visible_to(finished.actor)[0].is_read
    assert finished.client.post(f"/tugas/pemberitahuan/{uuid4()}/").status_code == 404
    assert finished.client.get(f"/tugas/pemberitahuan/{notice.id}/").status_code == 405


def test_all_notices_of_the_page_are_put_away_at_once(finished: Desk, agency: Any) -> None:
    desk.notify(
        agency_id=agency.id,
        account_id=finished.actor.account_id,
        source="n",
        title="Kabar",
        text="Isi",
        url="/belajar/",
    )
    shown, other = desk.notices_visible_to(finished.actor)
    finished.client.post("/tugas/pemberitahuan/", {"id": [str(shown.id), "bukan-uuid", str(uuid4())]})
    left = {n.id: n.is_read for n in desk.notices_visible_to(finished.actor)}
    assert left == {shown.id: True, other.id: False}


def test_hours_cite_their_rule_and_its_year(finished: Desk) -> None:
    html = finished.client.get("/jp/").content.decode()
    assert "paling sedikit 20 JP" in html
    assert "PP 11/2017 Pasal 203" in html
    missing = 20 - rulebook().course("berakhlak").jp
    assert (f"kurang {missing}" if missing > 0 else "cukup") in html
    for wish in ("abc", "1999", "9" * 40, "2026x", ""):
        assert finished.client.get("/jp/", {"tahun": wish}).status_code == 200


def test_hours_as_csv_and_xlsx_hold_the_same(finished: Desk) -> None:
    from python_calamine import CalamineWorkbook

    year = clock.today("Asia/Makassar").year
    text = b"".join(finished.client.get(f"/jp/{year}.csv").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    book = BytesIO(b"".join(finished.client.get(f"/jp/{year}.xlsx").streaming_content))  # type: ignore[arg-type]
    head, line = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert text.splitlines()[0].split(",") == head
    assert "Modul Interaktif BerAKHLAK" in text
    assert line[1] == "Modul Interaktif BerAKHLAK"
    assert line[3] == rulebook().course("berakhlak").jp
    for path in ("/jp/1.csv", f"/jp/{year}.pdf", f"/jp/{year}.", "/jp/99999999999999999999.csv"):
        assert finished.client.get(path).status_code == 404, path
