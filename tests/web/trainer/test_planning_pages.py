"""Organisers' pages: facilitators, name and dates, cancelling, adding and taking out; and who may not."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from teladan.kernel import clock

BACKEND = "teladan.accounts.backend.Backend"


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def world(agency: Any, make_account: Any, make_person: Any) -> Any:
    """(organiser's client, cohort id, people in it, somebody who is not in it)."""
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.web.world import cohort_of

    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    people = [make_person(f"Peserta {n}", agency=agency, unit="pkm") for n in range(2)]
    other = make_person("dr. Hendra Tandi", agency=agency, unit="dinkes")
    cohort_id = cohort_of(accounts.actor_for(organiser), [p.account_id for p in people])
    return signed_in(organiser), cohort_id, people, other


def enrolment_of(cohort_id: UUID, person: Any) -> Any:
    from teladan.learning.models import Enrolment

    return Enrolment.objects.get(cohort_id=cohort_id, account_id=person.account_id)


def test_list_of_names_is_told_line_by_line_before_anybody_is_enrolled(world: Any) -> None:
    client, cohort_id, people, other = world
    path = f"/pengampu/{cohort_id}/tambah/"
    lines = "\n".join(["hendra tandi", people[0].nip, "Tidak Ada", "Peserta", ""])
    page = client.post(path, {"names": lines, "periksa": "1"}).content.decode()
    assert f'value="{other.account_id}" checked' in page
    assert "sudah terdaftar" in page
    assert "Tidak ditemukan" in page
    assert "Lebih dari satu orang" in page
    for _twice in range(2):
        answer = client.post(path, {"names": "", "chosen": [str(other.account_id)], "daftarkan": "1"})
        assert answer.status_code == 302
    assert enrolment_of(cohort_id, other).state == "aktif"


def test_names_parted_by_semicolons_are_people_and_one_person_stands_once(world: Any) -> None:
    client, cohort_id, people, other = world
    lines = f"dr. Hendra Tandi;Peserta 0\nHendra Tandi\n{people[1].nip};Peserta 1"
    page = client.post(f"/pengampu/{cohort_id}/tambah/", {"names": lines, "periksa": "1"})
    told = page.context["form"].told
    assert [(line.text, line.is_repeat) for line in told] == [
        ("dr. Hendra Tandi", False),
        ("Peserta 0", False),
        ("Hendra Tandi", True),
        (f"{people[1].nip};Peserta 1", False),
    ]
    assert page.content.decode().count(f'value="{other.account_id}"') == 1
    assert "Sudah disebut di atas" in page.content.decode()


def test_units_are_counted_before_their_people_are_enrolled(world: Any) -> None:
    from teladan.people.models import Unit

    client, cohort_id, _people, other = world
    path = f"/pengampu/{cohort_id}/tambah/"
    typed = {"units": [str(Unit.objects.get(code=code).pk) for code in ("pkm", "dinkes")], "names": ""}
    assert "1 pegawai" in client.get(path).content.decode()
    page = client.post(path, {**typed, "periksa": "1"}).content.decode()
    assert "1 orang akan didaftarkan." in page
    assert "2 orang sudah terdaftar di angkatan ini." in page
    assert client.post(path, {**typed, "daftarkan": "1"}).status_code == 302
    assert enrolment_of(cohort_id, other).state == "aktif"


def test_who_studies_elsewhere_is_only_enrolled_when_told_so(world: Any, agency: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.accounts.models import Account
    from teladan.learning.models import Enrolment
    from teladan.people.models import Unit
    from tests.web.world import cohort_of

    client, _cohort, _people, other = world
    second = cohort_of(accounts.actor_for(Account.objects.get(name="Penyelenggara")), [other.account_id])
    path = f"/pengampu/{second}/tambah/"
    typed = {"units": [str(Unit.objects.get(code="pkm").pk)], "names": "Peserta 0"}
    page = client.post(path, {**typed, "periksa": "1"}).content.decode()
    assert "sedang mengikuti Angkatan Uji" in page
    assert "Daftarkan juga 2 orang" in page
    client.post(path, {**typed, "names": "", "daftarkan": "1"})
    assert Enrolment.objects.filter(cohort_id=second).count() == 1
    client.post(path, {**typed, "names": "", "others": "on", "daftarkan": "1"})
    assert Enrolment.objects.filter(cohort_id=second).count() == 3


def test_adding_nobody_or_nonsense_is_refused_gently(world: Any) -> None:
    client, cohort_id, _people, _other = world
    path = f"/pengampu/{cohort_id}/tambah/"
    assert client.post(path, {"names": " "}).status_code == 422
    assert client.post(path, {"names": "x\n" * 501}).status_code == 422
    assert client.post(path, {"chosen": ["bukan-id"], "daftarkan": "1"}).status_code == 422


def test_person_of_another_agency_is_never_enrolled(world: Any, other_agency: Any, make_account: Any) -> None:
    from teladan.learning.models import Enrolment

    client, cohort_id, _people, _other = world
    stranger = make_account("Orang Lain", agency=other_agency)
    client.post(f"/pengampu/{cohort_id}/tambah/", {"chosen": [str(stranger.id)], "daftarkan": "1"})
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 2


def test_facilitator_is_found_by_name_appointed_and_dismissed(world: Any) -> None:
    client, cohort_id, _people, other = world
    path = f"/pengampu/{cohort_id}/atur/"
    page = client.get(path).content.decode()
    assert "Belum ada pengampu." in page
    assert "dr. Hendra Tandi" in client.get(f"{path}?cari=hendra").content.decode()
    for _twice in range(2):
        assert (
            client.post(f"/pengampu/{cohort_id}/pengampu/", {"facilitator": str(other.account_id)}).status_code == 302
        )
    facilitator = signed_in(other.account)
    assert facilitator.get(f"/pengampu/{cohort_id}/").status_code == 200
    assert facilitator.get(path).status_code == 403
    assert "Pengampu: dr. Hendra Tandi" in client.get("/pengampu/").content.decode()
    (held,) = client.get(path).context["facilitators"]
    assert client.post(f"/pengampu/{cohort_id}/pengampu/{held.grant_id}/akhiri/").status_code == 302
    assert signed_in(other.account).get(f"/pengampu/{cohort_id}/").status_code == 404


def test_name_and_dates_are_changed_and_faults_are_named(world: Any) -> None:
    from teladan.learning.models import Cohort

    client, cohort_id, _people, _other = world
    path = f"/pengampu/{cohort_id}/atur/"
    card = Cohort.objects.get(pk=cohort_id)
    opens = client.get(path).context["form"].initial["opens_on"]
    closes = (clock.now() + timedelta(days=30)).date()
    typed = {"title": "Nama Baru", "opens_on": opens.isoformat(), "closes_on": closes.isoformat()}
    assert client.post(path, typed).status_code == 302
    found = Cohort.objects.get(pk=cohort_id)
    assert (found.title, found.opens_at) == ("Nama Baru", card.opens_at)
    refused = client.post(path, {**typed, "closes_on": "9999-12-31"})
    assert refused.status_code == 422
    assert "Periksa tahunnya" in refused.content.decode()


def test_cohort_is_cancelled_with_a_reason_and_stays_readable(world: Any) -> None:
    client, cohort_id, people, _other = world
    path = f"/pengampu/{cohort_id}/batalkan/"
    assert client.get(path).status_code == 302
    assert client.post(path, {"batal-reason": " "}).status_code == 422
    for _twice in range(2):
        assert client.post(path, {"batal-reason": "Anggaran dipotong"}).status_code == 302
    page = client.get(f"/pengampu/{cohort_id}/").content.decode()
    assert "Alasannya: Anggaran dipotong" in page
    assert "Peserta 0" in page
    for part in ("hasil/", "atur/", "tambah/", "ekspor.xlsx"):
        assert client.get(f"/pengampu/{cohort_id}/{part}").status_code == 200
    assert client.get(f"/pengampu/{cohort_id}/ingatkan/").status_code == 409
    assert "Undurkan" not in client.get(f"/pengampu/{cohort_id}/tambah/").content.decode()
    assert "Tunjuk sedikitnya" not in client.get(f"/pengampu/{cohort_id}/atur/").content.decode()
    participant = signed_in(people[0].account)
    assert "Anggaran dipotong" in participant.get("/tugas/").content.decode()
    assert "Angkatan Uji" not in participant.get("/belajar/").content.decode()
    assert client.get(f"/pengampu/peserta/{enrolment_of(cohort_id, people[0]).pk}/").status_code == 200


def test_somebody_who_has_not_begun_is_taken_out_from_their_page(world: Any) -> None:
    client, cohort_id, people, _other = world
    enrolment = enrolment_of(cohort_id, people[0])
    page = client.get(f"/pengampu/peserta/{enrolment.pk}/").content.decode()
    assert "Keluarkan dari angkatan" in page
    path = f"/pengampu/peserta/{enrolment.pk}/keluarkan/"
    assert client.get(path).status_code == 302
    assert client.post(path, {"batal-reason": "Salah unit"}).status_code == 302
    assert "Peserta 0" not in client.get(f"/pengampu/{cohort_id}/").content.decode()
    assert "Salah unit" in client.get(f"/pengampu/{cohort_id}/atur/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("facilitator", 403), ("auditor", 403), ("employee", 403), ("stranger", 404), ("nobody", None)]
)
def test_planning_pages_are_for_organisers_of_the_agency(
    who: str, status: int | None, world: Any, agency: Any, other_agency: Any, make_account: Any
) -> None:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts

    _client, cohort_id, people, other = world
    enrolment = enrolment_of(cohort_id, people[0])
    client = Client()
    if who != "nobody":
        account = make_account(who, agency=other_agency if who == "stranger" else agency)
        role = {"facilitator": Role.FACILITATOR, "auditor": Role.AUDITOR, "stranger": Role.ORGANISER}.get(who)
        if role is not None:
            scope = cohort_id if role is Role.FACILITATOR else None
            accounts.grant_role(account_id=account.id, role=role, scope_id=scope, by=None)
        client = signed_in(account)
    for path, typed in (
        (f"/pengampu/{cohort_id}/atur/", {"title": "X"}),
        (f"/pengampu/{cohort_id}/batalkan/", {"batal-reason": "x"}),
        (f"/pengampu/{cohort_id}/tambah/", {"chosen": [str(other.account_id)], "daftarkan": "1"}),
        (f"/pengampu/{cohort_id}/pengampu/", {"facilitator": str(other.account_id)}),
        (f"/pengampu/peserta/{enrolment.pk}/keluarkan/", {"batal-reason": "x"}),
    ):
        assert client.post(path, typed).status_code == (status or 401)
    enrolment.refresh_from_db()
    enrolment.cohort.refresh_from_db()
    assert (enrolment.state, enrolment.cohort.cancelled_at) == ("aktif", None)


@pytest.mark.parametrize("people", [1, 3])
def test_list_of_cohorts_costs_the_same_for_few_and_many(
    people: int, agency: Any, make_account: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.web.world import cohort_of

    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    by = accounts.actor_for(organiser)
    for number in range(people):
        cohort_of(by, [make_person(f"Orang {number}", agency=agency, unit="pkm").account_id])
    client = signed_in(organiser)
    client.get("/pengampu/")
    with django_assert_num_queries(8):
        client.get("/pengampu/")


@pytest.mark.parametrize("path", ["perpanjang", "kesempatan"])
def test_address_of_a_refused_form_leads_back_to_the_participant(path: str, world: Any) -> None:
    client, cohort_id, people, _other = world
    enrolment = enrolment_of(cohort_id, people[0])
    answer = client.get(f"/pengampu/peserta/{enrolment.pk}/{path}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/pengampu/peserta/{enrolment.pk}/")


def test_choosing_everybody_keeps_the_message_and_sends_nothing(world: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.desk import api as desk

    client, cohort_id, people, _other = world
    page = client.post(f"/pengampu/{cohort_id}/ingatkan/", {"text": "Ayo lanjut", "pilih": "semua"}).content.decode()
    assert "Ayo lanjut" in page
    assert page.count(" checked") == 2
    assert client.post(f"/pengampu/{cohort_id}/ingatkan/", {"pilih": "kosong"}).content.decode().count(" checked") == 0
    assert desk.notices_visible_to(accounts.actor_for(people[0].account)) == []


def test_person_of_another_agency_is_not_found_by_nip_nor_name(world: Any, other_agency: Any, make_person: Any) -> None:
    client, cohort_id, _people, _other = world
    stranger = make_person("Yosua Tetangga", agency=other_agency)
    for line in (stranger.nip, "Yosua Tetangga"):
        page = client.post(f"/pengampu/{cohort_id}/tambah/", {"names": line, "periksa": "1"}).content.decode()
        assert "Tidak ditemukan" in page
        assert str(stranger.account_id) not in page


# Files, rules, places


def upload(text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("daftar.csv", text.encode(), content_type="text/csv")


def test_file_of_nips_is_told_before_anybody_is_enrolled(world: Any) -> None:
    client, cohort_id, people, other = world
    path = f"/pengampu/{cohort_id}/tambah/"
    unknown = "199001012015031009"
    rows = [other.nip, people[0].nip, unknown, "123", other.nip, "Budi"]
    page = client.post(path, {"names": "", "file": upload("NIP;Nama\n" + "".join(f"{nip};X\n" for nip in rows))})
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 orang akan didaftarkan." in text
    assert "1 orang sudah terdaftar di angkatan ini." in text
    for said in (
        "Baris 4",
        "NIP ini tidak ada di daftar pegawai.",
        "NIP harus 18 angka; di sini 3.",
        "sudah ada pada baris 2",
        "NIP hanya boleh berisi angka.",
    ):
        assert said in text
    found = page.context["form"].from_file.ids
    for _twice in range(2):
        assert client.post(path, {"names": "", "found": found, "daftarkan": "1"}).status_code == 302
    assert enrolment_of(cohort_id, other).state == "aktif"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nama;Unit\nSari;PKM\n", "Kolom yang wajib belum ada: nip."),
        ("x\n", "Tidak ada baris judul kolom"),
        ("NIP\n", "Tidak ada baris pegawai"),
        ("NIP\n" + "1\n" * 1001, "paling banyak 1000 baris"),
    ],
)
def test_file_that_cannot_be_taken_says_why_and_enrols_nobody(world: Any, text: str, said: str) -> None:
    from teladan.learning.models import Enrolment

    client, cohort_id, _people, _other = world
    answer = client.post(f"/pengampu/{cohort_id}/tambah/", {"names": "", "file": upload(text)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 2


def test_rule_is_shown_then_kept_once_and_ended(world: Any) -> None:
    from teladan.learning.models import EnrolmentRule

    client, cohort_id, _people, _other = world
    path = f"/pengampu/{cohort_id}/aturan/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"periksa": "1"}).status_code == 422
    assert client.post(path, {"ranks": "Z/9", "periksa": "1"}).status_code == 422
    typed = {"uncertified": "on", "is_standing": "on", "kunci": "aturan-1"}
    page = client.post(path, {**typed, "periksa": "1"}).content.decode()
    assert "1 orang akan didaftarkan." in page
    assert "dr. Hendra Tandi" in page
    assert not EnrolmentRule.objects.exists()
    for _twice in range(2):
        assert client.post(path, {**typed, "terapkan": "1"}).status_code == 302
    rule = EnrolmentRule.objects.get()
    assert "setiap malam" in client.get(path).content.decode()
    assert client.post(f"{path}{rule.pk}/akhiri/").status_code == 302
    rule.refresh_from_db()
    assert rule.ended_at is not None


def test_places_line_and_moving_have_their_pages(world: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.accounts.models import Account
    from teladan.learning.models import Waiting
    from tests.web.world import cohort_of

    client, cohort_id, people, other = world
    arrange = f"/pengampu/{cohort_id}/atur/"
    assert client.post(f"/pengampu/{cohort_id}/tempat/", {"capacity": "1"}).status_code == 422
    assert client.post(f"/pengampu/{cohort_id}/tempat/", {"capacity": "2"}).status_code == 302
    done = {"names": "", "chosen": [str(other.account_id)], "daftarkan": "1"}
    answer = client.post(f"/pengampu/{cohort_id}/tambah/", done, follow=True)
    assert "Angkatan penuh: 1 orang masuk daftar tunggu." in answer.content.decode()
    page = client.get(arrange).content.decode()
    assert "1 orang menunggu" in page
    assert "dr. Hendra Tandi" in page
    assert "Urutan Anda 1 dari 1" in signed_in(other.account).get("/belajar/").content.decode()
    one = Waiting.objects.get()
    path = f"/pengampu/{cohort_id}/tunggu/{one.pk}/"
    assert client.post(path, {"place": "1", "reason": ""}).status_code == 422
    assert client.post(path, {"place": "1", "reason": "Segera bertugas"}).status_code == 302
    organiser = accounts.actor_for(Account.objects.get(name="Penyelenggara"))
    second = cohort_of(organiser, [])
    mine = enrolment_of(cohort_id, people[0]).pk
    assert "Pindah ke angkatan lain" in client.get(f"/pengampu/peserta/{mine}/").content.decode()
    move = f"/pengampu/peserta/{mine}/pindah/"
    assert client.post(move, {"pindah-to": str(second), "pindah-reason": ""}).status_code == 422
    for _twice in range(2):
        client.post(move, {"pindah-to": str(second), "pindah-reason": "Jadwal dinas"})
    assert enrolment_of(second, people[0]).pk == mine
    assert enrolment_of(cohort_id, other).state == "aktif"
    assert "Pindah angkatan" in client.get(f"/pengampu/peserta/{mine}/").content.decode()
