"""Computing the figures of tests and keeping them: in the background, so that pages only read."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scope

from teladan.instruments.analysis import METHOD, Answers, analyse, to_json
from teladan.instruments.enums import SittingState
from teladan.instruments.models import Analysis, Sitting
from teladan.instruments.queries.key import sheet
from teladan.instruments.queries.sitting import chunks
from teladan.kernel import clock

Batch = tuple[list[bytes], list[bytes], list[str]]  # vectors, seconds, forms


def refresh_analysis(
    *, subject: str, groups: Sequence[Collection[UUID]], tests: Sequence[str], agency_id: UUID, step: int
) -> int:
    """Compute the figures of `tests` for a subject anew from the first attempts in these contexts; returns how many
    tests were computed.

    Two rules keep single answers from being found by subtraction: what is kept changes only when at least `step`
    sittings more have been finished, and a group (such as a cohort within a course) with fewer than `step` is left out
    until it has them.
    """
    with scope(agency=agency_id):
        return sum(_refreshed(subject, groups, test, agency_id, step) for test in tests)


def _refreshed(subject: str, groups: Sequence[Collection[UUID]], test: str, agency_id: UUID, step: int) -> bool:
    counted = [(group, _count(group, test)) for group in groups]
    taken = [(group, n) for group, n in counted if n >= step]
    n = sum(n for _group, n in taken)
    kept = Analysis.objects.filter(subject=subject, test_key=test).values_list("n", "method").first()
    if n < step or (kept and kept[1] == METHOD and abs(n - kept[0]) < step):
        return False
    figures = analyse(_batches([group for group, _n in taken], test))
    made = {"n": figures.n, "method": METHOD, "figures": to_json(figures), "made_at": clock.now()}
    with transaction.atomic():
        Analysis.objects.update_or_create(agency_id=agency_id, subject=subject, test_key=test, defaults=made)
    return True


def _finished(part: list[UUID], test: str) -> QuerySet[Sitting]:
    return Sitting.objects.filter(context__in=part, test_key=test, attempt=1).exclude(state=SittingState.OPEN)


def _count(group: Collection[UUID], test: str) -> int:
    return sum(_finished(part, test).count() for part in chunks(group))


def _batches(groups: Sequence[Collection[UUID]], test: str) -> list[Answers]:
    found: dict[str, Batch] = {}
    for group in groups:
        for part in chunks(group):
            rows = _finished(part, test).values_list("answer_key_id", "vector", "seconds", "form")
            for digest, vector, seconds, form in rows:
                vectors, times, forms = found.setdefault(digest, ([], [], []))
                vectors.append(bytes(vector or b""))
                times.append(bytes(seconds or b""))
                forms.append(form)
    return [
        Answers(sheet=sheet(digest), vectors=vectors, seconds=times, forms=forms)
        for digest, (vectors, times, forms) in sorted(found.items())
    ]
