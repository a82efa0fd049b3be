"""Every address, every method, five people: owner, colleague, auditor, somebody of another agency, nobody.

Nobody ever gets a 500; whoever has no business there gets neither content nor effect. A new route without a fixture fails here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

MARK = "Rahayu Penanda"  # a name that only agency A knows
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
PRIVATE = {
    "enrolment_id", "sitting_id", "cohort_id", "notice_id", "import_id", "person_id", "unit_id", "account_id",
    "grant_id", "post_id", "passkey_id", "session_id", "waiting_id", "rule_id", "entry_id", "clip_id",
}  # fmt: skip


@dataclass
class Route:
    name: str
    path: str
    params: frozenset[str]


def routes() -> Iterator[Route]:
    """All addresses of the installation."""

    def walk(patterns: list[Any], prefix: str, spaces: str) -> Iterator[Route]:
        for entry in patterns:
            here = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                space = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
                yield from walk(entry.url_patterns, here, space)
            elif isinstance(entry, URLPattern) and entry.name != "account_logout":  # it would end the walk
                yield Route(f"{spaces}{entry.name}", here, frozenset(entry.pattern.converters) | _outer(here))

    yield from walk(get_resolver().url_patterns, "", "")


def _outer(path: str) -> frozenset[str]:
    return frozenset(part.split(">")[0].split(":")[-1] for part in path.split("<")[1:])


@dataclass
class World:
    """Agency A with people at work, and agency B next door."""

    ids: dict[str, Any]
    accounts: dict[str, Any]
    agency_id: Any

    def client(self, who: str) -> Client:
        """A browser of this person, freshly signed in (a walk over all addresses also meets "sign out everywhere")."""
        client = Client(raise_request_exception=False)
        if who in self.accounts:
            account = self.accounts[who]
            account.refresh_from_db()
            client.force_login(account, backend="teladan.accounts.backend.Backend")
        return client


@pytest.fixture
def world(agency: Any, other_agency: Any, make_account: Any, make_person: Any) -> World:
    from teladan.accounts.api import agency_scope

    with agency_scope(agency.id):
        return _build(agency, other_agency, make_account, make_person)


def _build(agency: Any, other_agency: Any, make_account: Any, make_person: Any) -> World:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from teladan.instruments import api as instruments
    from teladan.learning import api as learning
    from teladan.library import api as library
    from teladan.people import api as people_api
    from teladan.search import api as search
    from tests.web.world import clip_in, cohort_of, entry_in, notice_for, open_sitting, staged_roster

    everything = [Role.ORGANISER, Role.PERSONNEL, Role.OPERATOR]
    owner = make_person(MARK, agency=agency, unit="pkm", title="Bidan Terampil")
    boss = make_person("Kepala Contoh", agency=agency, unit="pkm", title="Kepala", is_head=True, roles=everything)
    colleague = make_person("Rekan Biasa", agency=agency, unit="pkm")
    auditor = make_account("Pemeriksa Contoh", agency=agency, roles=[Role.AUDITOR])
    stranger = make_account("Orang Lain", agency=other_agency, roles=[*everything, Role.AUDITOR])
    by = accounts.actor_for(boss.account)
    cohort_id = cohort_of(by, [owner.account_id])
    study = learning.studies_visible_to(accounts.actor_for(owner.account))[0]
    learning.set_capacity(cohort_id=cohort_id, places=1, by=by)
    learning.enrol(cohort_id=cohort_id, account_ids=[boss.account_id], by=by)
    waiting_id = learning.waiting_in(cohort_id, by=by)[0].id
    rule_id = learning.add_rule(
        cohort_id=cohort_id, conditions=learning.Conditions(uncertified=True), is_standing=True, by=by
    )
    sitting_id = open_sitting(study.enrolment_id, accounts.actor_for(owner.account))
    notice_id = notice_for(agency.id, owner.account_id)
    import_id = staged_roster(by)
    grant_id = accounts.grants_visible_to(by, account_id=boss.account_id)[0].id
    post_id = people_api.posts_visible_to(by, account_id=owner.account_id)[0].id
    library.import_text(key="uu-2009-25", content=f"Pasal 1\n{MARK}\n".encode(), name=f"{MARK}.md", by=by)
    for name in ("people.person", "library.text"):
        search.rebuild_source(name, agency.id)
    passkey_id, session_id = _way_in(owner.account)
    course = study.course
    chapter = course.chapters[0]
    entry_id, clip_id = entry_in(cohort_id, chapter, by), clip_in(cohort_id, by)
    ids = {
        "enrolment_id": study.enrolment_id, "sitting_id": sitting_id, "cohort_id": cohort_id, "notice_id": notice_id,
        "import_id": import_id, "person_id": owner.pk, "unit_id": _unit_of(owner), "account_id": owner.account_id,
        "grant_id": grant_id, "post_id": post_id, "waiting_id": waiting_id, "rule_id": rule_id,
        "entry_id": entry_id, "clip_id": clip_id, "name": "tiga-perilaku.vtt",
        "chapter": chapter.key, "page": chapter.pages[0].slug, "item": _a_check(course),
        "scene": next(iter(course.scenes)), "key": "uu-2009-25", "test": "tes-awal", "number": 1, "year": 2026, "kind": "csv",
        "code": "ABCDEFGHJKMN", "course_key": course.key, "chapter_key": chapter.key, "page_key": chapter.pages[0].slug,
        "scene_key": next(iter(course.scenes)), "format": "csv", "course_version": course.version,
        "passkey_id": passkey_id, "session_id": session_id, "agency_slug": agency.slug, "version": course.version,
    }  # fmt: skip
    assert instruments.sitting_for(sitting_id, by=accounts.actor_for(owner.account)).is_open
    people = {"owner": owner.account, "boss": boss.account, "colleague": colleague.account, "auditor": auditor}
    return World(ids, {**people, "stranger": stranger}, agency.id)


def _way_in(account: Any) -> tuple[int, Any]:
    """A passkey of the owner and a session on another device."""
    from allauth.mfa.models import Authenticator

    from teladan.accounts import api as accounts
    from tests.accounts.authenticator import kept_credential

    credential = kept_credential()
    key = Authenticator.objects.create(user=account, type="webauthn", data={"name": MARK, "credential": credential})
    Client().force_login(account, backend="teladan.accounts.backend.Backend")
    return key.pk, accounts.sessions_of(accounts.actor_for(account), current=None)[0].id


def _unit_of(person: Any) -> Any:
    from teladan.people.models import Appointment

    return Appointment.objects.get(person=person).position.unit_id


def _a_check(course: Any) -> str:
    return next(item.key for item in course.items.values() if item.use == "cek")


def address(route: Route, ids: dict[str, Any]) -> str:
    """The route's path with real ids; a parameter without a fixture fails the test."""
    path = route.path
    for part in path.split("<")[1:]:
        name = part.split(">")[0].split(":")[-1]
        assert name in ids, f"route {route.name} has the parameter {name!r}, which has no fixture here"
        path = path.replace(f"<{part.split('>')[0]}>", str(ids[name]))
    return "/" + path


def send(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
    response = client.post(path, data or {}) if method == "post" else getattr(client, method)(path)
    response.text_read = _read(response)
    for close in response._resource_closers:  # not response.close(): that would end the test's database connection too
        close()
    return response


def _read(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def body(response: Any) -> str:
    """What the response said; read and closed by `send`."""
    return str(response.text_read)


def snapshot(agency_id: Any) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of agency A, to see that nothing moved."""
    from django_scopes import scopes_disabled

    rooms = ["accounts", "people", "desk", "letters", "library", "instruments", "lrs", "learning", "files", "search"]
    found = {}
    with scopes_disabled():
        for room in rooms:
            for model in apps.get_app_config(room).get_models():
                names = {f.attname for f in model._meta.concrete_fields}
                if "agency_id" in names:
                    kept = sorted(names - {"last_login"})  # signing in for the walk moves it
                    rows = model._base_manager.filter(agency_id=agency_id).order_by("pk").values_list(*kept)
                    found[model._meta.label] = [tuple(map(str, row)) for row in rows]
    return found


@pytest.mark.unscoped
def test_stranger_with_real_ids_reaches_nothing(world: World) -> None:
    before = snapshot(world.agency_id)
    for route in routes():
        path = address(route, world.ids)
        client = world.client("stranger")
        for method in METHODS:
            response = send(client, method, path + (f"?cari={MARK.split()[1]}" if method == "get" else ""))
            where = f"{method} {path} -> {response.status_code}"
            assert response.status_code < 500, where
            assert MARK not in body(response), f"{where} shows a name of another agency"
            if route.params & PRIVATE and method in {"get", "post"}:
                assert response.status_code in {302, 403, 404, 405, 422, 400}, where
                if response.status_code == 302:
                    assert str(world.ids["enrolment_id"]) not in response["Location"], where
    assert snapshot(world.agency_id) == before


@pytest.mark.unscoped
def test_nobody_sees_a_name_and_is_sent_to_sign_in(world: World) -> None:
    before = snapshot(world.agency_id)
    for route in routes():
        path = address(route, world.ids)
        client = world.client("nobody")
        for method in METHODS:
            response = send(client, method, path + (f"?cari={MARK.split()[1]}" if method == "get" else ""))
            assert response.status_code < 500, f"{method} {path} -> {response.status_code}"
            assert MARK not in body(response), path
            if route.params & PRIVATE and method == "get":
                assert response.status_code in {302, 403, 404, 405}, f"{path} -> {response.status_code}"
    assert snapshot(world.agency_id) == before


@pytest.mark.unscoped
def test_colleague_cannot_enter_somebody_elses_study(world: World) -> None:
    for route in routes():
        if route.params & {"enrolment_id", "sitting_id", "notice_id"}:
            path = address(route, world.ids)
            client = world.client("colleague")
            for method in ("get", "post"):
                response = send(client, method, path)
                assert response.status_code in {302, 403, 404, 405}, f"{method} {path} -> {response.status_code}"
                assert MARK not in body(response), path


@pytest.mark.unscoped
def test_auditor_changes_nothing(world: World) -> None:
    before = snapshot(world.agency_id)
    for route in routes():
        path = address(route, world.ids)
        client = world.client("auditor")
        for method in METHODS:
            response = send(client, method, path)
            assert response.status_code < 500, f"{method} {path} -> {response.status_code}"
    after = snapshot(world.agency_id)
    own = str(world.accounts["auditor"].pk)  # signing out everywhere is everybody's own affair
    changed = {
        table: [row for row in rows if row not in before[table] and own not in row] for table, rows in after.items()
    }
    assert {table: rows for table, rows in changed.items() if rows} == {}
    assert {table: len(rows) for table, rows in after.items()} == {table: len(rows) for table, rows in before.items()}


HUGE = "x" * 30_000
BAD: list[dict[str, Any]] = [
    {},
    {"nomor": "-1", "pilihan": HUGE, "revisi": "9" * 40, "langkah": "99999999999999999999", "text": HUGE, "tulisan": HUGE},
    {"nomor": "satu", "pilihan": "\x00", "revisi": "", "langkah": "nol", "tulisan": "\x00\ud7ff", "kunci": "bukan-uuid"},
    {"nomor": "1", "pilihan": "zz", "revisi": "1", "next": "https://example.org/", "to": str(uuid4()), "text": "halo"},
    {"opens_on": "2026-13-45", "closes_on": "besok", "due_on": "", "units": str(uuid4()), "title": "'; DROP TABLE x; --"},
]  # fmt: skip


@pytest.mark.unscoped
@pytest.mark.parametrize("who", ["owner", "boss", "nobody"])
def test_bad_posts_never_end_in_a_500(world: World, who: str) -> None:
    for route in routes():
        if route.name.endswith("logout"):
            continue
        path = address(route, world.ids)
        client = world.client(who)
        for data in BAD:
            response = send(client, "post", path, dict(data))
            assert response.status_code < 500, f"{path} with {list(data)} -> {response.status_code}"
        file = SimpleUploadedFile("../../etc/passwd.xlsx", b"\x00\x01bukan berkas", content_type="application/zip")
        response = send(client, "post", path, {"file": file, "berkas": file})
        assert response.status_code < 500, path


@pytest.mark.unscoped
@pytest.mark.parametrize("query", ["?hal=-1", "?hal=999999999999999999999", "?urut=%00", "?cari=%F0%9F%92%A9" + "a" * 3000,
                                   "?pasal=../../", "?kode=%00%00", "?jalan=a.b.c.d", "?keadaan=x&unit=bukan"])  # fmt: skip
def test_bad_queries_never_end_in_a_500(world: World, query: str) -> None:
    for who in ("owner", "boss"):
        client = world.client(who)
        for route in routes():
            path = address(route, world.ids)
            response = send(client, "get", path + query)
            assert response.status_code < 500, f"{path}{query} -> {response.status_code}"


@pytest.mark.unscoped
def test_ids_that_do_not_exist_are_not_found(world: World) -> None:
    ids = {**world.ids, **{name: uuid4() for name in PRIVATE}}
    for route in routes():
        if route.params & PRIVATE:
            path = address(route, ids)
            response = send(world.client("boss"), "get", path)
            assert response.status_code in {404, 405, 302, 403}, f"{path} -> {response.status_code}"
