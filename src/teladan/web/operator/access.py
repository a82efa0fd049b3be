"""Who opens which of these pages. The verbs behind them check again; here it is decided what a page offers."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from teladan.access.api import Actor, Role
from teladan.kernel.errors import NotAllowed
from teladan.web.base.requests import actor_of
from teladan.web.base.roles import role_name

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

LOOK = (Role.PERSONNEL, Role.OPERATOR, Role.AUDITOR)  # people and units
ROSTERS = (Role.PERSONNEL, Role.AUDITOR)
IMPORT = (Role.PERSONNEL,)
EDIT = (Role.PERSONNEL,)
CODES = (Role.PERSONNEL, Role.OPERATOR)
ACCOUNTS = (Role.OPERATOR, Role.AUDITOR)
MANAGE = (Role.OPERATOR,)
NIP = (Role.PERSONNEL,)


def may(actor: Actor, roles: tuple[Role, ...]) -> bool:
    """Does the actor hold one of the roles for the whole agency?"""
    return any(actor.has_whole(role) for role in roles)


def only(*roles: Role) -> Callable[[View[P]], View[P]]:
    """The page is for those who hold one of these roles for the whole agency; others read why not."""

    def wrap(view: View[P]) -> View[P]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(actor_of(request), roles):
                raise NotAllowed(
                    _("Halaman ini hanya untuk: %(roles)s.") % {"roles": ", ".join(role_name(r) for r in roles)},
                    next_step=_("Bila tugas Anda memerlukannya, minta operator instansi memberi Anda peran itu."),
                )
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]  # login_required loses the view's own arguments

    return wrap


def offers(actor: Actor) -> dict[str, bool]:
    """What the pages may show to this actor."""
    return {
        "may_import": may(actor, IMPORT),
        "may_edit": may(actor, EDIT),
        "may_see_rosters": may(actor, ROSTERS),
        "may_issue_codes": may(actor, CODES),
        "may_see_accounts": may(actor, ACCOUNTS),
        "may_manage": may(actor, MANAGE),
        "may_see_nip": may(actor, NIP),
    }
