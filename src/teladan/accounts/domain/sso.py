"""Coming in through an agency's own provider. It only ever opens an account that exists: none is made, and none is
taken over without its owner hearing of it."""

import logging
import time
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.accounts import oidc
from teladan.accounts.data import SsoCard
from teladan.accounts.domain.sign_in import sso_limits
from teladan.accounts.domain.throttle import count_attempt
from teladan.accounts.events import SsoLinked
from teladan.accounts.models import Account, SsoLink
from teladan.accounts.validators import normal_login
from teladan.jobs import api as jobs
from teladan.kernel.errors import Busy, Conflict, Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger

log = logging.getLogger(__name__)
ATTEMPT = "accounts.sso"  # in the session
VALID_FOR = 600  # seconds away at the provider


def sso_providers() -> list[SsoCard]:
    """The providers of this installation, as the sign-in page offers them."""
    return [SsoCard(agency=one.agency, label=one.label) for one in settings.SSO.values()]


def begin_sso(request: HttpRequest, *, agency: str, back: str, next_url: str, address: str) -> str:
    """Where to send the browser. `back` is our own whole address of return; `next_url` where the person wanted to go
    (the caller has made sure that it is ours). NotFound without a provider; Busy when it does not answer; TooMany."""
    provider = _provider(agency)
    count_attempt(sso_limits(address))
    attempt = oidc.begin()
    url = oidc.authorization_url(provider, _endpoints(provider), attempt, back=back)
    request.session[ATTEMPT] = {**attempt.as_data(), "agency": agency, "next": next_url, "at": time.time()}
    return url


def finish_sso(request: HttpRequest, *, agency: str, back: str) -> HttpResponse:
    """Let in whom the provider vouches for, to where they wanted to go. Refusals say what to do instead."""
    provider = _provider(agency)
    kept: dict[str, Any] = request.session.pop(ATTEMPT, {})
    if kept.get("agency") != agency or time.time() - kept["at"] > VALID_FOR:
        raise Invalid(
            _("Percobaan masuk ini sudah berakhir atau dibuka di peramban lain."),
            next_step=_("Mulai lagi dari halaman masuk."),
            next_url=settings.LOGIN_URL,
            next_label=_("Ke halaman masuk"),
        )
    if "error" in request.GET:
        raise Invalid(
            _("%(provider)s tidak mengizinkan Anda masuk, atau Anda membatalkannya.") % {"provider": provider.label},
            next_step=_("Coba lagi, atau masuk dengan kata sandi."),
            next_url=settings.LOGIN_URL,
            next_label=_("Ke halaman masuk"),
        )
    attempt = oidc.Attempt(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    identity = _identity(provider, attempt, request, back)
    account = _account_of(provider, identity)
    record_authentication(request, account, method="sso")
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=kept["next"] or None))
    return response


def _identity(provider: oidc.Provider, attempt: oidc.Attempt, request: HttpRequest, back: str) -> oidc.Identity:
    at, answer = _endpoints(provider), request.GET.dict()
    try:
        return oidc.finish(provider, at, attempt, answer, back=back, fetch=oidc.fetch_json)
    except oidc.Unreachable as fault:
        raise _silent(provider, fault) from None
    except oidc.Untrusted as fault:
        log.warning("an answer of %s was not believed: %s", provider.issuer, fault)
        raise Invalid(
            _("Jawaban dari %(provider)s tidak dapat dipastikan, sehingga Anda belum masuk.")
            % {"provider": provider.label},
            next_step=_(
                "Mulai lagi dari halaman masuk. Bila terulang, masuk dengan kata sandi dan beri tahu operator."
            ),
            next_url=settings.LOGIN_URL,
            next_label=_("Ke halaman masuk"),
        ) from None


def _endpoints(provider: oidc.Provider) -> oidc.Endpoints:
    try:
        return oidc.discover(provider, oidc.fetch_json)
    except (oidc.Unreachable, oidc.Untrusted) as fault:
        raise _silent(provider, fault) from None


def _silent(provider: oidc.Provider, fault: Exception) -> Busy:
    log.warning("the provider %s cannot be used: %s", provider.issuer, fault)
    return Busy(
        _("%(provider)s tidak menjawab sebagaimana mestinya.") % {"provider": provider.label},
        next_step=_("Tunggu sebentar, atau masuk dengan kata sandi."),
        next_url=settings.LOGIN_URL,
        next_label=_("Ke halaman masuk"),
    )


def _account_of(provider: oidc.Provider, identity: oidc.Identity) -> Account:
    with scopes_disabled(), transaction.atomic():
        known = SsoLink.objects.filter(
            issuer=provider.issuer, subject=identity.subject, agency__slug=provider.agency
        ).first()
        account = _matching(provider, identity, known)
        if account is None:
            raise NotFound(
                _("Tidak ada akun Teladan untuk identitas Anda di %(provider)s.") % {"provider": provider.label},
                next_step=_(
                    "Minta bagian kepegawaian memeriksa NIP atau e-mail Anda di daftar pegawai; akun tidak dibuat sendiri."
                ),
                next_url=settings.LOGIN_URL,
                next_label=_("Ke halaman masuk"),
            )
        if not account.is_active:
            raise NotAllowed(
                _("Akun Anda dinonaktifkan."), next_step=_("Hubungi bagian kepegawaian instansi Anda bila ini keliru.")
            )
        if known is None:
            _link(provider, identity, account)
    return account


def _matching(provider: oidc.Provider, identity: oidc.Identity, known: SsoLink | None) -> Account | None:
    """The account by its link, else by the verified claim; only within the provider's agency."""
    accounts = Account.objects.select_for_update().filter(agency__slug=provider.agency)
    if known is not None:
        return accounts.filter(id=known.account_id).first()
    value = normal_login(identity.value)
    if not value:
        return None
    field = "email" if provider.matches == "email" else "username"
    return accounts.filter(**{field: value}).first()


def _link(provider: oidc.Provider, identity: oidc.Identity, account: Account) -> None:
    if SsoLink.objects.filter(account=account, issuer=provider.issuer).exists():
        raise Conflict(
            _("Akun ini sudah terhubung dengan orang lain di %(provider)s.") % {"provider": provider.label},
            next_step=_("Datanglah ke operator instansi Anda; kaitan lama dilepas dengan “Atur ulang akses”."),
        )
    SsoLink.objects.create(
        agency_id=account.agency_id, account=account, issuer=provider.issuer, subject=identity.subject
    )
    ledger.record(
        act="accounts.sso_linked",
        agency_id=account.agency_id,
        actor_id=account.id,
        subject=f"account:{account.id}",
        data={"issuer": provider.issuer},
    )
    jobs.publish(SsoLinked(account_id=account.id, label=provider.label), agency_id=account.agency_id)


def _provider(agency: str) -> oidc.Provider:
    provider: oidc.Provider | None = settings.SSO.get(agency)
    if provider is None:
        raise NotFound(
            _("Instansi ini tidak memakai masuk lewat penyedia luar."),
            next_step=_("Masuk dengan NIP dan kata sandi."),
            next_url=settings.LOGIN_URL,
            next_label=_("Ke halaman masuk"),
        )
    return provider
