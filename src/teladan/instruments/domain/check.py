from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from teladan.access.api import Actor
from teladan.instruments.data import CheckView
from teladan.instruments.models import CheckAnswer
from teladan.instruments.permissions import TABLE
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotAllowed
from teladan.rulebook.data import Item

CHECK_USE = "cek"
MOST_TRIES = 1000


def check_answer(
    *,
    item: Item,
    choice: str,
    context: UUID,
    account_id: UUID,
    agency_id: UUID,
    attempt: int | None = None,
    by: Actor,
) -> CheckView:
    """Try a self-check; every try is kept. A page that sends the number of the try it offers (`attempt`) counts once,
    however often it is sent.

    NotAllowed for somebody else; Invalid for a test item (its key is not for learning) or a choice that it does not
    have.
    """
    once = {"account_id": account_id, "context": context, "item_key": item.key}
    if not TABLE.can(by, "instruments.check", CheckAnswer(agency_id=agency_id, **once)):
        raise NotAllowed(_("Pertanyaan ini hanya dapat dijawab oleh peserta itu sendiri."))
    if item.use != CHECK_USE:
        raise Invalid(_("Pertanyaan ini bukan pertanyaan untuk memeriksa diri."))
    if choice not in {option.key for option in item.options}:
        raise Invalid(_("Pilihlah satu jawaban yang tersedia."), field="choice")
    with scope(agency=agency_id), transaction.atomic():
        following = CheckAnswer.objects.filter(**once).count() + 1  # tries are numbered without gaps
        if attempt is None or not 1 <= attempt <= following:
            attempt = following
        if attempt > MOST_TRIES:
            raise Invalid(_("Pertanyaan ini sudah terlalu sering Anda coba."))
        answer = {"choice": choice, "is_correct": choice == item.correct_key, "answered_at": clock.now()}
        kept, _is_new = CheckAnswer.objects.get_or_create(
            attempt=attempt, **once, defaults={"agency_id": agency_id, **answer}
        )
    return CheckView(
        item_key=item.key,
        attempt=kept.attempt,
        choice=kept.choice,
        is_correct=kept.is_correct,
        correct_key=item.correct_key,
        rationales={option.key: option.rationale for option in item.options},
        answered_at=kept.answered_at,
    )
