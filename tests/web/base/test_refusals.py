"""Refusals and faults become pages that say what is wrong, why, and what to do next."""

import logging
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from teladan.kernel.errors import Invalid, TeladanError
from teladan.web.base import refusals
from tests.web.base.urls import FAULTS

STATUS = {"invalid": 422, "not-allowed": 403, "not-found": 404, "conflict": 409, "not-yet": 409, "too-many": 429, "busy": 503,
          "locked": 503, "full": 503, "disk": 503, "suspicious": 400, "denied": 403,
          "no-connection": 503, "lock": 503, "deadlock": 503, "same-moment": 409, "no-parent": 500, "column": 500,
          "bug": 500, "table": 500}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(STATUS))
def test_fault_becomes_a_page_with_its_status_and_a_sentence(visitor: Client, kind: str) -> None:
    response = visitor.get(f"/gagal/{kind}/")
    html = response.content.decode()
    assert response.status_code == STATUS[kind]
    assert '<main id="isi"' in html and 'role="alert"' in html and "Traceback" not in html
    fault = FAULTS[kind]
    if isinstance(fault, TeladanError):
        assert fault.message in html and fault.next_step in html


@pytest.mark.parametrize("kind", sorted(STATUS))
def test_fault_becomes_data_for_a_script(visitor: Client, kind: str) -> None:
    response = visitor.get(f"/gagal/{kind}/", headers={"accept": "application/json"})
    data = response.json()
    assert response.status_code == data["status"] == STATUS[kind]
    assert data["message"]
    if kind == "invalid":
        assert data["field"] == "nip" and data["next_step"] == "Salin dari kartu pegawai."


def test_fault_becomes_a_part_of_the_page_for_htmx(visitor: Client) -> None:
    html = visitor.get("/gagal/conflict/", headers={"hx-request": "true"}).content.decode()
    assert "Tes sudah selesai." in html and "<html" not in html


def test_what_is_not_open_yet_says_so_and_leads_to_what_comes_first(visitor: Client) -> None:
    html = visitor.get("/gagal/not-yet/").content.decode()
    assert "<title>Belum terbuka" in html and re.search(r"<h1>\s*Belum terbuka\s*</h1>", html)
    assert 'href="/tes/"' in html and "Buka tes" in html
    part = visitor.get("/gagal/not-yet/", headers={"hx-request": "true"}).content.decode()
    assert 'href="/tes/"' in part
    assert visitor.get("/gagal/not-yet/", headers={"accept": "application/json"}).json()["next_url"] == "/tes/"


def test_part_refused_to_a_script_hands_back_what_was_typed(visitor: Client) -> None:
    note = {"text": "Saya menolak amplop itu."}
    part = visitor.post("/gagal/busy/", note, headers={"hx-request": "true", "sec-fetch-site": "same-origin"})
    html = part.content.decode()
    assert "menolak amplop itu." in html and 'action="/gagal/busy/"' in html and "<html" not in html
    choice = visitor.post("/gagal/busy/", {"pilihan": "b"}, headers={"hx-request": "true"}).content.decode()
    assert "Yang Anda tulis" not in choice


class TestSignedOut:
    """Something sent from a page of ours after the session ended."""

    NOTE = {"catatan": "Ibu itu datang empat kali.", "kunci": "0192"}
    PAGE = "http://testserver/belajar/1/materi/?ulang=x"
    BACK = "/masuk/?next=/belajar/1/materi/%3Fulang%3Dx"

    def test_form_says_so_keeps_the_words_and_leads_back_to_its_page(self, visitor: Client) -> None:
        response = visitor.post("/milik/", self.NOTE, headers={"referer": self.PAGE})
        html = response.content.decode()
        assert response.status_code == 401
        assert "Anda sudah keluar. Masuk lagi, lalu kirim ulang." in html
        assert f'href="{self.BACK}"' in html and "datang empat kali." in html

    def test_form_with_a_stale_token_says_the_same(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        response = strict.post("/milik/", self.NOTE, headers={"referer": self.PAGE})
        assert response.status_code == 401 and f'href="{self.BACK}"' in response.content.decode()

    def test_script_gets_a_part_or_data(self, visitor: Client) -> None:
        asked = {"hx-request": "true", "hx-current-url": self.PAGE}
        part = visitor.post("/milik/", self.NOTE, headers=asked).content.decode()
        assert f'href="{self.BACK}"' in part and "<html" not in part and "datang empat kali." in part
        polled = visitor.get("/milik/", headers=asked)
        assert polled.status_code == 401 and "Masuk lagi untuk melanjutkan" in polled.content.decode()
        data = visitor.post("/milik/", self.NOTE, headers={"accept": "application/json"})
        assert data.status_code == 401 and "Masuk lagi" in data.json()["message"]

    def test_page_of_somebody_else_is_not_led_back_to(self, visitor: Client) -> None:
        response = visitor.post("/milik/", self.NOTE, headers={"referer": "https://jahat.example/x"})
        assert 'href="/masuk/?next=/milik/"' in response.content.decode()

    def test_page_asked_for_is_still_sent_to_sign_in(self, visitor: Client) -> None:
        assert visitor.get("/milik/")["Location"] == "/masuk/?next=/milik/"


def test_unknown_fault_shows_the_number_it_was_logged_under_and_nothing_else(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="teladan.web"):
        html = visitor.get("/gagal/bug/").content.decode()
    (code,) = re.findall(r"incident (\w{8})", caplog.text)
    assert code in html and "kata sandi" not in html


def test_error_page_that_fails_itself_still_gives_the_number(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "respond", lambda *_a, **_k: 1 / 0)
    response = visitor.get("/gagal/bug/")
    assert response.status_code == 500 and re.search(r"Nomor kejadian: \w{8}", response.content.decode())


def test_busy_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/gagal/locked/")["Retry-After"] == "5"
    assert int(visitor.get("/gagal/too-many/")["Retry-After"]) >= 1


def test_unknown_address_is_a_friendly_page(visitor: Client) -> None:
    response = visitor.get("/tidak/ada/")
    assert response.status_code == 404 and "Halaman ini tidak ada" in response.content.decode()


def test_upload_above_the_limit_is_turned_away_with_the_limit(visitor: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_048_576
    response = visitor.post("/terima/", {"a": "x" * 1_200_000})
    assert response.status_code == 413 and "1 MB" in response.content.decode()


def test_form_data_above_the_limit_is_turned_away(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert (
        visitor.post("/terima/", "a=" + "x" * 2000, content_type="application/x-www-form-urlencoded").status_code == 413
    )


def test_what_was_typed_comes_back_after_a_refusal(visitor: Client) -> None:
    note = "Saya menolak amplop itu & mencatatnya."
    html = visitor.post("/gagal/conflict/", {"catatan": note, "kunci": "abc"}).content.decode()
    assert "Yang Anda tulis tadi masih ada" in html and "menolak amplop itu &amp; mencatatnya." in html


class TestExpiredForm:
    """A post without a valid CSRF token."""

    FORM = {"alasan": "Karena anak saya sakit.", "kunci": "0192", "pilihan": "b", "csrfmiddlewaretoken": "lama"}

    def post(self, data: dict[str, str], **headers: str) -> tuple[int, str]:
        response = Client(enforce_csrf_checks=True).post("/terima/", data, headers=headers)
        return response.status_code, response.content.decode()

    def test_from_our_own_page_can_be_sent_again(self) -> None:
        status, html = self.post(self.FORM, **{"sec-fetch-site": "same-origin"})
        assert status == 403 and "Karena anak saya sakit." in html
        assert (
            'action="/terima/"' in html
            and 'name="pilihan" value="b"' in html
            and "lama" not in re.findall(r'value="([^"]*)"', html)
        )

    def test_from_elsewhere_can_only_be_copied(self) -> None:
        _status, html = self.post(self.FORM, origin="https://jahat.example")
        assert "Karena anak saya sakit." in html and "readonly" in html and 'action="/terima/"' not in html

    def test_of_a_sign_in_shows_nothing(self) -> None:
        _status, html = self.post({"login": "siti", "password": "rahasia sekali"}, **{"sec-fetch-site": "same-origin"})
        assert "rahasia sekali" not in html and "Yang Anda tulis" not in html


def test_engine_refusal_keeps_its_field_and_basis() -> None:
    refusal = refusals.of_exception(Invalid("x", field="nip", basis="uu-2014-5#1"))
    assert refusal is not None and refusal.as_data()["field"] == "nip" and refusal.basis == "uu-2014-5#1"
    assert refusals.of_exception(ValueError("x")) is None
