"""Debian's Chromium against a live server. Tests are skipped where it is not installed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings

from tests.learning import story

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 8_000  # milliseconds; the machine may be busy
NIP, PASSWORD = "199001012022032001", "kopi-pagi-di-loket"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in the thread of the test


@dataclass(frozen=True)
class Participant:
    """Somebody in a running class: their account, who they are to the verbs, and where they study."""

    account: Any
    actor: Any
    enrolment: UUID
    cohort: UUID

    @property
    def home(self) -> str:
        return f"/belajar/{self.enrolment}/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": quiet}


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page("/galeri/", width=360, look="dark")`: a page in a fresh context. Any console error or policy violation
    fails the test at its end; `expect_errors=True` allows them (a line that is cut writes into the console)."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(path: str, *, width: int = 360, height: int = 740, look: Any = "light", **options: Any) -> Page:
        expected = options.pop("expect_errors", False)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=look,
            locale="id-ID",
            reduced_motion="reduce",
            base_url=live_server.url,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if not expected:
            page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what the judge finds, one line each; [] is a pass."""
    source = AXE.read_text(encoding="utf-8")

    def judge(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [f"{v['id']} ({v['impact']}): {[n['target'] for n in v['nodes']]}" for v in found["violations"]]

    return judge


@pytest.fixture
def signed_in() -> Callable[[Any], dict[str, Any]]:
    """`open_page("/tugas/", **signed_in(account))`: a page in which this account is signed in already. A test client is
    taken as well, with the session it has."""

    def state_of(who: Any) -> dict[str, Any]:
        client = who if isinstance(who, Client) else Client()
        if client is not who:
            client.force_login(who, backend="teladan.accounts.backend.Backend")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}
        kept = {**cookie, "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        return {"storage_state": {"cookies": [kept], "origins": []}}

    return state_of


@pytest.fixture
def organiser(make_actor: Callable[..., Any], agency: Any) -> Any:
    from teladan.access.api import Role

    return make_actor(Role.ORGANISER, agency=agency, name="Ratna Kusuma")


@pytest.fixture
def siti(make_account: Callable[..., Any], make_person: Callable[..., Any], agency: Any, organiser: Any) -> Participant:
    """Siti, a midwife with a password, in a running class that she has not begun."""
    from teladan.accounts.api import actor_for

    account = make_account("Siti Rahmawati", agency=agency, username=NIP, password=PASSWORD)
    make_person("Siti Rahmawati", agency=agency, nip=NIP, account=account, unit="pkm")
    actor = actor_for(account)
    cohort = story.open_class(organiser, [actor])
    return Participant(account, actor, story.enrolment_of(actor), cohort)


@pytest.fixture
def base_pages(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the base routes and no doors: the gallery stands alone."""
    from teladan.web.base import doors

    settings.ROOT_URLCONF = "tests.web.base.urls"
    monkeypatch.setattr(doors, "_doors", {})
