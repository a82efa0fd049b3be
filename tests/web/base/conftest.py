"""The base pages alone: their own addresses, no doors of the audiences."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from teladan.web.base import doors


@pytest.fixture(autouse=True)
def alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.web.base.urls"
    settings.CSRF_FAILURE_VIEW = "teladan.web.base.errors.csrf_failure"
    monkeypatch.setattr(doors, "_doors", {})


@pytest.fixture
def visitor() -> Client:
    """Nobody signed in; faults become responses, as in production."""
    return Client(raise_request_exception=False)
