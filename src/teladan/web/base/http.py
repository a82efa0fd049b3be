"""The request as our pages get it; annotate views with it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from teladan.access.api import Actor
from teladan.accounts.api import AgencyCard


class Request(HttpRequest):
    """A request with who acts (None: nobody is signed in), for which agency, and htmx's details."""

    actor: Actor | None
    agency: AgencyCard | None
    htmx: HtmxDetails


def wants_json(request: HttpRequest) -> bool:
    """Does the caller ask for data rather than for a page?"""
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def wants_partial(request: HttpRequest) -> bool:
    """Does a script ask for a part of a page (htmx, or our side panel)?"""
    return request.headers.get("HX-Request") == "true"
