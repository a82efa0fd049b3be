"""Static files, built once for each change: collected, named by their content, compressed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.utils.module_loading import import_string

STAMP = ".built-from"
_IGNORED = ["CVS", ".*", "*~"]


def build_if_changed(report: Callable[[str], object]) -> bool:
    """Build into `STATIC_ROOT` when the sources are not those it was built from; False when they are."""
    root = Path(str(settings.STATIC_ROOT))
    fingerprint = _fingerprint()
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    report("Menyiapkan berkas statis (sekali untuk setiap perubahan) ...")
    new, old = root.with_name(f"{root.name}.new"), root.with_name(f"{root.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    _build(new)
    (new / STAMP).write_text(fingerprint)
    root.parent.mkdir(parents=True, exist_ok=True)
    if root.exists():
        root.rename(old)
    new.rename(root)
    shutil.rmtree(old, ignore_errors=True)
    return True


def _build(folder: Path) -> None:
    storage = import_string(settings.STORAGES["staticfiles"]["BACKEND"])(location=str(folder))
    folder.mkdir(parents=True)
    found: dict[str, tuple[Any, str]] = {}
    for path, source in _sources():
        found[path] = (storage, path)
        with source.open(path) as content:
            storage.save(path, content)
    if hasattr(storage, "post_process"):
        for _name, _as, outcome in storage.post_process(found):
            if isinstance(outcome, Exception):
                raise outcome


def _fingerprint() -> str:
    """Over every source's path and content, and what builds them."""
    digest = hashlib.sha256(
        repr([settings.STORAGES["staticfiles"], settings.STATIC_URL, version("whitenoise")]).encode()
    )
    for path, source in sorted(_sources(), key=lambda pair: pair[0]):
        with source.open(path) as content:
            digest.update(f"\n{path}\n".encode())
            digest.update(hashlib.sha256(content.read()).digest())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Any]]:
    """Every static file once, the first finder's, as Django's own collection does it."""
    seen: set[str] = set()
    for finder in get_finders():
        for path, source in finder.list(_IGNORED):
            if path not in seen:
                seen.add(path)
                yield path, source
