"""A small sound pack, and copies of it that a test may break."""

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOUND = HERE / "sound"
BROKEN = HERE / "broken"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the sound pack."""
    return Path(shutil.copytree(SOUND, tmp_path / "packs"))
