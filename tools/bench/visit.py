"""A first and a second visit in Chromium on a poor line: 400 kbit/s, 400 ms, CPU four times slower."""

import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools.bench.stage import Stage
from tools.bench.suites import RUNS, Line

CHROMIUM = Path("/usr/bin/chromium")
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
LOAD = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def first_visit(stage: Stage) -> list[Line]:
    """First paint and load of the sign-in page and of a module page, cold and warm."""
    if not CHROMIUM.exists():
        raise SystemExit("Chromium is not installed")
    person = stage.participants[0]
    module = f"/belajar/{person.enrolment}/materi/berorientasi-pelayanan/"
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        for name, path in (("sign-in page", "/masuk/"), ("module page", module)):
            cold, warm = [], []
            for _run in range(RUNS):
                context = browser.new_context(viewport={"width": 360, "height": 740})
                context.add_cookies(
                    [
                        {"name": "sessionid", "value": person.session, "url": stage.url},
                        {"name": "csrftoken", "value": person.csrf, "url": stage.url},
                    ]
                    if name == "module page"
                    else []
                )
                page = context.new_page()
                session = context.new_cdp_session(page)
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", LINE)
                session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
                address = stage.url + path
                if name == "module page":
                    address = stage.url + _a_page(page, stage.url + path)
                    page.close()
                    context.clear_cookies()
                    context.close()
                    context, page = _fresh(browser, stage, person)
                cold.append(_visit(page, address))
                warm.append(_visit(page, address))
                context.close()
            lines += _lines(name, "first", cold) + _lines(name, "second", warm)
        browser.close()
    return lines


def _fresh(browser: Any, stage: Stage, person: Any) -> tuple[Any, Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies(
        [
            {"name": "sessionid", "value": person.session, "url": stage.url},
            {"name": "csrftoken", "value": person.csrf, "url": stage.url},
        ]
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return context, page


def _a_page(page: Any, menu: str) -> str:
    page.goto(menu)
    links = page.eval_on_selector_all("a[href*='/materi/berorientasi-pelayanan/']", "all => all.map(a => a.pathname)")
    pages = [link for link in links if link.rstrip("/").split("/")[-1] != "berorientasi-pelayanan"]
    return str(pages[min(4, len(pages) - 1)])


def _visit(page: Any, address: str) -> tuple[float, float]:
    page.goto(address, wait_until="load")
    page.wait_for_timeout(200)
    return float(page.evaluate(PAINT)), float(page.evaluate(LOAD))


def _lines(name: str, which: str, visits: list[tuple[float, float]]) -> list[Line]:
    paint, load = [v[0] for v in visits], [v[1] for v in visits]
    return [
        Line(f"{name}, {which} visit, {what} (400 kbit/s, 400 ms, CPU ×4)", "–",
             f"{statistics.median(values) / 1000:.1f} s", f"{min(values) / 1000:.1f}–{max(values) / 1000:.1f}", None)
        for what, values in (("first paint", paint), ("load", load))
    ]  # fmt: skip
