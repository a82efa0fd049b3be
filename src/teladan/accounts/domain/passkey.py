"""Passkeys are added, named and removed by their owner. allauth keeps them; the receivers record what comes and goes."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts.models import Account
from teladan.accounts.queries.ways import ways_of
from teladan.accounts.validators import clean_name
from teladan.kernel.errors import Conflict, Invalid, NotFound

MOST = 10
LONGEST_NAME = 60


def add_passkey(*, name: str, credential: Mapping[str, Any], by: Actor) -> int:
    """Keep a passkey whose making was verified; its id. Invalid beyond ten."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=by.account_id)
        if _mine(by).count() >= MOST:
            raise Invalid(
                _("Satu akun paling banyak mempunyai %(most)d kunci sandi.") % {"most": MOST},
                next_step=_("Lepas dahulu kunci yang tidak dipakai lagi."),
            )
        data = {"name": clean_name(name, longest=LONGEST_NAME), "credential": dict(credential)}
        kept = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=data)
    return int(kept.pk)


def rename_passkey(*, passkey_id: int, name: str, by: Actor) -> None:
    """Another name. It decides nothing, so the ledger does not record it."""
    with transaction.atomic():
        passkey = _found(passkey_id, by)
        passkey.data["name"] = clean_name(name, longest=LONGEST_NAME)
        passkey.save(update_fields=["data"])


def remove_passkey(*, passkey_id: int, by: Actor) -> None:
    """Forget a passkey. Conflict when it is the last way into the account."""
    with transaction.atomic():
        Account.objects.select_for_update().get(id=by.account_id)  # two removals at once must not leave none
        passkey = _found(passkey_id, by)
        if ways_of(by.account_id).count <= 1:
            raise Conflict(
                _("Ini satu-satunya cara Anda masuk, sehingga tidak dapat dilepas."),
                next_step=_(
                    "Tambah kunci sandi lain, atau minta kode aktivasi untuk memasang kata sandi, lebih dahulu."
                ),
            )
        passkey.delete()


def _found(passkey_id: int, by: Actor) -> Authenticator:
    passkey = _mine(by).select_for_update().filter(pk=passkey_id).first()
    if passkey is None:
        raise NotFound(
            _("Kunci sandi ini tidak ada pada akun Anda."), next_step=_("Lihat daftarnya di halaman akun Anda.")
        )
    return passkey


def _mine(by: Actor) -> Any:
    return Authenticator.objects.filter(user_id=by.account_id, type=Authenticator.Type.WEBAUTHN)
