"""A facilitator with a class: who is where, results, one participant's path, a reminder that arrives, the workbook."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from teladan.learning import api as learning
from tests.browser.conftest import Participant
from tests.learning import story

Open = Callable[..., Page]


@pytest.fixture
def facilitator(siti: Participant, make_account: Any, make_person: Any, organiser: Any, agency: Any) -> Any:
    """The account of who looks after Siti's class. Two more are in it: one reads, one has the certificate."""
    from teladan.access.api import Role
    from teladan.accounts import api as accounts

    account = make_account("Markus Wanggai", agency=agency)
    accounts.grant_role(account_id=account.id, role=Role.FACILITATOR, scope_id=siti.cohort, by=None)
    others = [make_person(name, agency=agency, unit="pkm") for name in ("Agus Pattiasina", "Rina Tallo")]
    learning.enrol(cohort_id=siti.cohort, account_ids=[o.account_id for o in others], by=organiser)
    reader, done = (accounts.actor_for(o.account) for o in others)
    story.sit(reader, story.enrolment_of(reader), learning.PRE_TEST, right=9)
    story.read_all(reader, story.enrolment_of(reader), chapters=1)
    story.complete(done, story.enrolment_of(done))
    return account


def test_facilitator_sees_reminds_and_takes_the_figures_along(
    open_page: Open, signed_in: Callable[[Any], dict[str, Any]], facilitator: Any, siti: Participant
) -> None:
    page = open_page("/pengampu/", width=1280, **signed_in(facilitator))
    page.get_by_role("link", name="Angkatan Uji").click()
    rows = page.locator("#peserta tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="Siti Rahmawati")).to_contain_text("Belum mulai")
    expect(rows.filter(has_text="Rina Tallo")).to_contain_text("Selesai")
    page.get_by_label("Cari nama atau unit").fill("agus")
    page.get_by_role("button", name="Tampilkan").click()
    expect(rows).to_have_count(1)

    page.get_by_role("navigation", name="Tampilan angkatan").get_by_role("link", name="Hasil").click()
    expect(page.locator("main")).to_contain_text("Kemajuan kelas ditampilkan bila sedikitnya 5 orang")
    expect(page.locator("#materi tbody tr")).not_to_have_count(0)

    page.get_by_role("navigation", name="Tampilan angkatan").get_by_role("link", name="Peserta").click()
    page.get_by_role("link", name="Rina Tallo").click()
    expect(page.locator("h1")).to_have_text("Rina Tallo")
    expect(page.locator("#jejak")).to_contain_text("halaman dibaca")
    page.go_back()

    page.get_by_role("link", name="Siti Rahmawati").click()
    page.get_by_role("link", name="Kirim pengingat").click()
    expect(page.get_by_role("checkbox", name="Siti Rahmawati")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Rina Tallo")).to_have_count(0)  # has nothing left to do
    page.locator("[name=text]").fill("Tes Awal cukup setengah jam. Kami menunggu Anda.")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator("h1")).to_have_text("Angkatan Uji")

    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    book = CalamineWorkbook.from_filelike(BytesIO(Path(download.value.path()).read_bytes()))
    names = [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]]
    assert sorted(names) == ["Agus Pattiasina", "Rina Tallo", "Siti Rahmawati"]

    desk = open_page("/tugas/", **signed_in(siti.account))
    expect(desk.locator("main")).to_contain_text("Tes Awal cukup setengah jam. Kami menunggu Anda.")
    desk.locator(".berita").get_by_role("button", name="Sudah dibaca").first.click()
    desk.wait_for_url("**/tugas/")
    expect(desk.locator("main")).not_to_contain_text("Tes Awal cukup setengah jam. Kami menunggu Anda.")
