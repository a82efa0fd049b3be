"""Docs cannot lag: settings, commands, links, decisions and changelog are compared with the code."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
INTERNAL = {  # between our own processes, or for developers
    "TELADAN_SUPERVISOR",
    "TELADAN_PREVIEW_FOLDER",
    "TELADAN_PYTHON",
    "TELADAN_KILLS",
}
