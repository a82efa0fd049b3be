"""Agencies begin."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.accounts.validators import clean_name, clean_slug, clean_zone
from teladan.kernel.errors import Conflict, NotAllowed
from teladan.ledger import api as ledger


def create_agency(
    *,
    name: str,
    slug: str,
    zone: str,
    by: Actor | None,
    short_name: str = "",
    letter_name: str = "",
    is_demo: bool = False,
) -> UUID:
    """A new agency; its id. `zone` is an IANA name of an Indonesian zone. Only the installation itself (`by=None`, the
    command line) makes agencies. Conflict when the slug is taken."""
    if by is not None:
        raise NotAllowed(
            _("Instansi baru tidak dapat dibuat dari sebuah akun."),
            next_step=_("Minta pengelola server menjalankannya dari baris perintah."),
        )
    with transaction.atomic():
        if Agency.objects.filter(slug=clean_slug(slug)).exists():
            raise Conflict(_("Sudah ada instansi dengan nama pendek ini."), field="slug")
        agency = Agency.objects.create(
            name=clean_name(name),
            short_name=clean_name(short_name or name[:50], field="short_name", longest=50),
            letter_name=letter_name.strip(),
            slug=clean_slug(slug),
            zone=clean_zone(zone),
            is_demo=is_demo,
        )
        ledger.record(
            act="accounts.agency_created",
            agency_id=agency.id,
            actor_id=None,
            subject=f"agency:{agency.id}",
            data={"slug": agency.slug, "zone": agency.zone, "is_demo": agency.is_demo},
        )
    return agency.id
