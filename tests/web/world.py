"""Pieces of a world for the tests of the pages, made through the verbs."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID


def cohort_of(by: Any, account_ids: list[UUID]) -> UUID:
    """A running cohort of the shipped course with these participants."""
    from teladan.accounts.api import agency_scope
    from teladan.kernel import clock
    from teladan.learning import api as learning

    with agency_scope(by.agency_id):
        now = clock.now()
        cohort_id = learning.open_cohort(
            course="berakhlak",
            title="Angkatan Uji",
            opens_at=now - timedelta(days=2),
            closes_at=now + timedelta(days=20),
            by=by,
        )
        learning.enrol(cohort_id=cohort_id, account_ids=account_ids, by=by)
    return cohort_id


def open_sitting(enrolment_id: UUID, by: Any) -> UUID:
    from teladan.accounts.api import agency_scope
    from teladan.learning import api as learning

    with agency_scope(by.agency_id):
        sitting: UUID = learning.begin_test(enrolment_id=enrolment_id, test="tes-awal", by=by).id
    return sitting


def notice_for(agency_id: UUID, account_id: UUID) -> UUID:
    from teladan.accounts.api import agency_scope
    from teladan.desk import api as desk
    from teladan.desk.models import Notice

    with agency_scope(agency_id):
        desk.notify(agency_id=agency_id, account_id=account_id, source="uji", title="Kabar", text="Isi", url="/tugas/")
        notice: UUID = Notice.objects.get(account_id=account_id, source="uji").pk
    return notice


def staged_roster(by: Any) -> UUID:
    """A roster file that was uploaded and not applied."""
    from teladan.accounts.api import agency_scope
    from teladan.people import api as people

    rows = (
        "nip;nama;jenis;kode_unit;unit;kode_unit_induk;jabatan;kepala;tmt\n"
        "199001012022032001;Contoh Satu;PNS;baru;Unit Baru;;Staf;tidak;2022-03-01\n"
    )
    with agency_scope(by.agency_id):
        staged: UUID = people.stage_roster(content=rows.encode(), name="uji.csv", by=by)
    return staged


def entry_in(cohort_id: UUID, chapter: Any, by: Any) -> UUID:
    """What whoever leads the class wrote about the first page of a chapter."""
    from teladan.accounts.api import agency_scope
    from teladan.learning import api as learning

    topic = learning.page_topic(chapter.key, chapter.pages[0].slug)
    with agency_scope(by.agency_id):
        return learning.discuss(
            seat=learning.Seat(cohort_id=cohort_id), topic=topic, text="Apa kata Anda?", names_author=True, by=by
        )


def clip_in(cohort_id: UUID, by: Any) -> UUID:
    """A clip that whoever leads the class added to it."""
    from teladan.accounts.api import agency_scope
    from teladan.learning import api as learning
    from tests.files import samples

    with agency_scope(by.agency_id):
        return learning.add_clip(
            cohort_id=cohort_id, title="Loket pagi", transcript="Petugas menyapa dahulu.", clip=BytesIO(samples.MP4),
            captions=BytesIO(samples.VTT), by=by,
        )  # fmt: skip
