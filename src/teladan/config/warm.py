"""What a server process reads once before it answers: packs, routes, translations and templates. Without this the first
visitor of every process would wait for it (1.5 s)."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from teladan.rulebook.api import rulebook


def warm() -> None:
    """Fill the caches of this process. Only reads; a fault in a pack or a template ends the process at its start."""
    rulebook()
    get_resolver().url_patterns  # noqa: B018  (reading it loads the views)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Simpan")
    root: Path = settings.SOURCE / "web" / "templates"
    for path in sorted(root.rglob("*.html")):
        get_template(path.relative_to(root).as_posix())
