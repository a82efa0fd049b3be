"""What anybody may find, indexed."""

import pytest


@pytest.fixture
def indexed(db: None) -> None:
    """Regulations, terms and lessons can be found."""
    from teladan.search import api as search

    for name in ("library.law", "library.term", "learning.lesson"):
        search.rebuild_source(name, None)
