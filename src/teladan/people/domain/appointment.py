"""Posts begin and end."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.enums import AppointmentKind, PositionKind
from teladan.people.models import Appointment, Person, Position, Unit
from teladan.people.permissions import demand
from teladan.people.spells import overlap
from teladan.people.validators import check_days, clean_line


def appoint(
    *,
    person_id: UUID,
    unit_id: UUID,
    title: str,
    starts: date,
    ends: date | None = None,
    kind: AppointmentKind = AppointmentKind.DEFINITIF,
    is_head: bool = False,
    position_kind: PositionKind | None = None,
    job_family: str = "",
    by: Actor | None,
) -> UUID:
    """Somebody holds a position of a unit from `starts` until, and without, `ends` (None: open); the appointment's id.
    A new open definitive post ends the open one on its first day. Conflict when definitive posts would overlap in
    another way, or the unit would have two definitive heads on a day."""
    check_days(starts, ends)
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(id=person_id).first()
        unit = Unit.objects.select_for_update().filter(id=unit_id).first()
        if person is None or unit is None:
            raise NotFound(_("Pegawai atau unit ini tidak ditemukan."))
        demand(by, "people.manage", person)
        if person.left_on is not None:
            raise Conflict(_("Pegawai ini sudah tidak bekerja di instansi Anda."))
        if kind is AppointmentKind.DEFINITIF:
            _make_room(person, starts, ends)
            if is_head:
                _refuse_second_head(unit, starts, ends)
        position, _new = Position.objects.get_or_create(
            agency_id=unit.agency_id,
            unit=unit,
            title=clean_line(title, field="title", longest=200),
            is_head=is_head,
            defaults={"kind": position_kind or "", "job_family": job_family},
        )
        post = Appointment.objects.create(
            agency_id=unit.agency_id, person=person, position=position, kind=kind, starts=starts, ends=ends
        )
        _record("people.appointed", post, by, {"kind": kind.value, "starts": starts.isoformat()})
    return post.id


def end_appointment(*, appointment_id: UUID, day: date, by: Actor | None) -> None:
    """The post is held until, and without, `day`. Invalid when it had not begun or has ended before."""
    with transaction.atomic():
        post = Appointment.objects.select_for_update().filter(id=appointment_id).first()
        if post is None:
            raise NotFound(_("Penugasan ini tidak ditemukan."))
        demand(by, "people.manage", post)
        check_days(post.starts, day)
        if post.ends is not None and post.ends < day:
            raise Invalid(_("Penugasan ini sudah berakhir sebelum tanggal itu."), field="day")
        if post.ends != day:
            post.ends = day
            post.save(update_fields=["ends"])
            _record("people.appointment_ended", post, by, {"ends": day.isoformat()})


def _make_room(person: Person, starts: date, ends: date | None) -> None:
    """End the open definitive post on the first day of the next; refuse what overlaps all the same."""
    held = Appointment.objects.filter(person=person, kind=AppointmentKind.DEFINITIF.value)
    if ends is None:
        held.filter(ends=None, starts__lt=starts).update(ends=starts)
    if any(overlap(starts, ends, post.starts, post.ends) for post in held):
        raise Conflict(
            _("Pegawai ini sudah menduduki jabatan definitif pada sebagian hari itu."),
            field="starts",
            next_step=_("Akhiri jabatan itu lebih dahulu, atau pilih tanggal lain."),
        )


def _refuse_second_head(unit: Unit, starts: date, ends: date | None) -> None:
    heads = Appointment.objects.filter(
        position__unit=unit, position__is_head=True, kind=AppointmentKind.DEFINITIF.value
    )
    if any(overlap(starts, ends, post.starts, post.ends) for post in heads):
        raise Conflict(
            _("Unit ini sudah punya kepala definitif pada sebagian hari itu."),
            field="starts",
            next_step=_("Akhiri jabatannya lebih dahulu, atau catat sebagai Plt. atau Plh."),
        )


def _record(act: str, post: Appointment, by: Actor | None, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=post.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"person:{post.person_id}",
        data={"appointment": str(post.id), "position": str(post.position_id), **data},
    )
