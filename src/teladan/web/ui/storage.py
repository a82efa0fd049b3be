"""Static files for production: content hashes in the names (also of ES modules imported by our scripts), compressed."""

from collections.abc import Callable
from re import Match
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "app/"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Manifest storage that follows `import` and `import()` in our own modules. Vendored scripts are hashed but not
    rewritten: they import nothing, and comments in some of them look like imports of files that do not exist."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file. It cannot change while a process runs, so each is worked out once."""
        found = self._addresses.get(name)
        if found is None or force:
            found = self._addresses[name] = str(super().url(name, force))
        return found

    def url_converter(
        self, name: str, hashed_files: dict[str, Any], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        if name.endswith((".js", ".mjs")) and not name.startswith(OURS):
            return lambda match: match.group(0)
        converter: Callable[[Match[str]], str] = super().url_converter(name, hashed_files, template)
        return converter
