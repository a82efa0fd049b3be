"""Runs inside the stage's environment: one class in which everybody has finished both tests, and an organiser who is
signed in; prints their cookies and the addresses as JSON.

Accounts and enrolments are made through the verbs. The finished tests are written directly, as the verbs leave them
(drawn, folded, scored), because 80,000 answers one by one would take an hour; who answers what follows the simulator
of the sample, from a fixed seed.
"""

import json
import random
import sys
import time
from datetime import timedelta
from uuid import uuid4

import django
import django.contrib.auth

SEED = 20261123


def main() -> None:
    people = int(sys.argv[1])
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.middleware.csrf import _get_new_csrf_string

    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from teladan.accounts.sessions import SessionStore
    from teladan.demo.simulator import answer, person
    from teladan.instruments.drawing import draw
    from teladan.instruments.enums import SittingState
    from teladan.instruments.keysheet import sheet_of
    from teladan.instruments.models import AnswerKey, Sitting
    from teladan.instruments.scoring import score
    from teladan.instruments.vector import fold, fold_seconds
    from teladan.kernel import clock
    from teladan.learning import api as learning
    from teladan.learning.models import Enrolment, Progress
    from teladan.learning.progress import Fact, to_json
    from teladan.learning.progress import fold as told
    from teladan.rulebook.api import rulebook, set_packs

    if settings.PACKS:
        set_packs(settings.PACKS)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    course, lot = rulebook().course("berakhlak"), random.Random(SEED)
    sheet, now = sheet_of(course), clock.now()
    agency_id = accounts.create_agency(
        name="Instansi Besar", slug="besar", zone="Asia/Jakarta", short_name="Besar", by=None
    )
    with accounts.agency_scope(agency_id):
        accounts.create_account(agency_id=agency_id, username="penyelenggara", name="Penyelenggara", by=None)
        organiser = accounts.account_by_login("penyelenggara")
        assert organiser is not None
        accounts.grant_role(account_id=organiser.id, role=Role.ORGANISER, by=None)
        by = accounts.actor_for(organiser)
        names = [accounts.NewAccount(username=f"ukur{n:05d}", name=f"Peserta Ukur {n}") for n in range(people)]
        for start in range(0, people, 500):
            accounts.create_accounts(agency_id=agency_id, entries=names[start : start + 500], by=None)
        ids = [found.id for n in names if (found := accounts.account_by_login(n.username))]
        cohort = learning.open_cohort(
            course=course.key,
            title="Angkatan Ukur",
            opens_at=now - timedelta(days=30),
            closes_at=now + timedelta(days=9),
            by=by,
        )
        learning.enrol(cohort_id=cohort, account_ids=ids, by=by)
        AnswerKey.objects.get_or_create(
            digest=sheet.digest,
            defaults={"course_key": course.key, "course_version": course.version, "lines": sheet.to_json()},
        )
        sittings, rows = [], []
        for number, enrolment in enumerate(Enrolment.objects.order_by("pk")):
            mind = person(lot, reach=1)
            first = "AB"[number % 2]
            facts = [
                Fact(at=now - timedelta(days=9), id=f"{c.key}/{p.slug}", kind="halaman", chapter=c.key, page=p.slug)
                for c in course.chapters
                for p in c.pages
            ]
            for test, form, theta, ago in (
                ("tes-awal", first, mind.before, 20),
                ("tes-akhir", "BA"["AB".index(first)], mind.after, 2),
            ):
                spec, seed = course.tests[test], lot.getrandbits(60)
                questions = draw(blueprint=spec.blueprint, items=course.items.values(), form=form, seed=seed)
                vector = fold(
                    sheet,
                    shown=[q.item for q in questions],
                    answers={q.item: answer(lot, course.items[q.item], theta) for q in questions},
                )
                points, at = score(sheet, vector).points, now - timedelta(days=ago)
                sittings.append(
                    Sitting(
                        id=uuid4(), agency_id=agency_id, account_id=enrolment.account_id, context=enrolment.pk,
                        course_key=course.key, course_version=course.version, test_key=test, title=spec.title, form=form,
                        attempt=1, seed=seed, answer_key_id=sheet.digest,
                        questions=[[q.item, list(q.options)] for q in questions],
                        pass_mark=spec.pass_mark, state=SittingState.FINISHED, started_at=at, deadline_at=at, finished_at=at,
                        score=points, maximum=len(questions), vector=vector,
                        seconds=fold_seconds(sheet, {q.item: lot.uniform(12, 55) for q in questions}),
                    )
                )  # fmt: skip
                facts.append(Fact(at=at, id=test, kind="tes", test=test, score=points, maximum=len(questions)))
            rows.append(Progress(enrolment=enrolment, agency_id=agency_id, state=to_json(told(facts)), last_at=now))
        Sitting.objects.bulk_create(sittings, batch_size=200)
        Progress.objects.bulk_update(rows, ["state", "last_at"], batch_size=100)
        began = time.perf_counter()
        made = learning.refresh_all()
        computed = time.perf_counter() - began
    session = SessionStore()
    session["_auth_user_id"] = str(organiser.id)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    account = django.contrib.auth.get_user_model().objects.get(pk=organiser.id)
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.create()
    print(
        json.dumps(
            {
                "cookies": f"sessionid={session.session_key}; csrftoken={_get_new_csrf_string()}",
                "cohort": str(cohort),
                "version": f"{course.key}/{course.version}",
                "made": made,
                "computed": computed,
            }
        )
    )


if __name__ == "__main__":
    main()
