"""Units are founded, renamed and moved."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.documents import everybody_changed
from teladan.people.models import Unit, UnitMove
from teladan.people.permissions import Of, demand
from teladan.people.queries.unit import ids_below, today_in
from teladan.people.validators import clean_line


def create_unit(
    *, agency_id: UUID, code: str, name: str, parent_id: UUID | None = None, kind: str = "", by: Actor | None
) -> UUID:
    """A new unit below another one, or at the top; its id. Conflict when the code is in use."""
    demand(by, "people.manage", Of(agency_id))
    code = clean_line(code, field="code", longest=50)
    with transaction.atomic():
        if Unit.objects.filter(agency_id=agency_id, code=code).exists():
            raise Conflict(
                _("Kode unit ini sudah dipakai unit lain di instansi Anda."),
                field="code",
                next_step=_("Tulis kode lain, atau ubah unit yang sudah ada."),
            )
        unit = Unit.objects.create(
            agency_id=agency_id,
            code=code,
            name=clean_line(name, field="name", longest=200),
            parent=_unit(parent_id, agency_id) if parent_id else None,
            kind=kind.strip(),
        )
        _record("people.unit_created", unit, by, {"parent": str(parent_id) if parent_id else None})
    return unit.id


def rename_unit(*, unit_id: UUID, name: str, by: Actor | None) -> None:
    """Another name from now on; documents that were issued keep the old one."""
    with transaction.atomic():
        unit = _locked(unit_id)
        demand(by, "people.manage", unit)
        name = clean_line(name, field="name", longest=200)
        if name != unit.name:
            unit.name = name
            unit.save(update_fields=["name"])
            _record("people.unit_renamed", unit, by, {})
            everybody_changed(unit.agency_id)


def move_unit(*, unit_id: UUID, parent_id: UUID | None, day: date | None = None, by: Actor | None) -> None:
    """The unit stands below another one (None: at the top) from `day` (default: today, not later) on. Questions about
    earlier days still find the earlier place. Invalid for a day to come, before an earlier move, or a circle."""
    with transaction.atomic():
        # The whole tree: two moves at once, each right by itself, could close a circle together.
        list(Unit.objects.select_for_update(no_key=True).order_by("code").values_list("pk"))
        unit = _locked(unit_id)
        demand(by, "people.manage", unit)
        today = today_in(unit.agency_id)
        day = day or today
        if day > today:
            raise Invalid(
                _("Tanggal pindah unit ini masih akan datang, sehingga belum dapat dicatat."),
                field="day",
                next_step=_("Catat pada hari itu, atau pilih tanggal hari ini atau sebelumnya."),
            )
        if UnitMove.objects.filter(unit=unit, until__gt=day).exists():
            raise Invalid(
                _("Unit ini sudah tercatat berpindah sesudah tanggal itu."),
                field="day",
                next_step=_("Pilih tanggal yang sama dengan perpindahan terakhirnya, atau sesudahnya."),
            )
        if parent_id is not None:
            _unit(parent_id, unit.agency_id)
            if parent_id in ids_below({unit.id}, day=today):
                raise Invalid(
                    _("Unit tidak dapat berada di bawah dirinya sendiri atau di bawah unit bawahannya."),
                    field="parent",
                    next_step=_("Pilih unit induk di luar unit ini dan bawahannya."),
                )
        if place_unit(unit, parent_id, day):
            _record("people.unit_moved", unit, by, {"parent": str(parent_id) if parent_id else None})


def place_unit(unit: Unit, parent_id: UUID | None, day: date) -> bool:
    """Move a locked unit from a day on and keep where it stood before; False when it stands there already. A second
    move on one day replaces the first. The caller has checked the tree and records the act."""
    if unit.parent_id == parent_id:
        return False
    if not UnitMove.objects.filter(unit=unit, until=day).exists():
        UnitMove.objects.create(agency_id=unit.agency_id, unit=unit, parent_id=unit.parent_id, until=day)
    unit.parent_id = parent_id
    unit.save(update_fields=["parent"])
    return True


def _locked(unit_id: UUID) -> Unit:
    unit = Unit.objects.select_for_update().filter(id=unit_id).first()
    if unit is None:
        raise NotFound(
            _("Unit ini tidak ditemukan di instansi Anda."),
            next_step=_("Cari di susunan unit pada halaman Kepegawaian."),
        )
    return unit


def _unit(unit_id: UUID, agency_id: UUID) -> Unit:
    unit = Unit.objects.filter(id=unit_id, agency_id=agency_id).first()
    if unit is None:
        raise NotFound(
            _("Unit induk ini tidak ditemukan di instansi Anda."),
            field="parent",
            next_step=_("Pilih unit induk dari susunan unit."),
        )
    return unit


def _record(act: str, unit: Unit, by: Actor | None, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=unit.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"unit:{unit.id}",
        data={"code": unit.code, **data},
    )
