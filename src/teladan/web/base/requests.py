"""Small questions that views ask of a request."""

from django.http import HttpRequest

from teladan.access.api import Actor
from teladan.kernel.errors import NotAllowed


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; for views behind `login_required`. NotAllowed when nobody is signed in after all."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotAllowed("Masuk dahulu untuk membuka halaman ini.")
    return actor


def is_partial(request: HttpRequest, target: str) -> bool:
    """Does htmx ask for the named part of the page only?"""
    wanted = request.headers.get("HX-Target", "")
    return request.headers.get("HX-Request") == "true" and wanted.rsplit("#", 1)[-1] == target
