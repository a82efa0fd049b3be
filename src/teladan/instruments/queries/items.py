from collections.abc import Collection
from uuid import UUID

from teladan.instruments.classical import ItemTally, difficulty, item_rest, tally
from teladan.instruments.data import ItemResult
from teladan.instruments.enums import SittingState
from teladan.instruments.keysheet import KeySheet
from teladan.instruments.measures import Measure
from teladan.instruments.models import Sitting
from teladan.instruments.queries.key import sheet
from teladan.instruments.queries.sitting import chunks
from teladan.instruments.suppression import is_shown

ENOUGH_FOR_DISCRIMINATION = 20  # below it a negative r is noise, not a wrong key


def item_results(contexts: Collection[UUID], test_key: str, min_n: int, *, attempt: int | None = 1) -> list[ItemResult]:
    """How each item went among the finished sittings of these contexts, in the active scope; by item key.

    First attempts only unless told otherwise (None: all), because at a second attempt people know the items. An item
    fewer than `min_n` people were shown keeps its figures to itself. Sittings on different key versions are told apart.
    The caller has checked that the contexts may be seen.
    """
    vectors: dict[str, list[bytes]] = {}
    seconds: dict[str, list[bytes]] = {}
    for part in chunks(contexts):
        rows = Sitting.objects.filter(context__in=part, test_key=test_key).exclude(state=SittingState.OPEN)
        if attempt is not None:
            rows = rows.filter(attempt=attempt)
        for digest, vector, times in rows.values_list("answer_key_id", "vector", "seconds"):
            vectors.setdefault(digest, []).append(bytes(vector or b""))
            seconds.setdefault(digest, []).append(bytes(times or b""))
    found = []
    for digest in sorted(vectors):
        key = sheet(digest)
        rest = item_rest(key, vectors[digest], max(min_n, ENOUGH_FOR_DISCRIMINATION))
        found += [_result(key, t, rest[t.item], min_n) for t in tally(key, vectors[digest], seconds[digest])]
    return sorted(found, key=lambda r: (r.item_key, r.key_version))


def _result(key: KeySheet, tally: ItemTally, discrimination: Measure, min_n: int) -> ItemResult:
    line, shown = key.line(tally.item), is_shown(tally.n, min_n)
    return ItemResult(
        item_key=line.item,
        value=line.value,
        behaviour=line.behaviour,
        level=line.level,
        correct_key=line.correct,
        key_version=key.label,
        n=tally.n,
        is_shown=shown,
        correct=tally.correct if shown else None,
        blank=tally.blank if shown else None,
        option_counts=tally.option_counts if shown else None,
        p=difficulty(tally).value if shown else None,
        discrimination=discrimination.value if shown else None,
        mean_seconds=tally.mean_seconds if shown else None,
        median_seconds=tally.median_seconds if shown else None,
    )
