"""What the desk does when accounts announce something: the owner of an account hears of what was done to it."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.accounts import api as accounts
from teladan.accounts.events import ActivationIssued, SsoLinked
from teladan.desk.domain import notify
from teladan.jobs import api as jobs


@jobs.subscribe(ActivationIssued, name="desk.on_activation_issued")
def on_activation_issued(event: ActivationIssued, *, message_id: UUID, agency_id: UUID | None) -> None:
    """Tell the owner that somebody made a code for the account. Nobody is told of the very first one: it brings them in."""
    if agency_id is None or event.is_first:
        return
    maker = accounts.account_card(event.by_id) if event.by_id else None
    who = maker.name if maker else _("Pengelola server")
    if event.reason:
        text = _("%(who)s membuat kode untuk memasang kata sandi Anda. Semua perangkat Anda sudah keluar.")
    else:
        text = _(
            "%(who)s membuat kode untuk memasang kata sandi Anda. Kata sandi lama berlaku sampai kode itu dipakai."
        )
    warning = _("Bila Anda tidak memintanya, beri tahu operator instansi.")
    notify(
        agency_id=agency_id,
        account_id=event.account_id,
        source=f"accounts.activation:{message_id}",
        title=_("Kode baru dibuat untuk akun Anda"),
        text=f"{text % {'who': who}} {warning}",
        url="/akun/perangkat/",
    )


@jobs.subscribe(SsoLinked, name="desk.on_sso_linked")
def on_sso_linked(event: SsoLinked, *, message_id: UUID, agency_id: UUID | None) -> None:
    """Tell the owner that the account has another way in."""
    if agency_id is None:
        return
    text = _("Sejak sekarang akun Anda dapat dimasuki lewat %(provider)s. Bila itu bukan Anda, beri tahu operator.")
    notify(
        agency_id=agency_id,
        account_id=event.account_id,
        source=f"accounts.sso:{message_id}",
        title=_("Cara masuk baru untuk akun Anda"),
        text=text % {"provider": event.label},
        url="/akun/",
    )
