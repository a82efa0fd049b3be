"""Static files as production serves them."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings


@pytest.mark.slow
def test_built_files_are_hashed_compressed_and_point_at_each_other(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "teladan.web.ui.storage.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    css, script = (tmp_path / names[name] for name in ("app/css/teladan.css", "app/js/app.js"))
    assert Path(names["app/font/teladan.woff2"]).name in css.read_text()
    imported = re.findall(r'import\s*(?:\(|[^"]*from )\s*"(\./[^"]+)"', script.read_text())
    assert len(set(imported)) == 7
    for name in imported:
        assert (script.parent / name).exists() and re.search(r"\.[0-9a-f]{12}\.js$", name)
    assert css.with_name(css.name + ".br").exists() and css.with_name(css.name + ".gz").exists()
