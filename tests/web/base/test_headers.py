"""Headers of every response."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from teladan.web.base.middleware import SecurityHeaders


@pytest.mark.parametrize("address", ["/galeri/", "/tidak-ada/", "/gagal/bug/", "/gagal/suspicious/"])
def test_every_page_forbids_everything_that_is_not_ours(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert (
        policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    )
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff" and response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_view_may_be_stricter(rf: object) -> None:
    from django.http import HttpRequest, HttpResponse

    middleware = SecurityHeaders(lambda _r: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))
    assert middleware(HttpRequest()).headers["Content-Security-Policy"] == "sandbox"


def test_encrypted_line_is_demanded_when_it_is_there(settings: Settings) -> None:
    from django.http import HttpRequest, HttpResponse

    settings.SECURE_HSTS_SECONDS = 60
    assert (
        "max-age=60" in SecurityHeaders(lambda _r: HttpResponse())(HttpRequest()).headers["Strict-Transport-Security"]
    )
