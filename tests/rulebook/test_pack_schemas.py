"""The JSON Schemas beside the packs: current, and agreed with by a validator that is not ours."""

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from teladan.rulebook.api import default_packs
from teladan.rulebook.schema import schemas, write

FILES = {
    "regulations": "regulations.yaml",
    "outline": "outlines/*.yaml",
    "glossary": "glossary.yaml",
    "values": "values.yaml",
    "calendar": "calendars/*.yaml",
    "parameters": "parameters/**/*.yaml",
    "course": "courses/*/course.yaml",
    "items": "courses/*/items/*.yaml",
    "scene": "courses/*/scenes/*.yaml",
    "chapter": "courses/*/chapters/*/index.md",
    "page": "courses/*/chapters/*/[0-9]*.md",
}


def as_json(value: Any) -> Any:
    """YAML content as an editor's validator sees it: dates are strings."""
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def content(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return as_json(yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, Loader=yaml.CSafeLoader))


def test_schemas_in_packs_are_current() -> None:
    folder = default_packs() / "schema"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert kept == schemas(), "write them anew: python -m teladan.rulebook.schema"


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    write(tmp_path / "schema")
    assert {path.name for path in (tmp_path / "schema").iterdir()} == set(schemas())


@pytest.mark.parametrize("name", sorted(FILES))
def test_shipped_files_satisfy_their_schema(name: str) -> None:
    schema = json.loads(schemas()[f"{name}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    paths = sorted((default_packs() / "id").glob(FILES[name]))
    assert paths
    for path in paths:
        assert [error.message for error in judge.iter_errors(content(path))] == [], path.name
