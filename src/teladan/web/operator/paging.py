"""Pages of lists that a door hands out in parts."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import Page as PagerPage
from django.core.paginator import Paginator
from django.http import HttpRequest

from teladan.accounts.api import Page

T = TypeVar("T")
SIZE = 50


def window(
    request: HttpRequest, fetch: Callable[[int, int], Page[T]], *, size: int = SIZE
) -> tuple[tuple[T, ...], PagerPage[Any]]:
    """The part that `?hal=` asks for and a pager for it. `fetch(limit, offset)` is asked once; a second time only when
    the number lies beyond the end, which shows the last page."""
    typed = request.GET.get("hal", "")
    wanted = max(1, int(typed)) if typed.isdecimal() and len(typed) < 8 else 1
    found = fetch(size, (wanted - 1) * size)
    page = Paginator(range(found.total), size).get_page(wanted)
    if page.number != wanted:
        found = fetch(size, (page.number - 1) * size)
    return found.items, page
