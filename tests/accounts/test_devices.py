"""Browsers by what real ones say of themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.accounts.devices import Device, device_of

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("says", "browser", "system"),
    [
        (CHROME, "Chrome", "Android"),
        (CHROME.replace("Chrome/", "SamsungBrowser/26.0 Chrome/"), "Samsung Internet", "Android"),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.6 Mobile/15E148 Safari/604.1"), "Safari", "iPhone"),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "CriOS/129.0.6668.69 Mobile/15E148 Safari/604.1"), "Chrome", "iPhone"),
        (("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 "
         "Safari/537.36 Edg/129.0.0.0"), "Edge", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "Linux"),
        (("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
         "Safari/605.1.15"), "Safari", "Mac"),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_device_is_what_people_call_it(says: str, browser: str, system: str) -> None:
    assert device_of(says) == Device(browser, system)


@given(st.text())
def test_device_never_repeats_what_the_browser_said(says: str) -> None:
    words = {"", "Chrome", "Safari", "Firefox", "Edge", "Opera", "Samsung Internet", "Mi Browser", "UC Browser"}
    assert device_of(says).browser in words
