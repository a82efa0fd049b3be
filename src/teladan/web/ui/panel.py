"""Content that opens beside the page: a part for the side panel, a whole page for everybody else."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_panel(request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str) -> HttpResponse:
    """`template` (a part, without `extends`) in the panel when a script asks for it, else as a page titled `title`."""
    is_part = request.headers.get("HX-Request") == "true"
    values = {**context, "panel_template": template, "panel_title": title}
    response = render(request, "ui/panel_part.html" if is_part else "ui/panel_page.html", values)
    response["Vary"] = "HX-Request"  # the same address has two answers
    return response
