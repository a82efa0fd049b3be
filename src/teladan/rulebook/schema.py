"""JSON Schemas of the pack files, made from the models: `python -m teladan.rulebook.schema` writes packs/schema/."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from teladan.rulebook.api import default_packs
from teladan.rulebook.models.addition import AdditionFront
from teladan.rulebook.models.course import ChapterFront, CourseFile, ItemsFile, PageFront, SceneFile
from teladan.rulebook.models.library import (
    CalendarFile,
    GlossaryFile,
    OutlineFile,
    ParametersFile,
    RegulationsFile,
    ValuesFile,
)

MODELS: Mapping[str, type[BaseModel]] = {
    "addition": AdditionFront,
    "calendar": CalendarFile,
    "chapter": ChapterFront,
    "course": CourseFile,
    "glossary": GlossaryFile,
    "items": ItemsFile,
    "outline": OutlineFile,
    "page": PageFront,
    "parameters": ParametersFile,
    "regulations": RegulationsFile,
    "scene": SceneFile,
    "values": ValuesFile,
}


def schemas() -> dict[str, str]:
    """File name -> JSON text of every schema."""
    return {f"{name}.json": _text(name, model) for name, model in MODELS.items()}


def write(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(name: str, model: type[BaseModel]) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"teladan:packs/{name}",
        **model.model_json_schema(by_alias=True),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else default_packs() / "schema")
