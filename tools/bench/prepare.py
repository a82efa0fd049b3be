"""Runs inside the stage's environment: fills the database through the verbs and prints the participants as JSON."""

import json
import sys
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    wanted = json.loads(sys.argv[1])
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.middleware.csrf import _get_new_csrf_string

    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from teladan.accounts.sessions import SessionStore
    from teladan.instruments import api as instruments
    from teladan.kernel import clock
    from teladan.learning import api as learning
    from teladan.rulebook.api import set_packs

    def signed_in(account: Any) -> dict[str, str]:
        """The cookies of a session of this account."""
        session = SessionStore()
        session["_auth_user_id"] = str(account.pk)
        session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        session["_auth_user_hash"] = account.get_session_auth_hash()
        session.create()
        return {"session": str(session.session_key), "csrf": _get_new_csrf_string()}

    if settings.PACKS:
        set_packs(settings.PACKS)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    agency_id = accounts.create_agency(
        name="Instansi Ukur", slug="ukur", zone="Asia/Makassar", short_name="Ukur", by=None
    )
    with accounts.agency_scope(agency_id):
        names = [
            accounts.NewAccount(username=f"ukur{n:05d}", name=f"Peserta Ukur {n}") for n in range(wanted["people"])
        ]
        accounts.create_account(agency_id=agency_id, username="penyelenggara", name="Penyelenggara", by=None)
        organiser = accounts.account_by_login("penyelenggara")
        assert organiser is not None
        accounts.grant_role(account_id=organiser.id, role=Role.ORGANISER, by=None)
        by = accounts.actor_for(organiser)
        accounts.create_accounts(agency_id=agency_id, entries=names, by=None)
        people = [accounts.account_by_login(n.username) for n in names]
        now = clock.now()
        cohort = learning.open_cohort(
            course="berakhlak",
            title="Angkatan Ukur",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
            by=by,
        )
        learning.enrol(cohort_id=cohort, account_ids=[p.id for p in people if p], by=by)
        found = []
        for account in people:
            assert account is not None
            actor = accounts.actor_for(account)
            study = learning.studies_visible_to(actor)[0]
            sitting, options = "", []
            if wanted["begun"] or wanted["read_pages"]:
                card = learning.begin_test(enrolment_id=study.enrolment_id, test="tes-awal", by=actor)
                view = instruments.sitting_for(card.id, by=actor)
                sitting, options = str(card.id), [[key for key, _text in q.options] for q in view.questions]
            if wanted["read_pages"]:
                learning.finish_test(sitting_id=card.id, by=actor)
                page = study.course.chapters[0].pages[0].slug
                learning.read_page(enrolment_id=study.enrolment_id, chapter="pendahuluan", page=page, by=actor)
            found.append(
                {
                    **signed_in(account),
                    "enrolment": str(study.enrolment_id),
                    "sitting": sitting,
                    "options": options,
                }
            )
        accounts.create_account(agency_id=agency_id, username="kepegawaian", name="Petugas", by=None)
        officer = accounts.account_by_login("kepegawaian")
        assert officer is not None
        accounts.grant_role(account_id=officer.id, role=Role.PERSONNEL, by=None)
        told = {**signed_in(officer), "enrolment": "", "sitting": "", "options": []}
    print(json.dumps({"participants": found, "officer": told}))


if __name__ == "__main__":
    main()
