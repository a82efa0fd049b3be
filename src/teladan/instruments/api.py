"""The door of instruments: tests with sittings, self-checks, scenes; results and item analysis.

Verbs and reads with `by` act for that person. `result_for_record`, `play_card`, `scores_of`, `plays_of`,
`refresh_analysis` and `analysis_of` are for receivers and for `learning`, which checks who may see whose results.
"""

from teladan.instruments.analysis import (
    EXACT_ENOUGH,
    FEWEST,
    FEWEST_FOR_KEY,
    TAIL,
    Flag,
    ItemFigures,
    OptionLine,
    TestFigures,
    flags,
    sensitivity,
)
from teladan.instruments.classical import IDLE_SHARE
from teladan.instruments.data import (
    CheckTry,
    CheckView,
    ChoiceFact,
    ItemOutcome,
    KeptExactness,
    KeptFigures,
    PlayCard,
    PlayView,
    QuestionView,
    ResultCard,
    Saved,
    SittingCard,
    SittingView,
    TrailView,
)
from teladan.instruments.domain.analysis import refresh_analysis
from teladan.instruments.domain.answer import save_answer
from teladan.instruments.domain.check import check_answer
from teladan.instruments.domain.play import choose, restart_play, start_play
from teladan.instruments.domain.sitting import close_overdue, finish_sitting, start_sitting
from teladan.instruments.drawing import may_change_places
from teladan.instruments.enums import FinishReason, PlayState, SittingState
from teladan.instruments.events import SceneFinished, SittingFinished, SittingStarted
from teladan.instruments.gain import (
    FEWEST_FOR_GAIN,
    Band,
    ClassGain,
    Verdict,
    change,
    class_gain,
    effect,
    hake_gain,
    is_reliable,
    normalised_change,
    reliable_change,
    smallest_reliable,
    verdict,
)
from teladan.instruments.measures import Measure, Reason
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.analysis import analysis_of, exactness_of
from teladan.instruments.queries.check import checks_visible_to
from teladan.instruments.queries.play import play_card, play_view, plays_of, plays_visible_to
from teladan.instruments.queries.sitting import (
    explain,
    result_for_record,
    result_of,
    scores_of,
    sitting_for,
    sittings_visible_to,
)
from teladan.instruments.reliability import Reliability, form_difference
from teladan.instruments.scenes import Made, TrailStep, Walk, WalkError, WalkFault, walk
from teladan.instruments.scoring import Explanation, Part
from teladan.instruments.suppression import hidden_groups, is_shown

__all__ = [
    "EXACT_ENOUGH",
    "FEWEST",
    "FEWEST_FOR_GAIN",
    "FEWEST_FOR_KEY",
    "IDLE_SHARE",
    "TABLE",
    "TAIL",
    "Band",
    "CheckTry",
    "CheckView",
    "ChoiceFact",
    "ClassGain",
    "Explanation",
    "FinishReason",
    "Flag",
    "ItemFigures",
    "ItemOutcome",
    "KeptExactness",
    "KeptFigures",
    "Made",
    "Measure",
    "OptionLine",
    "Part",
    "PlayCard",
    "PlayState",
    "PlayView",
    "QuestionView",
    "Reason",
    "Reliability",
    "ResultCard",
    "Saved",
    "SceneFinished",
    "SittingCard",
    "SittingFinished",
    "SittingStarted",
    "SittingState",
    "SittingView",
    "TestFigures",
    "TrailStep",
    "TrailView",
    "Verdict",
    "Walk",
    "WalkError",
    "WalkFault",
    "analysis_of",
    "change",
    "check_answer",
    "checks_visible_to",
    "choose",
    "class_gain",
    "close_overdue",
    "effect",
    "exactness_of",
    "explain",
    "finish_sitting",
    "flags",
    "form_difference",
    "hake_gain",
    "hidden_groups",
    "is_reliable",
    "is_shown",
    "may_change_places",
    "normalised_change",
    "play_card",
    "play_view",
    "plays_of",
    "plays_visible_to",
    "refresh_analysis",
    "reliable_change",
    "restart_play",
    "result_for_record",
    "result_of",
    "save_answer",
    "scores_of",
    "sensitivity",
    "sitting_for",
    "sittings_visible_to",
    "smallest_reliable",
    "start_play",
    "start_sitting",
    "verdict",
    "walk",
]
