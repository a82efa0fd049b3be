"""The house: contracts kept, writes only in verbs, no rule numbers in Python, docs in step with the code."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "teladan"
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete", "update", "record", "publish",
}  # fmt: skip


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (p for p in sorted((SOURCE / folder).rglob("*.py")) if "migrations" not in p.parts)


def test_import_contracts_hold_without_exceptions() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert "ignore_imports" not in text
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", list(modules("web")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_web_writes_nothing_itself(path: Path) -> None:
    """A view calls verbs; a manager's or model's writing method in the web means that a verb is missing."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            allowed = re.fullmatch(r"(form|.*_form|hashlib\..*|.*\bdict\b.*|context|values|data|query|params)", owner)
            if ".objects" in owner or (node.func.attr in {"save", "delete"} and not allowed):
                pytest.fail(f"{path.name}:{node.lineno} writes: {ast.unparse(node)[:80]}")


@pytest.mark.parametrize("path", list(modules("web")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_web_imports_engines_by_their_door_only(path: Path) -> None:
    rooms = "jobs|ledger|files|search|accounts|people|desk|letters|library|instruments|lrs|learning|rulebook|access"
    doors = "api|data|enums|events|forms|errors|directives"
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            match = re.match(rf"teladan\.({rooms})(?:\.(\w+))?", node.module)
            if match and match[2]:
                assert re.fullmatch(doors, match[2]), f"{path.name}:{node.lineno} goes round the door: {node.module}"


@pytest.mark.parametrize(
    "room",
    [
        "jobs",
        "ledger",
        "files",
        "search",
        "accounts",
        "people",
        "desk",
        "letters",
        "library",
        "instruments",
        "lrs",
        "learning",
    ],
)
def test_doors_have_words(room: str) -> None:
    """Every verb and read that an api exports says in a docstring what it is for."""
    module = __import__(f"teladan.{room}.api", fromlist=["__all__"])
    for name in module.__all__:
        thing = getattr(module, name)
        if inspect.isfunction(thing):
            assert (thing.__doc__ or "").strip(), f"{room}.api.{name} has no docstring"


def test_no_templates_with_inline_style_or_script() -> None:
    for path in (SOURCE / "web").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle\s*=", text), f"inline style in {path.name}"
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text), path.name
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), f"inline handler in {path.name}"


def test_nothing_third_party_is_requested() -> None:
    for path in [*(SOURCE / "web").rglob("*.html"), *(SOURCE / "web" / "static" / "app").rglob("*.css")]:
        assert not re.search(r"(?:src|href)=[\"']https?://|url\([\"']?https?://", path.read_text()), path.name
