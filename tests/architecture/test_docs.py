"""Docs cannot lag: settings, commands, links, decisions and changelog are compared with the code."""

import re
from pathlib import Path

import pytest

from teladan.config.command import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
INTERNAL = {
    "TELADAN_SUPERVISOR",
    "TELADAN_PREVIEW_FOLDER",
    "TELADAN_PYTHON",
    "TELADAN_KILLS",
}  # our own processes, developers


def test_every_setting_is_documented() -> None:
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        read |= set(re.findall(r"\"(TELADAN_[A-Z_]+)\"", path.read_text()))
    told = set(re.findall(r"`(TELADAN_[A-Z_]+)`", (DOCS / "guides" / "operating.md").read_text()))
    assert read - told - INTERNAL == set(), "settings that docs/guides/operating.md does not name"
    assert told - read == set(), "settings that the code does not read"


def test_every_command_named_in_the_docs_exists() -> None:
    for page in PAGES:
        for command in re.findall(r"(?:^|[`/ ])teladan ([a-z-]+)", page.read_text(), re.M):
            assert command in COMMANDS, f"{page.name} names `teladan {command}`"


def test_every_make_target_named_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        for target in re.findall(r"`make ([a-z-]+)`", page.read_text()):
            assert target in targets, f"{page.name} names `make {target}`"


@pytest.mark.parametrize("doc", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(doc: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(r"```.*?```|`[^`\n]*`", "", doc.read_text(), flags=re.S)):
        if "://" not in link and not link.startswith("hukum:") and link not in {"/", "..."}:
            assert (doc.parent / link).exists(), f"{doc.name} links to {link}"


def test_decisions_are_numbered_without_gaps_and_have_a_status() -> None:
    found = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [int(p.name[:4]) for p in found] == list(range(1, len(found) + 1))
    for path in found:
        assert re.search(r"^Status: ", path.read_text(), re.M), f"{path.name} has no status"


def test_code_refers_to_decisions_that_exist() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        for name in re.findall(r"docs/adr/([0-9]{4}-[a-z-]+\.md)", path.read_text()):
            assert (DOCS / "adr" / name).exists(), f"{path.name} names {name}"


def test_architecture_names_every_room() -> None:
    text = (DOCS / "architecture.md").read_text()
    rooms = [p.name for p in (ROOT / "src" / "teladan").iterdir() if (p / "__init__.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in text] == []


def test_nothing_speaks_of_the_workshop() -> None:
    """The project speaks only of itself; no address of a registry and no path of a machine is committed."""
    forbidden = re.compile(r"/work/|/root/|\bissue #?\d|--extra-index-url|--index-url", re.I)
    for folder in ("src", "docs", "packs", "tools", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".yaml", ".html", ".css", ".js", ".toml", ".sh", ""} and path.is_file():
                assert not forbidden.search(path.read_text(errors="ignore")), path.relative_to(ROOT)
