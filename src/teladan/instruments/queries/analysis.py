from collections.abc import Collection

from teladan.instruments.analysis import from_json, reliability_from
from teladan.instruments.data import KeptExactness, KeptFigures
from teladan.instruments.models import Analysis


def analysis_of(subject: str, tests: Collection[str]) -> dict[str, KeptFigures]:
    """The kept figures of a subject in the active scope, in the order of `tests`; what was never computed is left out.
    The caller has checked that they may be seen."""
    rows = {row.test_key: row for row in Analysis.objects.filter(subject=subject, test_key__in=tests)}
    return {
        test: KeptFigures(figures=from_json(rows[test].figures), made_at=rows[test].made_at)
        for test in tests
        if test in rows
    }


def exactness_of(subject: str, test: str) -> KeptExactness | None:
    """How exact the scores of a test are, without the figures of its items; None while too few have finished it."""
    rows = Analysis.objects.filter(subject=subject, test_key=test)
    kept = rows.values_list("figures__whole", "figures__keys", "made_at").first()
    if kept is None or kept[0] is None:
        return None
    return KeptExactness(whole=reliability_from(kept[0]), keys=tuple(kept[1]), made_at=kept[2])
