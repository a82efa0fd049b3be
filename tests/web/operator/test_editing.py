"""One person put right by hand: details, post, errors beside their field, a form sent twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.web.operator.conftest import Office

NIP_TAKEN = "sudah dipakai"


def address(office: Office, page: str = "ubah") -> str:
    return f"/kepegawaian/pegawai/{office.siti.account_id}/{page}/"


def details(office: Office, **changed: str) -> dict[str, str]:
    known = {"name": "Siti Rahmawati", "nip": office.siti.nip, "kind": "PNS", "rank": "", "phone": "", "email": ""}
    return known | changed


def post(office: Office, **changed: str) -> dict[str, str]:
    from teladan.people.models import Unit

    unit = str(Unit.objects.get(code="pkm").id)
    return {"how": "baru", "unit": unit, "title": "Bidan Mahir", "starts": "2026-11-02", "kunci": "satu"} | changed


def test_page_is_filled_with_what_is_known_and_linked_from_the_person(office: Office) -> None:
    client = office.client("personnel")
    page = client.get(address(office)).content.decode()
    assert 'value="Siti Rahmawati"' in page
    assert office.siti.nip in page
    assert "Hendra Tandi" in page  # the superior
    assert address(office) in client.get(f"/kepegawaian/pegawai/{office.siti.account_id}/").content.decode()
    assert (
        address(office)
        not in office.client("operator").get(f"/kepegawaian/pegawai/{office.siti.account_id}/").content.decode()
    )


def test_details_are_changed_and_sent_again_change_nothing(office: Office) -> None:
    from teladan.ledger import api as ledger

    client = office.client("personnel")
    typed = details(
        office, name="Siti Rahmawati, A.Md.Keb", rank="II/c", phone="0812 3456 7890", email="siti@contoh.id"
    )
    for words in ("Data pegawai disimpan.", "Tidak ada yang berubah"):
        answer = client.post(address(office), typed, follow=True)
        assert words in answer.content.decode()
    office.siti.refresh_from_db()
    assert (office.siti.name, office.siti.rank, office.siti.phone) == (
        "Siti Rahmawati, A.Md.Keb",
        "II/c",
        "081234567890",
    )
    entries = ledger.entries_of(f"person:{office.siti.id}", agency_id=office.agency.id)
    assert [(e.act, e.actor_id) for e in entries] == [("people.person_updated", office.accounts["personnel"].id)]
    assert "Siti" not in str(entries[0].data)


def test_details_refused_stand_beside_all_their_fields(office: Office) -> None:
    typed = details(office, nip="123", rank="IX", phone="abc", email="siti@")
    answer = office.client("personnel").post(address(office), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"nip", "rank", "phone", "email"}
    page = answer.content.decode()
    assert "NIP harus 18 angka; di sini 3." in page
    assert 'value="siti@"' in page
    office.siti.refresh_from_db()
    assert office.siti.name == "Siti Rahmawati"


@pytest.mark.parametrize("field", ["nip", "email"])
def test_details_of_somebody_else_are_refused_beside_the_field(field: str, office: Office) -> None:
    other = office.accounts["employee"]
    other.email = "hendra@contoh.id"
    other.save()
    taken = {"nip": other.username, "email": "hendra@contoh.id"}[field]
    answer = office.client("personnel").post(address(office), details(office, **{field: taken}))
    assert answer.status_code == 422
    assert NIP_TAKEN in " ".join(answer.context["form"].errors[field])


def test_new_post_begins_on_its_day_once_for_each_form(office: Office) -> None:
    from teladan.people.models import Appointment

    client = office.client("personnel")
    for _twice in range(2):
        assert client.post(address(office, "jabatan"), post(office)).status_code == 302
    held = Appointment.objects.filter(person=office.siti).order_by("starts")
    assert [(one.position.title, one.ends) for one in held] == [
        ("Bidan Terampil", date(2026, 11, 2)),
        ("Bidan Mahir", None),
    ]


def test_planned_post_stands_beside_the_present_one_and_can_be_withdrawn_once(office: Office) -> None:
    from teladan.people.models import Appointment

    client = office.client("personnel")
    assert client.post(address(office, "jabatan"), post(office, starts="2027-05-01")).status_code == 302
    page = client.get(address(office, "ubah"))
    known = page.context["known"]
    assert (known.post.position, [one.position for one in known.planned]) == ("Bidan Terampil", ["Bidan Mahir"])
    where = address(office, f"jabatan/{known.planned[0].id}/batal")
    assert f'action="{where}"' in page.content.decode()
    for _twice in range(2):
        assert client.post(where).status_code == 302
    [held] = Appointment.objects.filter(person=office.siti)
    assert (held.position.title, held.ends) == ("Bidan Terampil", None)


def test_present_post_is_put_right_and_keeps_its_day(office: Office) -> None:
    from teladan.people.models import Appointment

    typed = post(office, how="betul", title="Bidan Penyelia", starts="", job_family="kesehatan")
    assert office.client("personnel").post(address(office, "jabatan"), typed).status_code == 302
    [held] = Appointment.objects.filter(person=office.siti)
    assert (held.position.title, held.starts, held.ends) == ("Bidan Penyelia", date(2024, 1, 1), None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "Bidan Terampil"}, "title"),
        ({"unit": ""}, "unit"),
        ({"starts": ""}, "starts"),
        ({"starts": "2062-01-01"}, "starts"),
        ({"starts": "2023-01-01"}, "starts"),
        ({"how": "entah"}, "how"),
        ({"how": "betul", "is_head": "on"}, "is_head"),
        ({"job_family": "sihir"}, "job_family"),
    ],
)
def test_post_refused_says_why_beside_the_field(changed: dict[str, str], field: str, office: Office) -> None:
    from teladan.people.models import Appointment

    answer = office.client("personnel").post(address(office, "jabatan"), post(office, **changed))
    assert answer.status_code == 422
    assert field in answer.context["post_form"].errors
    assert Appointment.objects.get(person=office.siti).ends is None


def test_person_of_another_agency_is_not_found(office: Office, make_account: Callable[..., Any]) -> None:
    for page, typed in (("ubah", details(office)), ("jabatan", post(office))):
        assert office.client("stranger").post(address(office, page), typed).status_code == 404


def test_person_who_left_can_only_be_read(office: Office) -> None:
    from teladan.people import api as people

    people.leave(person_id=office.siti.id, by=None)
    client = office.client("personnel")
    assert "sudah tidak bekerja" in client.get(address(office)).content.decode()
    assert client.post(address(office), details(office, name="Lain")).status_code == 422


# Somebody new, a post that ends, somebody who leaves

NEW_NIP = "199901012026031001"


def newcomer(**changed: str) -> dict[str, str]:
    from teladan.people.models import Unit

    unit = str(Unit.objects.get(code="pkm").id)
    known = {"name": "Wayan Sudarma", "nip": NEW_NIP, "kind": "CPNS", "rank": "2c", "phone": "+62 812-3456-7890"}
    post = {"unit": unit, "title": "Perawat Terampil", "starts": "2026-11-02", "kunci": "baru-1"}
    return {**known, "email": "", **post, **changed}


def test_newcomer_gets_account_details_and_post_once(office: Office) -> None:
    from teladan.people import api as people
    from teladan.people.models import Person

    client = office.client("personnel")
    for _twice in range(2):
        answer = client.post("/kepegawaian/pegawai/baru/", newcomer())
        assert answer.status_code == 302
    person = Person.objects.get(nip=NEW_NIP)
    assert answer["Location"].endswith(f"/{person.account_id}/")
    assert (person.rank, person.phone, person.account.must_activate) == ("II/c", "081234567890", True)
    card = people.person_of(person.account_id)
    assert card is not None
    assert (card.position, card.unit_code) == ("Perawat Terampil", "pkm")


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("nip", {"nip": "123"}),
        ("rank", {"rank": "XVII"}),
        ("starts", {"starts": "1999-13-01"}),
        ("starts", {"starts": "2222-01-01"}),
        ("unit", {"unit": "bukan"}),
        ("title", {"title": " "}),
        ("starts", {"is_head": "on"}),  # the unit has a head already
    ],
)
def test_newcomer_who_cannot_be_is_refused_beside_the_field_and_nobody_is_added(
    field: str, changed: dict[str, str], office: Office
) -> None:
    from teladan.people.models import Person

    answer = office.client("personnel").post("/kepegawaian/pegawai/baru/", newcomer(**changed))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert 'value="Wayan Sudarma"' in answer.content.decode()
    assert not Person.objects.filter(nip=NEW_NIP).exists()


def test_newcomer_with_a_known_nip_is_refused_with_where_to_look(office: Office) -> None:
    answer = office.client("personnel").post(
        "/kepegawaian/pegawai/baru/", newcomer(nip=office.siti.nip, kind="PNS", rank="")
    )
    assert answer.status_code == 422
    assert NIP_TAKEN in answer.content.decode()


def test_post_ends_on_a_day_and_the_person_stays(office: Office) -> None:
    from teladan.people.models import Appointment

    held = Appointment.objects.get(person=office.siti)
    client, path = office.client("personnel"), address(office, f"jabatan/{held.id}/akhiri")
    assert client.post(path, {"akhir-day": held.starts.isoformat()}).status_code == 422
    assert client.post(path, {"akhir-day": ""}).status_code == 422
    for _twice in range(2):
        assert client.post(path, {"akhir-day": "2026-11-10"}).status_code == 302
    held.refresh_from_db()
    assert held.ends == date(2026, 11, 10)
    office.siti.refresh_from_db()
    assert office.siti.left_on is None


def test_leaving_ends_the_post_and_closes_the_account(office: Office) -> None:
    from teladan.people.models import Appointment

    client, path = office.client("personnel"), address(office, "berhenti")
    assert client.post(path, {"berhenti-day": "2222-01-01"}).status_code == 422
    for _twice in range(2):
        assert client.post(path, {"berhenti-day": "2026-11-10"}).status_code == 302
    office.siti.refresh_from_db()
    office.siti.account.refresh_from_db()
    assert (office.siti.left_on, office.siti.account.is_active) == (date(2026, 11, 10), False)
    assert Appointment.objects.get(person=office.siti).ends == date(2026, 11, 10)
