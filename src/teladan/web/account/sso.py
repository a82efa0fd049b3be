"""Coming in through an agency's own provider."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from teladan.accounts import api as accounts


def _back(agency_slug: str) -> str:
    """The address that is registered with the provider."""
    return f"{settings.BASE_URL}{reverse('account:sso_back', args=[agency_slug])}"


@never_cache
@require_GET
def begin(request: HttpRequest, agency_slug: str) -> HttpResponse:
    """Off to the provider. A link, not a form: our policy lets forms be sent to ourselves only."""
    wish = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    url = accounts.begin_sso(
        request,
        agency=agency_slug,
        back=_back(agency_slug),
        next_url=wish if is_ours else "",
        address=get_adapter(request).get_client_ip(request),
    )
    return redirect(url)


@never_cache
@require_GET
def back(request: HttpRequest, agency_slug: str) -> HttpResponse:
    """Back with what the provider says."""
    return accounts.finish_sso(request, agency=agency_slug, back=_back(agency_slug))
