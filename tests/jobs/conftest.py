"""A registry of its own for each test, so that what a test registers does not stay."""

from collections.abc import Iterator

import pytest

from teladan.jobs import registry


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "receivers", dict(registry.receivers))
    monkeypatch.setattr(registry, "subscribers", {k: list(v) for k, v in registry.subscribers.items()})
    monkeypatch.setattr(registry, "rhythms", {})
    monkeypatch.setattr(registry, "after_batch", {})
    monkeypatch.setattr(registry, "_scope", registry._scope)
    yield
