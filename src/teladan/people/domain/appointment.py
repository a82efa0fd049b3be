"""Posts begin and end."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.documents import person_changed
from teladan.people.domain.person import refuse_left
from teladan.people.enums import AppointmentKind, PositionKind
from teladan.people.models import Appointment, Person, Position, Unit
from teladan.people.permissions import demand
from teladan.people.queries.unit import today_in
from teladan.people.spells import overlap
from teladan.people.validators import check_days, check_start, clean_line


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
        if person is None:
            raise _no_person()
        demand(by, "people.manage", person)
        refuse_left(person)
        if unit is None:
            raise _no_unit()
        check_start(starts, today=today_in(person.agency_id))
        if kind is AppointmentKind.DEFINITIF:
            _make_room(person, starts, ends)
            if is_head:
                _refuse_second_head(unit, starts, ends)
        position = _position(unit, title, is_head=is_head, kind=position_kind, job_family=job_family)
        post = Appointment.objects.create(
            agency_id=unit.agency_id, person=person, position=position, kind=kind, starts=starts, ends=ends
        )
        _record("people.appointed", post, by, {"kind": kind.value, "starts": starts.isoformat()})
    return post.id


def correct_post(
    *,
    appointment_id: UUID,
    unit_id: UUID,
    title: str,
    starts: date,
    is_head: bool = False,
    job_family: str = "",
    by: Actor | None,
) -> bool:
    """Put right what was recorded wrongly about a post: its unit, title, head, first day; a job family that is told
    holds for everybody in that position. Whoever moves to another post is appointed instead. False when all was so
    already. Conflict as for `appoint`."""
    with transaction.atomic():
        post = Appointment.objects.select_for_update(of=("self",)).filter(id=appointment_id).first()
        if post is None:
            raise _no_post()
        demand(by, "people.manage", post)
        person = Person.objects.select_for_update().get(id=post.person_id)
        refuse_left(person)
        unit = Unit.objects.select_for_update().filter(id=unit_id).first()
        if unit is None:
            raise _no_unit()
        check_start(starts, today=today_in(post.agency_id))
        check_days(starts, post.ends)
        if post.kind == AppointmentKind.DEFINITIF:
            _refuse_overlap(person, starts, post.ends, but=post)
            if is_head:
                _refuse_second_head(unit, starts, post.ends, but=post)
        before = (post.position.job_family, post.position_id, post.starts)
        position = _position(unit, title, is_head=is_head, kind=None, job_family=job_family)
        if before == (position.job_family, position.id, starts):
            return False
        post.position, post.starts = position, starts
        post.save(update_fields=["position", "starts"])
        _record("people.post_corrected", post, by, {"starts": starts.isoformat()})
    return True


def end_appointment(*, appointment_id: UUID, day: date, by: Actor | None) -> None:
    """The post is held until, and without, `day`. Invalid when it had not begun or has ended before."""
    with transaction.atomic():
        post = Appointment.objects.select_for_update().filter(id=appointment_id).first()
        if post is None:
            raise _no_post()
        demand(by, "people.manage", post)
        check_days(post.starts, day)
        if post.ends is not None and post.ends < day:
            raise Invalid(
                _("Penempatan ini sudah berakhir sebelum tanggal itu."),
                field="day",
                next_step=_("Pilih tanggal yang lebih awal, atau biarkan seperti sekarang."),
            )
        if post.ends != day:
            post.ends = day
            post.save(update_fields=["ends"])
            _record("people.appointment_ended", post, by, {"ends": day.isoformat()})


def withdraw_appointment(*, appointment_id: UUID, by: Actor | None) -> None:
    """Take back a post that has not begun; the one it would have ended goes on. Conflict once it has begun."""
    with transaction.atomic():
        post = Appointment.objects.select_for_update().filter(id=appointment_id).first()
        if post is None:
            raise _no_post()
        demand(by, "people.manage", post)
        if post.starts <= today_in(post.agency_id):
            raise Conflict(
                _("Jabatan ini sudah dimulai, jadi tidak dapat dibatalkan."),
                next_step=_("Catat jabatan barunya, atau betulkan catatan ini."),
            )
        person = Person.objects.select_for_update().get(id=post.person_id)
        starts, kind = post.starts, post.kind
        _record("people.appointment_withdrawn", post, by, {"starts": starts.isoformat()})
        post.delete()
        if kind == AppointmentKind.DEFINITIF:
            held = Appointment.objects.filter(person=person, kind=kind)
            if not held.filter(starts__gte=starts).exists():
                held.filter(ends=starts).update(ends=None)


def _make_room(person: Person, starts: date, ends: date | None) -> None:
    """End the open definitive post on the first day of the next; refuse what overlaps all the same."""
    if ends is None:
        held = Appointment.objects.filter(person=person, kind=AppointmentKind.DEFINITIF.value)
        held.filter(ends=None, starts__lt=starts).update(ends=starts)
    _refuse_overlap(person, starts, ends)


def _refuse_overlap(person: Person, starts: date, ends: date | None, *, but: Appointment | None = None) -> None:
    held = Appointment.objects.filter(person=person, kind=AppointmentKind.DEFINITIF.value)
    others = held.exclude(id=but.id) if but else held
    if any(overlap(starts, ends, post.starts, post.ends) for post in others):
        raise Conflict(
            _("Pegawai ini sudah menduduki jabatan definitif pada sebagian hari itu."),
            field="starts",
            next_step=_("Pilih tanggal lain, atau batalkan dahulu jabatan terjadwalnya bila ada."),
        )


def _refuse_second_head(unit: Unit, starts: date, ends: date | None, *, but: Appointment | None = None) -> None:
    heads = Appointment.objects.filter(
        position__unit=unit, position__is_head=True, kind=AppointmentKind.DEFINITIF.value
    )
    others = heads.exclude(id=but.id) if but else heads
    if any(overlap(starts, ends, post.starts, post.ends) for post in others):
        raise Conflict(
            _("Unit ini sudah punya kepala definitif pada sebagian hari itu."),
            field="is_head" if but else "starts",
            next_step=_("Akhiri jabatannya lebih dahulu, atau catat sebagai Plt. atau Plh."),
        )


def _position(unit: Unit, title: str, *, is_head: bool, kind: PositionKind | None, job_family: str) -> Position:
    """The position of a unit with this title, made when missing; what is told about its kind and job family holds."""
    position, is_new = Position.objects.get_or_create(
        agency_id=unit.agency_id,
        unit=unit,
        title=clean_line(title, field="title", longest=200),
        is_head=is_head,
        defaults={"kind": kind or "", "job_family": job_family},
    )
    told = (kind or position.kind, job_family or position.job_family)
    if not is_new and (position.kind, position.job_family) != told:
        position.kind, position.job_family = told
        position.save(update_fields=["kind", "job_family"])
    return position


def _no_person() -> NotFound:
    return NotFound(_("Pegawai ini tidak ditemukan di instansi Anda."), next_step=_("Cari namanya di daftar pegawai."))


def _no_unit() -> NotFound:
    return NotFound(
        _("Unit ini tidak ditemukan di instansi Anda."), field="unit", next_step=_("Pilih unit dari susunan unit.")
    )


def _no_post() -> NotFound:
    return NotFound(
        _("Penempatan ini tidak ditemukan di instansi Anda."), next_step=_("Buka lagi halaman pegawainya, lalu ulangi.")
    )


def _record(act: str, post: Appointment, by: Actor | None, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=post.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"person:{post.person_id}",
        data={"appointment": str(post.id), "position": str(post.position_id), **data},
    )
    person_changed(post.person_id, post.agency_id)
