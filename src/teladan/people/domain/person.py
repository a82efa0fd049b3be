"""People join, leave, and have their NIP corrected."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.enums import PersonKind
from teladan.people.models import Appointment, Person
from teladan.people.permissions import Of, demand
from teladan.people.queries.unit import today_in
from teladan.people.validators import clean_nip


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
    Conflict when the NIP is in use anywhere in this installation."""
    demand(by, "people.manage", Of(agency_id))
    parsed = clean_nip(nip, today=today_in(agency_id))
    entry = accounts.NewAccount(username=parsed.digits, name=name, email=email)
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
        parsed = clean_nip(nip, today=today_in(person.agency_id))
        if parsed.digits == person.nip:
            return
        used = accounts.logins_in_use([person.nip]).get(person.nip)
        if used is not None and used.account_id == person.account_id:  # a chosen login stays
            accounts.rename_login(account_id=person.account_id, login=parsed.digits, by=by)
        person.nip = parsed.digits
        person.save(update_fields=["nip"])
        _record("people.nip_corrected", person, by, {})


def leave(*, person_id: UUID, day: date | None = None, by: Actor | None) -> None:
    """Somebody does not work for the agency any more from `day` (default: today) on: posts end, the account is closed.
    Conflict while the account is an operator; Invalid for a day to come."""
    with transaction.atomic():
        person = _locked(person_id)
        demand(by, "people.manage", person)
        today = today_in(person.agency_id)
        day = day or today
        if day > today:
            raise Invalid(_("Catat kepergian paling cepat pada tanggalnya."), field="day")
        if person.left_on is not None:
            return
        if not accounts.close_accounts(agency_id=person.agency_id, account_ids=[person.account_id], by=by):
            raise Conflict(
                _("Akun pegawai ini masih berperan sebagai operator."),
                next_step=_("Alihkan dahulu peran operatornya."),
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
        raise NotFound(_("Pegawai ini tidak ditemukan."))
    return person


def _record(act: str, person: Person, by: Actor | None, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=person.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"person:{person.id}",
        data=data,
    )
