"""Every page before the judge: small and light, large and dark; and nothing wider than the smallest screen.

`PAGES` names each address and who opens it; an address that is in neither list fails `test_every_address_is_judged`.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from playwright.sync_api import Page

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.library import api as library
from teladan.rulebook.api import show_draft
from teladan.rulebook.authoring import new_course
from tests.accounts.authenticator import kept_credential
from tests.browser.conftest import NIP, PASSWORD, Participant
from tests.learning import story
from tests.web.account.test_profile import switch_on
from tests.web.test_routes import address, routes
from tests.web.world import clip_in, notice_for, open_sitting, staged_roster

Open = Callable[..., Page]
State = Callable[[Any], dict[str, Any]]
Judge = Callable[[Page], list[str]]

PAGES = {
    "anybody": [
        "public:home", "public:laws", "public:law", "public:glossary", "public:verify", "public:verified",
        "public:search", "public:courses", "public:course", "public:scene", "public:chapter", "public:page", "public:sheet",
        "account_login", "account:activate", "account_inactive",
    ],
    "tested": ["employee:tasks", "employee:module", "employee:chapter", "employee:test", "employee:question",
               "employee:review", "employee:sitting"],
    "reader": ["employee:tasks", "employee:classes", "employee:module", "employee:chapter", "employee:page",
               "employee:sheet", "employee:result", "employee:credits", "account:profile"],
    "classmate": ["classroom:member:discussions", "classroom:member:page_discussion", "classroom:member:entry",
                  "classroom:member:clips", "classroom:member:room"],
    "player": ["classroom:member:scene_discussion"],
    "leader": ["classroom:leader:discussions", "classroom:leader:page_discussion", "classroom:leader:scene_discussion",
               "classroom:leader:entry", "classroom:leader:clips", "classroom:leader:room", "classroom:leader:wall"],
    "passed": ["employee:tasks", "employee:module", "employee:feedback", "employee:result"],
    "done": ["employee:tasks", "employee:classes", "employee:module", "employee:test", "employee:result",
             "employee:credits"],
    "staff": [
        "employee:tasks", "employee:classes", "employee:credits", "account:profile",
        "trainer:cohorts", "trainer:new_cohort", "trainer:live", "trainer:results", "trainer:remind",
        "trainer:items", "trainer:version_items",
        "trainer:arrange", "trainer:add", "trainer:cancel", "trainer:participant", "operator:overview", "operator:people",
        "operator:person", "operator:rosters", "operator:roster", "operator:codes", "operator:code",
        "operator:accounts", "operator:new_account", "operator:account",
        "operator:record", "operator:person_edit", "operator:person_new", "trainer:rules",
        "public:search", "public:law", "public:texts", "public:text",
    ],
    "guarded": ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp",
                "account_reauthenticate", "mfa_reauthenticate", "account_change_password", "account:devices",
                "account:passkeys", "account:passkey", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"],
    "half": ["mfa_authenticate"],
    "unguarded": ["account:passkeys", "account_change_password", "account_reauthenticate", "mfa_activate_totp"],
}  # fmt: skip
NOT_PAGES = {  # posts only, downloads, what machines read; the gallery has its own tests
    "base:gallery", "base:gallery-panel", "base:gallery-focus",
    "public:picture", "public:text_file", "public:text_remove",
    "base:language", "base:theme", "base:health", "account:demo", "account:sign_out_everywhere",
    "employee:read_notices", "employee:read_notice", "employee:check", "employee:scene", "employee:scene_again",
    "employee:writing", "employee:answer", "employee:finish", "employee:certificate", "employee:credits_export",
    "trainer:export", "trainer:extend", "operator:people_export", "operator:roster_template", "operator:roster_check",
    "operator:roster_apply", "operator:roster_discard", "operator:roster_faults",
    "account:sso", "account:sso_back", "account:passkey_remove", "account:end_session", "account:end_others",
    "mfa_login_webauthn",
    "operator:account_close", "operator:account_reopen", "operator:account_sign_out", "operator:account_release",
    "operator:person_post", "operator:post_withdraw", "operator:revoke",
    "operator:post_end", "operator:person_leave",
    "trainer:capacity", "trainer:line", "trainer:end_rule", "trainer:move",
    "public:media", "classroom:member:clip", "classroom:member:captions", "classroom:leader:clip",
    "classroom:leader:captions",
    "classroom:member:room_state", "classroom:leader:room_state",
    "trainer:allow", "trainer:facilitator", "trainer:dismiss", "trainer:take_out",
}  # fmt: skip
TALL = 9_000  # whole pages: a bar that stays in reach covers what is scrolled beneath it, which is no fault of that
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"


def test_every_address_is_judged() -> None:
    listed = {name for names in PAGES.values() for name in names} | NOT_PAGES
    assert {route.name for route in routes()} - listed == set()


@pytest.fixture
def judged(open_page: Open, axe: Judge) -> Callable[[Iterable[str], dict[str, Any]], dict[str, list[str]]]:
    """`judged(paths, state)`: what is wrong with these pages, by path and size; {} is a pass."""

    def judge(paths: Iterable[str], state: dict[str, Any]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        page = open_page("/verifikasi/", **state)
        for path in paths:
            page.set_viewport_size({"width": 360, "height": TALL})
            page.emulate_media(color_scheme="light")
            answer = page.goto(path)
            assert answer, path
            found[f"{path} status"] = [str(answer.status)] if answer.status >= 400 else []
            page.evaluate(OPEN_ALL)
            found[f"{path} 360"] = axe(page)
            page.set_viewport_size({"width": 320, "height": 640})
            found[f"{path} 320"] = [f"{over} px too wide"] if (over := page.evaluate(TOO_WIDE)) > 0 else []
            page.set_viewport_size({"width": 1280, "height": TALL})
            page.emulate_media(color_scheme="dark")
            found[f"{path} 1280 dark"] = axe(page)
        return {place: faults for place, faults in found.items() if faults}

    return judge


def paths_of(who: str, ids: dict[str, Any]) -> list[str]:
    known = {route.name: route for route in routes()}
    return [address(known[name], ids) for name in PAGES[who]]


CONTENT = {"course_key": "berakhlak", "scene_key": "bersalin-pukul-dua", "chapter_key": "berorientasi-pelayanan",
           "page_key": "lembar-kerja", "key": "uu-2009-25", "chapter": "berorientasi-pelayanan", "page": "lembar-kerja",
           "test": "tes-awal", "number": 1, "course_version": story.course().version}  # fmt: skip


@pytest.fixture
def classmate(siti: Participant, make_person: Any, organiser: Any, agency: Any) -> Callable[[str], Participant]:
    """`classmate(name)`: somebody else in Siti's class."""
    from teladan.accounts.api import actor_for

    def make(name: str) -> Participant:
        person = make_person(name, agency=agency, unit="pkm")
        actor = actor_for(person.account)
        learning.enrol(cohort_id=siti.cohort, account_ids=[person.account_id], by=organiser)
        return Participant(person.account, actor, story.enrolment_of(actor), siti.cohort)

    return make


@pytest.fixture
def done(classmate: Callable[[str], Participant]) -> Participant:
    """Somebody with the certificate."""
    found = classmate("Rina Tallo")
    story.complete(found.actor, found.enrolment)
    return found


@pytest.fixture
def reader(siti: Participant, agency: Any) -> Participant:
    """Siti in the middle: a check answered, a scene under way, a reflection kept, news on her desk."""
    story.sit(siti.actor, siti.enrolment, learning.PRE_TEST, right=8)
    at = {"enrolment_id": siti.enrolment, "by": siti.actor}
    items, scene = story.course().items, story.course().scenes["bersalin-pukul-dua"]
    learning.answer_check(item="um-cek-01", choice=items["um-cek-01"].correct_key, **at)
    wrong = next(option.key for option in items["um-cek-02"].options if not option.correct)
    learning.answer_check(item="um-cek-02", choice=wrong, **at)
    learning.choose_in_scene(scene=scene.key, step=1, choice=scene.nodes[scene.start].choices[0].key, **at)
    learning.write(key="um-refleksi-1", text="Ibu itu datang empat kali.", **at)
    story.read_all(siti.actor, siti.enrolment, chapters=1)
    notice_for(agency.id, siti.account.id)
    topic = learning.page_topic("pendahuluan", "tujuh-nilai")
    learning.discuss(
        seat=learning.Seat(enrolment_id=siti.enrolment),
        topic=topic,
        text="Di loket kami sama.",
        names_author=True,
        by=siti.actor,
    )
    return siti


@pytest.fixture
def klass(reader: Participant, organiser: Any) -> dict[str, Any]:
    """The ids of Siti's class: an entry of hers that was hidden, a clip, and the room with a question."""
    seat = learning.Seat(cohort_id=reader.cohort)
    topic = learning.page_topic("pendahuluan", "tujuh-nilai")
    (entry,) = learning.discussion(seat, topic, by=organiser).entries
    learning.discuss(
        seat=seat, topic=topic, text="Apa yang berubah?", names_author=True, answers_to=entry.id, by=organiser
    )
    learning.hide_entry(seat=seat, entry_id=entry.id, reason="Menyebut unit lain.", by=organiser)
    clip = clip_in(reader.cohort, organiser)
    learning.open_room(cohort_id=reader.cohort, by=organiser)
    learning.ask_in_room(cohort_id=reader.cohort, kind=learning.QuestionKind.CHECK, key="um-cek-01", by=organiser)
    return {**CONTENT, "chapter": "pendahuluan", "page": "tujuh-nilai", "entry_id": entry.id, "clip_id": clip,
            "scene": "bersalin-pukul-dua", "enrolment_id": reader.enrolment, "cohort_id": reader.cohort}  # fmt: skip


def test_pages_of_a_class(
    judged: Any, klass: dict[str, Any], reader: Participant, organiser: Any, signed_in: State
) -> None:
    from teladan.accounts.models import Account

    leader = Account.objects.get(pk=organiser.account_id)
    found = judged(paths_of("classmate", klass), signed_in(reader.account))
    found |= judged(paths_of("leader", klass), signed_in(leader))
    learning.reveal_question(cohort_id=reader.cohort, number=1, by=organiser)
    found |= judged([f"{reader.home}ruang/"], signed_in(reader.account))
    found |= judged([f"/pengampu/{reader.cohort}/ruang/layar/"], signed_in(leader))
    scene = story.course().scenes["bersalin-pukul-dua"]
    at = {"enrolment_id": reader.enrolment, "scene": scene.key, "by": reader.actor}
    view = learning.start_scene(**at)
    while not view.is_over:
        view = learning.choose_in_scene(step=view.step, choice=view.choices[0][0], **at)
    assert found | judged(paths_of("player", klass), signed_in(reader.account)) == {}


def test_public_pages(judged: Any, done: Participant) -> None:
    card = learning.certificate(done.enrolment, by=done.actor)
    assert card
    chapters = [c for c in story.course().chapters if c.pages]
    second = f"/baca/berakhlak/{chapters[1].key}/"
    more = [
        "/hukum/uu-2023-20/",
        "/baca/berakhlak/pendahuluan/tujuh-nilai/",
        f"{second}adegan-bersalin/",
        f"{second}kasus-loket-tutup/",
    ]
    assert judged([*paths_of("anybody", {**CONTENT, "code": card.code}), *more], {}) == {}


def test_pages_that_say_no(judged: Any, siti: Participant, signed_in: State) -> None:
    for path, status in (("/tidak-ada/", "404"), ("/verifikasi/ABCDEFGHJKMN/", "404"), ("/operator/catatan/", "403")):
        found = judged([path], {"expect_errors": True, **signed_in(siti.account)})
        assert found == {f"{path} status": [status]}


def test_pages_of_a_participant_before_and_in_the_test(judged: Any, siti: Participant, signed_in: State) -> None:
    sitting = open_sitting(siti.enrolment, siti.actor)
    for question in instruments.sitting_for(sitting, by=siti.actor).questions[:3]:
        choice = question.options[0][0]
        instruments.save_answer(sitting_id=sitting, number=question.number, choice=choice, revision=1, by=siti.actor)
    ids = {**CONTENT, "enrolment_id": siti.enrolment, "sitting_id": sitting}
    assert judged(paths_of("tested", ids), signed_in(siti.account)) == {}


@pytest.mark.parametrize("number", range(8))
def test_every_page_of_the_chapters(judged: Any, reader: Participant, signed_in: State, number: int) -> None:
    chapter = [c for c in story.course().chapters if c.pages][number]
    paths = [f"{reader.home}materi/{chapter.key}/{page.slug}/" for page in chapter.pages]
    assert judged(paths, signed_in(reader.account)) == {}


def test_pages_with_what_an_agency_adds(judged: Any, reader: Participant, signed_in: State, agency: Any) -> None:
    from teladan.accounts.models import Agency

    Agency.objects.filter(pk=agency.id).update(slug="teluk-lestari")
    chapter = f"{reader.home}materi/berorientasi-pelayanan/"
    paths = [chapter, f"{chapter}memahami-kebutuhan/", f"{chapter}pengaduan/", f"{chapter}lokal-saluran-kabupaten/"]
    assert judged(paths, signed_in(reader.account)) == {}


def test_preview_for_authors(judged: Any, tmp_path: Path, db: None) -> None:
    folder = tmp_path / "modul-baru"
    new_course(folder, title="Modul baru")
    page = folder / "chapters/01-pembuka/02-kewajiban.md"
    page.write_text(page.read_text(encoding="utf-8").replace("::: wajib", "::: wajb"), encoding="utf-8")
    unread = folder / "chapters/01-pembuka/03-adegan.md"
    unread.write_text(unread.read_text(encoding="utf-8").replace("minutes: 4", "minutes: empat"), encoding="utf-8")
    names = [f"/berkas/{path.relative_to(folder).as_posix()}" for path in (page, unread, folder / "items/soal.yaml")]
    with override_settings(ROOT_URLCONF="teladan.config.urls_preview", PREVIEW=str(folder)):
        assert judged(["/", *names], {}) == {}
    show_draft(None)


def test_pages_of_a_participant_who_reads(judged: Any, reader: Participant, signed_in: State) -> None:
    ids = {**CONTENT, "enrolment_id": reader.enrolment}
    assert judged(paths_of("reader", ids), signed_in(reader.account)) == {}


def test_pages_of_participants_at_the_end(
    judged: Any, classmate: Callable[[str], Participant], done: Participant, signed_in: State
) -> None:
    passed = classmate("Agus Pattiasina")
    story.sit(passed.actor, passed.enrolment, learning.PRE_TEST, right=8)
    story.read_all(passed.actor, passed.enrolment)
    story.sit(passed.actor, passed.enrolment, learning.POST_TEST, right=17)
    for who, person in (("passed", passed), ("done", done)):
        ids = {**CONTENT, "enrolment_id": person.enrolment, "test": "tes-akhir"}
        assert judged(paths_of(who, ids), signed_in(person.account)) == {}


def test_pages_of_the_staff(
    judged: Any, reader: Participant, done: Participant, make_person: Any, agency: Any, signed_in: State
) -> None:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts

    roles = [Role.ORGANISER, Role.PERSONNEL, Role.OPERATOR]
    boss = make_person("Kepala Contoh", agency=agency, unit="pkm", title="Kepala", is_head=True, roles=roles)
    by = accounts.actor_for(boss.account)
    ids = {**CONTENT, "cohort_id": reader.cohort, "enrolment_id": reader.enrolment, "account_id": reader.account.id,
           "import_id": staged_roster(by)}  # fmt: skip
    text = "# Pelayanan Publik\n\nPasal 1\nKetentuan umum.\n\nPasal 2\nAsas.\n"
    library.import_text(key=CONTENT["key"], content=text.encode(), name="naskah.md", by=by)
    grants = {g.role: g.id for g in accounts.grants_visible_to(by, account_id=boss.account_id)}
    here = f"/operator/akun/{boss.account_id}/"
    more = [
        f"/pengampu/peserta/{done.enrolment}/",
        here,
        f"{here}peran/{grants[Role.OPERATOR]}/cabut/",
        "/pengampu/?hal=2",
        "/cari/?cari=pelayanan",
    ]
    assert judged([*paths_of("staff", ids), *more], signed_in(boss.account)) == {}


def test_pages_of_an_account(judged: Any, siti: Participant, signed_in: State) -> None:
    client = Client()
    client.post("/masuk/", {"login": NIP, "password": PASSWORD})
    found = judged(paths_of("unguarded", {}), signed_in(client))
    switch_on(client, PASSWORD)
    key = Authenticator.objects.create(
        user=siti.account, type="webauthn", data={"name": "Ponsel Siti", "credential": kept_credential()}
    )
    found |= judged(paths_of("guarded", {"passkey_id": key.pk}), signed_in(client))
    half = Client()
    half.post("/masuk/", {"login": NIP, "password": PASSWORD})
    found |= judged(paths_of("half", {}), signed_in(half))
    assert found | judged(["/keluar/"], signed_in(client)) == {}
