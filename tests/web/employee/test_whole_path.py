"""The whole way from the desk to the certificate, as somebody without JavaScript goes it: links and forms only."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import transaction
from django.test import Client

from teladan.instruments import api as instruments
from teladan.jobs import api as jobs
from teladan.learning import api as learning
from teladan.learning.models import Progress
from tests.learning import story
from tests.web.employee.conftest import Desk


class Forms(HTMLParser):
    """The forms of a page: action, hidden and chosen fields, and what its radios offer."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "form":
            action = str(found.get("action") or "").partition("#")[0]  # the fragment says where the answer is shown
            self.forms.append({"action": action, "id": found.get("id"), "fields": {}, "offers": {}})
        elif tag == "input" and self.forms and found.get("name"):
            name, value = str(found["name"]), found.get("value") or ""
            if found.get("type") == "radio":
                self.forms[-1]["offers"].setdefault(name, []).append(value)
            if found.get("type") != "radio" or "checked" in found:
                self.forms[-1]["fields"][name] = value


def form_of(response: Any, *, action: str = "", form_id: str = "") -> dict[str, Any]:
    """The form whose action ends with `action` or that has the id."""
    for form in Forms(response.content.decode()).forms:
        if form_id and form["id"] == form_id:
            return form
        if action and str(form["action"] or "").endswith(action):
            return form
    raise AssertionError(f"no form {action or form_id} on the page")


def text_of(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def take_test(desk: Desk, test: str, *, right: int) -> Any:
    """Begin, answer question after question by form, look over, hand in; the page after it."""
    client = desk.client
    response = client.post(f"{desk.home}tes/{test}/", follow=True)
    items = story.course().items
    while "/soal/" in response.request["PATH_INFO"]:
        form = form_of(response, action="/jawab/")
        number = int(form["fields"]["nomor"])
        sitting = instruments.sitting_for(response.context["sitting"].id, by=desk.actor)
        item = items[sitting.questions[number - 1].item_key]
        wrong = next(option.key for option in item.options if not option.correct)
        assert set(form["offers"]["pilihan"]) == {option.key for option in item.options}
        choice = item.correct_key if number <= right else wrong
        response = client.post(form["action"], {**form["fields"], "pilihan": choice}, follow=True)
    assert response.request["PATH_INFO"].endswith("/periksa/")
    assert "Semua soal sudah dijawab" in text_of(response)
    return client.post(form_of(response, form_id="selesai")["action"], follow=True)


def read_chapter(client: Client, url: str) -> Any:
    """Turn the pages from `url` on until the chapter is over; the page after it."""
    response = client.get(url)
    while "/materi/" in response.request["PATH_INFO"]:
        form = form_of(response, form_id="baca")
        response = client.post(form["action"], form["fields"], follow=True)
        assert response.status_code == 200
    return response


def test_whole_path_without_javascript_ends_with_the_certificate(siti: Desk, agency: Any) -> None:
    client = siti.client
    desk = client.get("/tugas/")
    assert "Satu hal menunggu Anda." in text_of(desk)
    assert "Kerjakan Tes Awal" in text_of(desk)
    closed = client.get(siti.home)
    assert "Materi terbuka setelah Tes Awal" in text_of(closed)
    after_pre = take_test(siti, "tes-awal", right=8)
    assert "40 dari 100" in text_of(after_pre)
    assert "bukan penilaian" in text_of(after_pre)
    chapters = [c for c in story.course().chapters if c.pages]
    for number, chapter in enumerate(chapters, 1):
        home = read_chapter(client, f"{siti.home}materi/{chapter.key}/{chapter.pages[0].slug}/")
        assert f"Materi {number} selesai: {chapter.title}." in text_of(home)
        assert "Halamannya berganti cepat sekali." in text_of(home)  # nobody reads as fast as a test
    failed = take_test(siti, "tes-akhir", right=9)
    assert "belum mencapai 70" in text_of(failed)
    assert "Kesempatan yang tersisa: 1" in text_of(failed)
    passed = take_test(siti, "tes-akhir", right=18)
    assert "Anda lulus Tes Akhir" in text_of(passed)
    assert "Bagaimana modul ini bagi Anda?" in text_of(client.get(f"{siti.home}umpan-balik/"))
    fields = {f.key: "4" if f.kind == "skala5" else "Lebih sabar." for f in story.course().feedback}
    done = client.post(f"{siti.home}umpan-balik/", fields, follow=True)
    assert "Sertifikat Anda terbit" in text_of(done)
    assert "0001/SERT-BERAKHLAK/" in text_of(done)
    assert "https://wa.me/?text=" in done.content.decode()
    pdf = client.get(f"{siti.home}sertifikat.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    hours = client.get("/jp/")
    assert f"{story.course().jp} JP pada" in text_of(hours)
    assert "Tidak ada yang menunggu Anda." in text_of(client.get("/tugas/"))
    jobs.run_pending()
    kept = Progress.objects.get(enrolment_id=siti.enrolment)
    with transaction.atomic():
        learning.rebuild(siti.enrolment)
    anew = Progress.objects.get(enrolment_id=siti.enrolment)
    assert (anew.state, anew.last_at) == (kept.state, kept.last_at)


def test_scene_without_javascript_to_its_end_and_again(reading: Desk) -> None:
    url = f"{reading.home}materi/berorientasi-pelayanan/adegan-bersalin/"
    response = reading.client.get(url)
    steps = 0
    while "Lanjutkan adegan" in text_of(response):
        form = form_of(response, action="/adegan/bersalin-pukul-dua/")
        data = {**form["fields"], "pilihan": form["offers"]["pilihan"][0]}
        sent = reading.client.post(form["action"], data)
        assert sent.status_code == 302
        assert sent["Location"] == f"{url}#adegan-bersalin-pukul-dua"
        response = reading.client.get(url)
        assert re.search("Yang terjadi|Akibat akhirnya", text_of(response))
        steps += 1
    said = text_of(response)
    assert steps >= 2
    assert said.index(f"Jalan Anda: {steps} langkah") < said.index("Akibat akhirnya") < said.index("Tanggapan rekan")
    assert response.content.decode().count('<details class="alasan-langkah">') == steps
    assert "dinilai penyusun, belum diuji ahli" in said
    again = form_of(response, action="/ulang/")
    for _ in range(2):
        response = reading.client.post(again["action"], again["fields"], follow=True)
    assert "Langkah 1" in text_of(response)
    assert "percobaan 1" in text_of(response)
    assert len(instruments.plays_visible_to(reading.actor, context=reading.enrolment)) == 2
