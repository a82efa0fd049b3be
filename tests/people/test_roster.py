"""Rosters from the file to the people: dry run, applying in chunks, interruption, repetition, tenancy."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts.api import agency_scope
from teladan.accounts.models import Account, Agency
from teladan.jobs import api as jobs
from teladan.jobs.models import Delivery, Message
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger
from teladan.people import api
from teladan.people.data import RosterReport
from teladan.people.domain import applying
from teladan.people.enums import RosterState
from teladan.people.models import Appointment, Person, Position, RosterFault, RosterImport, RosterRow, Unit
from teladan.people.roster.check import EXAMPLE_NIP
from teladan.people.tasks import KEPT, tidy
from tests.people.rosters import csv, nip, row, xlsx

MakeActor = Callable[..., Actor]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

DINKES = {"kode_unit": "DINKES", "unit": "Dinas Kesehatan"}
PKM = {"kode_unit": "PKM", "unit": "Puskesmas", "kode_unit_induk": "DINKES"}
KADIS = row(1, nama="Kadis", jabatan="Kepala Dinas", jenis_jabatan="JPT", kepala="ya", rumpun="pimpinan", **DINKES)
KAPUS = row(2, nama="Kapus", jabatan="Kepala", jenis_jabatan="Pengawas", kepala="ya", **PKM)
SARI = row(3, nama="Sari Dewi", email="sari@contoh.go.id", tmt="01-03-2024", golongan="II/c", **PKM)
BUDI = row(4, nama="Budi", jenis="CPNS", **PKM)
ALL = (KADIS, KAPUS, SARI, BUDI)


@pytest.fixture(autouse=True)
def standing_now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def officer(agency: Agency, make_actor: MakeActor) -> Actor:
    return make_actor(Role.PERSONNEL, agency=agency, name="Petugas")


def staged(officer: Actor, *rows: dict[str, Any], content: bytes = b"") -> RosterReport:
    import_id = api.stage_roster(content=content or csv(*rows), name="pegawai.csv", by=officer)
    report = api.roster_report(officer, import_id=import_id)
    assert report is not None
    return report


def applied(officer: Actor, *rows: dict[str, Any], close_leaving: bool = False) -> RosterReport:
    report = staged(officer, *rows)
    assert report.errors == ()
    api.apply_roster(import_id=report.import_id, by=officer, close_leaving=close_leaving)
    jobs.run_pending(raise_errors=True)
    done = api.roster_report(officer, import_id=report.import_id)
    assert done is not None
    assert done.state is RosterState.APPLIED
    return done


def numbers(report: RosterReport) -> tuple[int, int, int, int]:
    return (report.new, report.changed, report.same, report.leaving)


def picture() -> list[tuple[Any, ...]]:
    """Everything that an import writes, without ids and times."""
    posts = Appointment.objects.order_by("person__nip", "starts").values_list(
        "person__nip", "position__title", "position__unit__code", "position__is_head", "starts", "ends"
    )
    people = Person.objects.order_by("nip").values_list(
        "nip", "name", "kind", "rank", "phone", "left_on", "account__username", "account__email", "account__is_active"
    )
    units = Unit.objects.order_by("code").values_list("code", "name", "parent__code")
    return [*units, *people, *posts, *Position.objects.order_by("title").values_list("title", "kind", "job_family")]


# The dry run


def test_stage_roster_of_a_new_agency_reports_everybody_as_new_and_writes_nobody(officer: Actor) -> None:
    report = staged(officer, *ALL)
    assert (report.state, report.rows, numbers(report)) == (RosterState.CHECKED, 4, (4, 0, 0, 0))
    assert (report.units_new, report.units_changed, report.can_apply) == (2, 0, True)
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


def test_stage_roster_reports_row_column_message_and_remedy(officer: Actor) -> None:
    report = staged(officer, KADIS, {**SARI, "nip": "1.99001E+17"}, {**BUDI, "kode_unit_induk": "TIDAK-ADA"})
    assert [(e.row, e.column) for e in report.errors] == [(3, "nip"), (4, "kode_unit_induk")]
    assert report.errors[0].message == "NIP terbaca sebagai angka, sehingga angka terakhirnya hilang."
    assert "Format kolom sebagai Teks" in report.errors[0].remedy
    assert not report.can_apply
    with pytest.raises(Conflict) as refusal:
        api.apply_roster(import_id=report.import_id, by=officer)
    assert "2 kesalahan" in refusal.value.message


def test_stage_roster_of_what_cannot_be_read_keeps_nothing(officer: Actor, settings: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        api.stage_roster(content=b"%PDF-1.7", name="x.xlsx", by=officer)
    assert (refusal.value.field, bool(refusal.value.next_step)) == ("file", True)
    settings.UPLOAD_LIMIT_BYTES = 10
    with pytest.raises(Invalid):
        api.stage_roster(content=csv(*ALL), name="x.csv", by=officer)
    assert not RosterImport.objects.exists()


def test_stage_roster_after_an_import_shows_what_would_change(officer: Actor) -> None:
    applied(officer, *ALL)
    new = row(5, **PKM)
    report = staged(officer, KAPUS, {**SARI, "nama": "Sari Dewi, A.Md.", "jabatan": "Bidan Mahir"}, BUDI, new)
    assert numbers(report) == (1, 1, 2, 1)
    (change,) = report.changes
    assert change.changes == (
        ("nama", "Sari Dewi", "Sari Dewi, A.Md."),
        ("jabatan", "Bidan Terampil · Puskesmas", "Bidan Mahir · Puskesmas"),
    )
    assert report.leaving_names == ("Kadis",)
    assert SARI["nip"] not in repr(report)


def test_stage_roster_with_a_nip_of_another_agency_is_refused_without_telling_whose(
    officer: Actor, other_agency: Agency, make_account: Callable[..., Account]
) -> None:
    make_account(agency=other_agency, username=SARI["nip"], email="budi@contoh.go.id")
    report = staged(officer, KADIS, KAPUS, SARI, {**BUDI, "email": "budi@contoh.go.id"})
    assert [(e.row, e.column) for e in report.errors] == [(4, "nip"), (5, "email")]
    assert "tetangga" not in str(report.errors).lower()


def test_stage_roster_with_a_new_head_while_the_old_one_stays_warns(officer: Actor) -> None:
    applied(officer, *ALL)
    report = staged(officer, {**BUDI, "jabatan": "Kepala", "jenis_jabatan": "Pengawas", "kepala": "ya"})
    assert [(w.row, w.column) for w in report.warnings] == [(2, "kepala")]
    assert "Kapus" in report.warnings[0].message
    assert report.can_apply


def test_stage_roster_with_a_known_nip_and_quite_another_name_asks_to_look_again(officer: Actor) -> None:
    applied(officer, *ALL)
    report = staged(officer, {**SARI, "nama": "Wayan Sudarma"}, {**BUDI, "nama": "Budi Santoso"})
    assert [(w.row, w.column) for w in report.warnings] == [(2, "nip")]
    assert "Sari Dewi" in report.warnings[0].message
    assert report.can_apply


def test_stage_roster_with_exchanged_columns_says_so_and_keeps_nobody(officer: Actor) -> None:
    report = staged(officer, *({**one, "nip": one["nama"], "nama": one["nip"]} for one in ALL))
    assert [(e.row, e.column) for e in report.errors] == [(n, "nip") for n in range(2, 6)]
    assert report.errors[0].message.startswith("NIP dan nama tertukar")
    assert not Person.objects.exists()


def test_stage_roster_with_many_faults_counts_all_and_shows_the_first(officer: Actor) -> None:
    report = staged(officer, *(row(n, nip="x") for n in range(300)))
    assert (report.errors_total, len(report.errors)) == (300, 200)
    assert len(api.roster_faults(officer, import_id=report.import_id)) == 300


def test_stage_roster_of_a_large_file_is_checked_in_the_background(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teladan.people.domain.staging.CHECKED_AT_ONCE", 2)
    report = staged(officer, *ALL)
    assert report.state is RosterState.STAGED
    jobs.run_pending(raise_errors=True)
    assert numbers(api.check_roster(import_id=report.import_id, by=officer)) == (4, 0, 0, 0)


def test_roster_template_needs_only_the_example_removed(officer: Actor) -> None:
    from python_calamine import CalamineWorkbook

    content = api.roster_template()
    report = staged(officer, content=content)
    assert [(e.row, e.column) for e in report.errors] == [(2, "nip")]
    assert "contoh" in report.errors[0].message
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Pegawai", "Petunjuk"]
    example = dict(zip(*book.get_sheet_by_index(0).to_python()[:2], strict=True))
    assert example["nip"] == EXAMPLE_NIP
    assert staged(officer, {**example, "nip": nip(9)}).errors == ()


# Applying


def test_apply_roster_makes_units_people_accounts_and_posts(officer: Actor) -> None:
    applied(officer, *ALL)
    sari = Person.objects.get(nip=SARI["nip"])
    assert (sari.kind, sari.rank, sari.account.username, sari.account.email) == (
        "PNS",
        "II/c",
        SARI["nip"],
        "sari@contoh.go.id",
    )
    assert not sari.account.has_usable_password()
    assert sari.account.must_activate
    card = api.person_of(sari.account_id)
    assert card is not None
    assert (card.position, card.unit_name, card.job_family) == ("Bidan Terampil", "Puskesmas", "kesehatan")
    superior = api.superior_on(sari.id, TODAY)
    assert superior is not None
    assert superior.name == "Kapus"
    starts = dict(Appointment.objects.values_list("person__nip", "starts"))
    assert starts == {KADIS["nip"]: TODAY, KAPUS["nip"]: TODAY, SARI["nip"]: date(2024, 3, 1), BUDI["nip"]: TODAY}


def test_apply_roster_announces_its_end_once_and_records_each_chunk(officer: Actor, agency: Agency) -> None:
    report = applied(officer, *ALL)
    (message,) = Message.objects.filter(name="people.roster_applied")
    assert (message.payload["new"], message.payload["left"], message.payload["skipped"]) == (4, 0, 0)
    entries = ledger.entries_of(f"roster:{report.import_id}", agency_id=agency.id)
    assert sorted(entry.act for entry in entries) == [
        "people.roster_applied",
        "people.roster_apply_started",
        "people.roster_rows_applied",
        "people.roster_staged",
        "people.roster_units_applied",
    ]


def test_apply_roster_of_the_same_file_again_changes_nothing(officer: Actor) -> None:
    applied(officer, *ALL)
    before = picture()
    report = applied(officer, *ALL)
    assert numbers(report) == (0, 0, 4, 0)
    assert picture() == before


def test_apply_roster_in_another_order_and_format_gives_the_same(officer: Actor) -> None:
    applied(officer, *ALL)
    report = staged(officer, content=xlsx(*reversed(ALL)))
    assert numbers(report) == (0, 0, 4, 0)


def test_apply_roster_twice_is_applied_once(officer: Actor) -> None:
    report = staged(officer, *ALL)
    for _twice in range(2):
        api.apply_roster(import_id=report.import_id, by=officer)
    jobs.run_pending(raise_errors=True)
    api.apply_roster(import_id=report.import_id, by=officer)
    jobs.run_pending(raise_errors=True)
    assert Message.objects.filter(name="people.roster_applied").count() == 1
    assert Person.objects.count() == 4


def test_apply_roster_with_a_new_post_keeps_the_old_one_in_history(officer: Actor) -> None:
    applied(officer, *ALL)
    later = NOW + timedelta(days=40)
    with clock.at(later):
        applied(officer, {**SARI, "jabatan": "Bidan Mahir", "tmt": "15-12-2026"})
    spells = Appointment.objects.filter(person__nip=SARI["nip"]).order_by("starts")
    assert list(spells.values_list("position__title", "starts", "ends")) == [
        ("Bidan Terampil", date(2024, 3, 1), date(2026, 12, 15)),
        ("Bidan Mahir", date(2026, 12, 15), None),
    ]


def test_apply_roster_with_empty_cells_takes_nothing_away(officer: Actor) -> None:
    applied(officer, *ALL)
    before = picture()
    bare = {key: SARI[key] for key in ("nip", "nama", "kode_unit", "unit", "jabatan")}
    report = applied(officer, bare, {**KAPUS, "kepala": "", "rumpun": "", "kode_unit_induk": ""})
    assert numbers(report) == (0, 0, 2, 2)
    assert picture() == before


def test_apply_roster_with_a_reorganisation_answers_for_days_before_and_after(officer: Actor) -> None:
    applied(officer, *ALL)
    later = NOW + timedelta(days=30)
    with clock.at(later):
        bidang = {"kode_unit": "BID", "unit": "Bidang", "kode_unit_induk": "DINKES"}
        head = row(6, nama="Kabid", jabatan="Kepala Bidang", jenis_jabatan="Administrator", kepala="ya", **bidang)
        moved = {**KAPUS, "kode_unit_induk": "BID", "unit": "Puskesmas Induk"}
        applied(officer, KADIS, head, moved)
        kapus = Person.objects.get(nip=KAPUS["nip"])
        names = [api.superior_on(kapus.id, day) for day in (TODAY + timedelta(days=29), TODAY + timedelta(days=30))]
        assert [card.name for card in names if card] == ["Kadis", "Kabid"]
    assert Unit.objects.get(code="PKM").name == "Puskesmas Induk"


def test_apply_roster_leaves_people_who_are_not_in_the_file(officer: Actor) -> None:
    applied(officer, *ALL)
    applied(officer, KADIS)
    assert Person.objects.filter(left_on=None).count() == 4


def test_apply_roster_closing_the_others_ends_posts_and_accounts_but_no_operator(
    officer: Actor, agency: Agency, make_person: Callable[..., Person]
) -> None:
    applied(officer, *ALL)
    operator = make_person(agency=agency, unit="DINKES", roles=[Role.OPERATOR])
    with clock.at(NOW + timedelta(days=10)):
        applied(officer, KADIS, KAPUS, close_leaving=True)
        sari = Person.objects.get(nip=SARI["nip"])
        assert sari.left_on == TODAY + timedelta(days=10)
        assert not sari.account.is_active
        assert Appointment.objects.get(person=sari).ends == TODAY + timedelta(days=10)
        operator.refresh_from_db()
        assert operator.left_on is None
        assert operator.account.is_active
        assert Message.objects.filter(name="people.roster_applied", payload__left=2).count() == 1


def test_apply_roster_with_somebody_who_comes_back_opens_the_account_again(officer: Actor) -> None:
    applied(officer, *ALL)
    with clock.at(NOW + timedelta(days=10)):
        applied(officer, KADIS, KAPUS, close_leaving=True)
        report = applied(officer, SARI)
        assert numbers(report) == (0, 1, 0, 2)
    sari = Person.objects.get(nip=SARI["nip"])
    assert sari.left_on is None
    assert sari.account.is_active
    assert Appointment.objects.filter(person=sari, ends=None).count() == 1


def test_apply_roster_takes_over_an_account_that_has_the_nip_as_its_login(
    officer: Actor, agency: Agency, make_account: Callable[..., Account]
) -> None:
    account = make_account("Sari", agency=agency, username=SARI["nip"], roles=[Role.ORGANISER])
    applied(officer, SARI, KADIS)
    assert Person.objects.get(nip=SARI["nip"]).account_id == account.id


def test_apply_roster_skips_who_was_taken_meanwhile_and_says_so(
    officer: Actor, other_agency: Agency, make_account: Callable[..., Account]
) -> None:
    report = staged(officer, *ALL)
    make_account(agency=other_agency, username=SARI["nip"], email="sari@contoh.go.id")
    api.apply_roster(import_id=report.import_id, by=officer)
    jobs.run_pending(raise_errors=True)
    progress = api.roster_progress(officer, import_id=report.import_id)
    assert progress is not None
    assert (progress.state, progress.counts["skipped"]) == (RosterState.APPLIED, 1)
    assert Person.objects.count() == 3


def test_apply_roster_after_another_import_wants_a_new_check(officer: Actor) -> None:
    first, second = staged(officer, *ALL), staged(officer, KADIS)
    with clock.at(NOW + timedelta(minutes=1)):
        api.apply_roster(import_id=first.import_id, by=officer)
        with pytest.raises(Conflict):
            api.apply_roster(import_id=second.import_id, by=officer)
        jobs.run_pending(raise_errors=True)
        with pytest.raises(Conflict) as refusal:
            api.apply_roster(import_id=second.import_id, by=officer)
        assert "Periksa ulang" in refusal.value.next_step
    with clock.at(NOW + timedelta(minutes=2)):
        assert numbers(api.check_roster(import_id=second.import_id, by=officer, again=True)) == (0, 0, 1, 3)
        api.apply_roster(import_id=second.import_id, by=officer)


# Interruption


class Killed(BaseException):
    """As hard as a test can be to a process without ending it: nothing catches this."""


@pytest.mark.parametrize("after", range(1, 9))
def test_apply_roster_killed_in_any_chunk_goes_on_and_ends_the_same(
    after: int, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "CHUNK", 2)
    people = [row(n, **PKM) for n in range(10, 16)]
    report = staged(officer, *ALL, *people)
    api.apply_roster(import_id=report.import_id, by=officer)
    calls = []
    advance = applying._advance

    def kill(*given: Any, **named: Any) -> None:
        advance(*given, **named)
        calls.append(1)
        if len(calls) == after:
            raise Killed

    monkeypatch.setattr(applying, "_advance", kill)
    was_killed = False
    try:
        jobs.run_pending()
    except Killed:
        was_killed = True
    assert was_killed is (after <= 8)
    progress = api.roster_progress(officer, import_id=report.import_id)
    assert progress is not None
    assert progress.state is RosterState.APPLYING
    assert progress.done % 2 == 0
    assert Person.objects.count() <= progress.done
    with clock.at(NOW + timedelta(minutes=10)):  # the dead worker's lease is over
        jobs.run_pending(raise_errors=True)
    done = api.roster_progress(officer, import_id=report.import_id)
    assert done is not None
    assert (done.state, done.percent, done.done) == (RosterState.APPLIED, 100, 12)
    assert Person.objects.count() == 10
    assert Appointment.objects.filter(ends=None).count() == 10
    assert Message.objects.filter(name="people.roster_applied").count() == 1
    entries = ledger.entries_of(f"roster:{report.import_id}", agency_id=officer.agency_id)
    assert sum(entry.data["rows"] for entry in entries if entry.act == "people.roster_rows_applied") == 10


def test_apply_roster_parked_goes_on_when_asked_again(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    report = staged(officer, *ALL)
    api.apply_roster(import_id=report.import_id, by=officer)
    with monkeypatch.context() as broken:
        broken.setattr(applying, "place_people", lambda *_a, **_k: 1 / 0)
        for minutes in range(0, 400, 50):
            with clock.at(NOW + timedelta(minutes=minutes)):
                jobs.run_pending()
    assert Delivery.objects.filter(receiver="people.apply_roster", state="parked").exists()
    assert not Person.objects.exists()
    with clock.at(NOW + timedelta(days=1)):
        api.apply_roster(import_id=report.import_id, by=officer)
        jobs.run_pending(raise_errors=True)
    assert Person.objects.count() == 4


def test_apply_roster_of_a_chunk_takes_a_constant_number_of_queries(
    officer: Actor, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for size in (20, 60):
        with clock.at(NOW + timedelta(minutes=size)):
            people = [row(1000 * size + n, **PKM, email=f"p{size}-{n}@contoh.id") for n in range(size)]
            report = staged(officer, *people, KADIS)
            api.apply_roster(import_id=report.import_id, by=officer)
            applying.apply_chunk(report.import_id)
            with django_assert_max_num_queries(45):
                applying.apply_chunk(report.import_id)
            jobs.run_pending(raise_errors=True)
    assert Person.objects.count() == 81


# Who may, and what is kept


def test_roster_verbs_by_others_are_refused(
    officer: Actor, agency: Agency, other_agency: Agency, make_actor: MakeActor, actor: Actor
) -> None:
    report = staged(officer, *ALL)
    others = [make_actor(role, agency=agency) for role in Role if role is not Role.PERSONNEL]
    for by in [actor, *others]:
        with pytest.raises(NotAllowed):
            api.stage_roster(content=csv(*ALL), name="x.csv", by=by)
        for verb in (api.apply_roster, api.check_roster, api.discard_roster):
            with pytest.raises(NotAllowed):
                verb(import_id=report.import_id, by=by)
    stranger = make_actor(Role.PERSONNEL, agency=other_agency)
    with agency_scope(other_agency.id):
        for verb in (api.apply_roster, api.check_roster, api.discard_roster):
            with pytest.raises(NotFound):
                verb(import_id=report.import_id, by=stranger)
        assert api.rosters_visible_to(stranger) == []
        assert api.roster_report(stranger, import_id=report.import_id) is None
        assert api.roster_faults(stranger, import_id=report.import_id) == []


def test_rosters_visible_to_the_auditor_to_read(
    officer: Actor, agency: Agency, make_actor: MakeActor, actor: Actor
) -> None:
    report = staged(officer, *ALL)
    auditor = make_actor(Role.AUDITOR, agency=agency)
    assert [card.import_id for card in api.rosters_visible_to(auditor)] == [report.import_id]
    assert api.roster_report(auditor, import_id=report.import_id) is not None
    assert api.rosters_visible_to(actor) == []
    assert api.roster_report(actor, import_id=report.import_id) is None


def test_discard_roster_ends_it_for_good(officer: Actor) -> None:
    report = staged(officer, *ALL)
    for _twice in range(2):
        api.discard_roster(import_id=report.import_id, by=officer)
    with pytest.raises(Conflict):
        api.apply_roster(import_id=report.import_id, by=officer)
    done = applied(officer, *ALL)
    with pytest.raises(Conflict):
        api.discard_roster(import_id=done.import_id, by=officer)


@pytest.mark.parametrize("after", [KEPT, KEPT + timedelta(seconds=1)])
def test_tidy_deletes_the_rows_of_old_imports_and_keeps_their_numbers(after: timedelta, officer: Actor) -> None:
    done, waiting = applied(officer, *ALL), staged(officer, {**SARI, "nip": "x"})
    with clock.at(NOW + after):
        tidy()
    is_gone = after > KEPT
    assert RosterRow.objects.exists() is not is_gone
    assert RosterFault.objects.exists() is not is_gone
    report = api.roster_report(officer, import_id=done.import_id)
    assert report is not None
    assert numbers(report) == (4, 0, 0, 0)
    state = RosterImport.objects.get(id=waiting.import_id).state
    assert state == (RosterState.DISCARDED if is_gone else RosterState.CHECKED)


def test_stage_roster_interrupted_while_reading_is_not_listed(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teladan.people.domain.staging._keep", lambda *_given: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        api.stage_roster(content=csv(*ALL), name="x.csv", by=officer)
    assert api.rosters_visible_to(officer) == []


def test_stage_roster_by_the_installation_names_the_agency(agency: Agency) -> None:
    import_id: UUID = api.stage_roster(content=csv(*ALL), name="x.csv", by=None, agency_id=agency.id)
    api.apply_roster(import_id=import_id, by=None)
    jobs.run_pending(raise_errors=True)
    assert Person.objects.count() == 4
    with pytest.raises(ValueError, match="agency"):
        api.stage_roster(content=csv(*ALL), name="x.csv", by=None)
