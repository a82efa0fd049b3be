"""People join, leave, and have their details put right."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.documents import person_changed
from teladan.people.enums import PersonKind
from teladan.people.models import Appointment, Person
from teladan.people.permissions import Of, demand
from teladan.people.queries.unit import today_in
from teladan.people.validators import clean_email, clean_line, clean_nip, clean_phone, clean_rank


def add_person(
    *,
    agency_id: UUID,
    name: str,
    nip: str,
    kind: PersonKind,
    email: str = "",
    rank: str = "",
    phone: str = "",
    by: Actor | None,
) -> UUID:
    """Somebody new with an account whose login is the NIP, without a password; the person's id. Use `appoint` next.
    Invalid by field; Conflict when the NIP is in use anywhere in this installation."""
    demand(by, "people.manage", Of(agency_id))
    parsed = clean_nip(nip, today=today_in(agency_id))
    rank, phone = clean_rank(rank, kind), clean_phone(phone)
    entry = accounts.NewAccount(username=parsed.digits, name=name, email=clean_email(email))
    if parsed.digits in accounts.logins_in_use([parsed.digits]):
        raise Conflict(
            _("NIP ini sudah dipakai pegawai atau akun lain."),
            field="nip",
            next_step=_("Cari di daftar pegawai. Bila pegawai pindah instansi, hubungi pengelola server."),
        )
    with transaction.atomic():
        account_id = accounts.create_accounts(agency_id=agency_id, entries=[entry], by=by)[parsed.digits]
        person = Person.objects.create(
            agency_id=agency_id,
            account_id=account_id,
            name=" ".join(name.split()),
            nip=parsed.digits,
            kind=kind,
            rank=rank,
            phone=phone,
        )
        _record("people.person_added", person, by, {"kind": person.kind})
    return person.id


def correct_nip(*, person_id: UUID, nip: str, by: Actor | None) -> None:
    """Put a mistyped NIP right, with everything the person has learnt and held kept; the login changes with it."""
    with transaction.atomic():
        person = _locked(person_id)
        demand(by, "people.manage", person)
        _change_nip(person, nip, by)


def _change_nip(person: Person, nip: str, by: Actor | None) -> bool:
    """Another NIP for a locked person, and with it the login unless it was chosen; False when it is the same."""
    parsed = clean_nip(nip, today=today_in(person.agency_id))
    if parsed.digits == person.nip:
        return False
    used = accounts.logins_in_use([person.nip]).get(person.nip)
    try:
        with transaction.atomic():
            if used is not None and used.account_id == person.account_id:  # a chosen login stays
                accounts.rename_login(account_id=person.account_id, login=parsed.digits, by=by)
            person.nip = parsed.digits
            person.save(update_fields=["nip"])
    except (Conflict, IntegrityError):
        raise Conflict(
            _("NIP ini sudah dipakai pegawai atau akun lain."),
            field="nip",
            next_step=_("Periksa angkanya. Bila pegawai pindah instansi, hubungi pengelola server."),
        ) from None
    _record("people.nip_corrected", person, by, {})
    return True


def person_faults(
    *, agency_id: UUID, name: str, nip: str, kind: PersonKind, rank: str = "", phone: str = "", email: str = ""
) -> list[Invalid]:
    """Everything that `update_person` would refuse about these details, one for each field; for forms."""
    checks: list[Callable[[], object]] = [
        lambda: clean_line(name, field="name", longest=200),
        lambda: clean_nip(nip, today=today_in(agency_id)),
        lambda: clean_rank(rank, kind),
        lambda: clean_phone(phone),
        lambda: clean_email(email),
    ]
    found = []
    for check in checks:
        try:
            check()
        except Invalid as fault:
            found.append(fault)
    return found


def update_person(
    *,
    person_id: UUID,
    name: str,
    nip: str,
    kind: PersonKind,
    rank: str = "",
    phone: str = "",
    email: str = "",
    by: Actor | None,
) -> list[str]:
    """Put somebody's details right; the names of those that changed. What is empty is taken away (not name and NIP).
    Nothing is written when all is as it was. Invalid by field; Conflict when NIP or e-mail belong to somebody else, or
    the person has left."""
    with transaction.atomic():
        person = _locked(person_id)
        demand(by, "people.manage", person)
        refuse_left(person)
        new = {
            "name": clean_line(name, field="name", longest=200),
            "kind": kind.value,
            "rank": clean_rank(rank, kind),
            "phone": clean_phone(phone),
        }
        email = clean_email(email)
        changed = [field for field, value in new.items() if getattr(person, field) != value]
        for field in changed:
            setattr(person, field, new[field])
        if changed:
            person.save(update_fields=changed)
        if email != person.account.email:
            changed.append("email")
        if {"name", "email"} & {*changed}:
            entry = accounts.NewAccount(username=person.account.username, name=new["name"], email=email)
            accounts.rewrite_accounts(agency_id=person.agency_id, details={person.account_id: entry}, by=by)
        if changed:
            _record("people.person_updated", person, by, {"fields": [*changed]})
        return [*changed, "nip"] if _change_nip(person, nip, by) else changed


def leave(*, person_id: UUID, day: date | None = None, by: Actor | None) -> None:
    """Somebody does not work for the agency any more from `day` (default: today) on: posts end, the account is closed.
    Conflict while the account is an operator; Invalid for a day to come."""
    with transaction.atomic():
        person = _locked(person_id)
        demand(by, "people.manage", person)
        today = today_in(person.agency_id)
        day = day or today
        if day > today:
            raise Invalid(
                _("Tanggal berhenti ini masih akan datang, sehingga belum dapat dicatat."),
                field="day",
                next_step=_("Catat pada hari itu, atau pilih tanggal hari ini atau sebelumnya."),
            )
        if person.left_on is not None:
            return
        if not accounts.close_accounts(agency_id=person.agency_id, account_ids=[person.account_id], by=by):
            raise Conflict(
                _("Akun pegawai ini masih berperan sebagai operator, sehingga belum dapat ditutup."),
                next_step=_("Beri dahulu peran operator kepada orang lain, lalu cabut dari akun ini."),
            )
        let_go([person], day)
        _record("people.person_left", person, by, {"day": day.isoformat()})


def let_go(people: list[Person], day: date) -> None:
    """End the posts of people who leave; the caller closes their accounts and records the act."""
    posts = Appointment.objects.filter(person__in=people)
    posts.filter(starts__gte=day).delete()
    posts.filter(starts__lt=day, ends=None).update(ends=day)
    posts.filter(starts__lt=day, ends__gt=day).update(ends=day)
    Person.objects.filter(id__in=[person.id for person in people]).update(left_on=day)


def _locked(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise NotFound(
            _("Pegawai ini tidak ditemukan di instansi Anda."), next_step=_("Cari namanya di daftar pegawai.")
        )
    return person


def refuse_left(person: Person) -> None:
    """Conflict for somebody who does not work for the agency any more."""
    if person.left_on is not None:
        raise Conflict(
            _("Pegawai ini sudah tidak bekerja di instansi Anda, sehingga datanya tidak dapat diubah."),
            next_step=_("Bila bekerja kembali, masukkan lagi melalui impor daftar pegawai."),
        )


def _record(act: str, person: Person, by: Actor | None, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=person.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"person:{person.id}",
        data=data,
    )
    person_changed(person.id, person.agency_id)
