"""Build the sample installation: two agencies, the roster through the real import, four cohorts through the real verbs."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.demo import roster
from teladan.demo.simulator import person
from teladan.demo.story import Walker
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.rulebook.api import rulebook

ZONE = "Asia/Makassar"
COURSE = "berakhlak"
STILL_AT_IT = 0.8  # share of a running cohort that was active lately
DAYS_FOR_ALL = 16  # a simulated participant needs about this many days for the whole module
Report = Callable[[str], object]

# who the guided sign-in leads to: index in the roster's unit -> what they show
GUIDED = {
    ("PKM-MH", 1): ("Peserta di tengah materi", None),
    ("PKM-MH", 2): ("Peserta yang baru mulai", None),
    ("BKPSDM", 2): ("Pengampu angkatan", Role.FACILITATOR),
    ("BKPSDM", 1): ("Penyelenggara pelatihan", Role.ORGANISER),
    ("BKPSDM", 3): ("Petugas kepegawaian", Role.PERSONNEL),
    ("DISKOMINFO", 1): ("Operator instansi", Role.OPERATOR),
    ("INSPEKTORAT", 1): ("Pemeriksa, hanya melihat", Role.AUDITOR),
}


def build(*, report: Report = print) -> None:
    """Make everything; about a minute. Nothing is made twice: an installation that has agencies is left alone."""
    if accounts.agencies():
        return
    report("Membuat Kabupaten Teluk Lestari (data contoh) ...")
    agency_id = accounts.create_agency(
        name="Pemerintah Kabupaten Teluk Lestari",
        short_name="Kab. Teluk Lestari",
        slug="teluk-lestari",
        zone=ZONE,
        is_demo=True,
        by=None,
    )
    rows = roster.people()
    with accounts.agency_scope(agency_id):
        installer = _installer(agency_id)
        _import(rows, installer, report)
        guided = _guide(rows)
        _cohorts(rows, guided, report)
    _neighbour(report)
    jobs.run_pending()
    learning.refresh_all()
    report("Data contoh siap.")


def _installer(agency_id: UUID) -> Actor:
    """The first operator, from whom the real import takes over."""
    account_id = accounts.create_account(
        agency_id=agency_id, username="pemasang", name="Pemasang Contoh", email="", by=None
    )
    for role in (Role.OPERATOR, Role.PERSONNEL):
        accounts.grant_role(account_id=account_id, role=role, by=None)
    return _actor("pemasang")


def _actor(login: str) -> Actor:
    account = accounts.account_by_login(login)
    if account is None:
        raise RuntimeError(f"the sample has no account {login!r}")
    return accounts.actor_for(account)


def _import(rows: list[roster.Invented], by: Actor, report: Report) -> None:
    report(f"Mengimpor {len(rows)} pegawai pada {len(roster.UNITS)} unit melalui impor daftar pegawai ...")
    import_id = people.stage_roster(content=roster.as_csv(rows), name="daftar-pegawai-contoh.csv", by=by)
    found = people.check_roster(import_id=import_id, by=by)
    if found.errors:
        raise RuntimeError(f"the sample roster does not pass its own import: {found.errors[:3]}")
    people.apply_roster(import_id=import_id, by=by)
    jobs.run_pending()


def _guide(rows: list[roster.Invented]) -> dict[tuple[str, int], Actor]:
    """Find the guided people, give them their roles, and mark them for the sign-in page."""
    by_place: dict[tuple[str, int], str] = {}
    seen: dict[str, int] = {}
    for one in rows:
        unit = one.row["kode_unit"]
        by_place[unit, seen.get(unit, 0)] = one.nip
        seen[unit] = seen.get(unit, 0) + 1
    found = {}
    for place, (note, role) in GUIDED.items():
        account_id = _actor(by_place[place]).account_id
        if role and role is not Role.FACILITATOR:  # facilitators get theirs per cohort
            accounts.grant_role(account_id=account_id, role=role, by=None)
        accounts.guide_demo(account_id=account_id, note=note)
        found[place] = _actor(by_place[place])
    return found


def _cohorts(rows: list[roster.Invented], guided: dict[tuple[str, int], Actor], report: Report) -> None:
    draw = random.Random(roster.SEED)  # noqa: S311  (sample data)
    organiser, facilitator = guided["BKPSDM", 1], guided["BKPSDM", 2]
    zone = ZoneInfo(ZONE)
    today = clock.now().astimezone(zone).replace(hour=8, minute=0, second=0, microsecond=0)
    by_unit: dict[str, list[Actor]] = {}
    for one in rows:
        by_unit.setdefault(one.row["kode_unit"], []).append(_actor(one.nip))
    plan = [
        ("Angkatan I: loket kependudukan", -120, -80, ["DISDUKCAPIL"], 1.0),
        ("Angkatan II: pendidikan", -75, -35, ["SDN-4"], 1.0),
        ("Angkatan III: kesehatan", -16, 19, ["PKM-MH", "PKM-TB"], 0.6),
        ("Angkatan IV: lapangan", 23, 65, ["DPUPR", "DINSOS", "DLH"], 0.0),
    ]
    special = {guided["PKM-MH", 1].account_id: 0.45, guided["PKM-MH", 2].account_id: 0.0}
    for title, opens, closes, units, reach in plan:
        members = [a for unit in units for a in by_unit[unit]]
        with clock.at(today + timedelta(days=min(opens, 0) - 5)):
            cohort_id = learning.open_cohort(
                course=COURSE,
                title=title,
                opens_at=today + timedelta(days=opens),
                closes_at=(today + timedelta(days=closes)).replace(hour=23, minute=59),
                is_sample=True,
                by=organiser,
            )
            accounts.grant_role(account_id=facilitator.account_id, role=Role.FACILITATOR, scope_id=cohort_id, by=None)
            learning.enrol(cohort_id=cohort_id, account_ids=[m.account_id for m in members], by=organiser)
        report(f"{title}: {len(members)} peserta" + (", mensimulasikan jawaban ..." if reach else "."))
        if reach:
            _walk(
                cohort_id,
                members=members,
                start=today + timedelta(days=opens),
                reach=reach,
                special=special,
                draw=draw,
            )
    _guide_graduate(by_unit["DISDUKCAPIL"])


def _guide_graduate(members: list[Actor]) -> None:
    """Offer the first of these who went the whole way on the sign-in page: for results and a certificate."""
    for actor in members:
        if any(study.stage is learning.Stage.DONE for study in learning.studies_visible_to(actor)):
            return accounts.guide_demo(account_id=actor.account_id, note="Peserta yang sudah lulus")
    raise RuntimeError("nobody of the sample has finished")


def _walk(
    cohort_id: UUID,
    *,
    members: list[Actor],
    start: datetime,
    reach: float,
    special: dict[UUID, float],
    draw: random.Random,
) -> None:
    """Let everybody of a cohort study. A person's whole walk is one transaction: quick, and all or nothing."""
    course = rulebook().course(COURSE)
    until = clock.now().astimezone(start.tzinfo) - timedelta(minutes=25)  # a test begun before it ends before now
    for actor in members:
        how_far = special.get(actor.account_id)
        if how_far is None:
            how_far = (
                draw.choices([1.0, 0.95, 0.6, 0.0], weights=[88, 4, 6, 2])[0]
                if reach >= 1
                else draw.choices([0.0, 0.2, 0.5, 0.8, 1.0], weights=[14, 24, 28, 18, 16])[0]
            )
        mine = next(s for s in learning.studies_visible_to(actor) if s.cohort_id == cohort_id)
        begins = start + timedelta(days=draw.randint(0, 5), hours=draw.randint(0, 9), minutes=draw.randint(0, 59))
        if reach < 1 and draw.random() < STILL_AT_IT:  # most of a running cohort were here in the last days
            begins = max(begins, until - timedelta(days=how_far * DAYS_FOR_ALL + draw.uniform(0.2, 2.0)))
        walker = Walker(
            actor=actor,
            enrolment_id=mine.enrolment_id,
            course=course,
            person=person(draw, reach=how_far),
            draw=draw,
            now=begins,
            until=min(until, mine.due_at),  # after its end a class takes no test
        )
        with transaction.atomic():
            walker.walk()


def _neighbour(report: Report) -> None:
    """A second, small agency, so that "nobody sees another agency" can be tried by hand."""
    report("Membuat Kabupaten Bukit Harapan (data contoh, instansi tetangga) ...")
    agency_id = accounts.create_agency(
        name="Pemerintah Kabupaten Bukit Harapan",
        short_name="Kab. Bukit Harapan",
        slug="bukit-harapan",
        zone="Asia/Jakarta",
        is_demo=True,
        by=None,
    )
    with accounts.agency_scope(agency_id):
        account_id = accounts.create_account(
            agency_id=agency_id, username="pengampu.bukit", name="Dewi Hutapea", email="", by=None
        )
        for role in (Role.OPERATOR, Role.ORGANISER, Role.PERSONNEL):
            accounts.grant_role(account_id=account_id, role=role, by=None)
        accounts.guide_demo(account_id=account_id, note="Penyelenggara di instansi lain")
