"""The door of instruments: tests with sittings, self-checks, scenes; results and item analysis.

Verbs and reads with `by` act for that person. `result_for_record`, `play_card`, `scores_of`, `plays_of` and
`item_results` are for receivers and for `learning`, which checks who may see whose results.
"""

from teladan.instruments.data import (
    CheckTry,
    CheckView,
    ChoiceFact,
    ItemOutcome,
    ItemResult,
    PlayCard,
    PlayView,
    QuestionView,
    ResultCard,
    Saved,
    SittingCard,
    SittingView,
    TrailView,
)
from teladan.instruments.domain.answer import save_answer
from teladan.instruments.domain.check import check_answer
from teladan.instruments.domain.play import choose, restart_play, start_play
from teladan.instruments.domain.sitting import close_overdue, finish_sitting, start_sitting
from teladan.instruments.drawing import may_change_places
from teladan.instruments.enums import FinishReason, PlayState, SittingState
from teladan.instruments.events import SceneFinished, SittingFinished, SittingStarted
from teladan.instruments.gain import (
    Band,
    ClassGain,
    change,
    class_gain,
    effect,
    hake_gain,
    is_reliable,
    normalised_change,
    reliable_change,
)
from teladan.instruments.measures import Measure, Reason
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.check import checks_visible_to
from teladan.instruments.queries.items import item_results
from teladan.instruments.queries.play import play_card, play_view, plays_of, plays_visible_to
from teladan.instruments.queries.sitting import (
    explain,
    result_for_record,
    result_of,
    scores_of,
    sitting_for,
    sittings_visible_to,
)
from teladan.instruments.scenes import Made, TrailStep, Walk, WalkError, WalkFault, walk
from teladan.instruments.scoring import Explanation, Part
from teladan.instruments.suppression import hidden_groups, is_shown

__all__ = [
    "TABLE",
    "Band",
    "CheckTry",
    "CheckView",
    "ChoiceFact",
    "ClassGain",
    "Explanation",
    "FinishReason",
    "ItemOutcome",
    "ItemResult",
    "Made",
    "Measure",
    "Part",
    "PlayCard",
    "PlayState",
    "PlayView",
    "QuestionView",
    "Reason",
    "ResultCard",
    "Saved",
    "SceneFinished",
    "SittingCard",
    "SittingFinished",
    "SittingStarted",
    "SittingState",
    "SittingView",
    "TrailStep",
    "TrailView",
    "Walk",
    "WalkError",
    "WalkFault",
    "change",
    "check_answer",
    "checks_visible_to",
    "choose",
    "class_gain",
    "close_overdue",
    "effect",
    "explain",
    "finish_sitting",
    "hake_gain",
    "hidden_groups",
    "is_reliable",
    "is_shown",
    "item_results",
    "may_change_places",
    "normalised_change",
    "play_card",
    "play_view",
    "plays_of",
    "plays_visible_to",
    "reliable_change",
    "restart_play",
    "result_for_record",
    "result_of",
    "save_answer",
    "scores_of",
    "sitting_for",
    "sittings_visible_to",
    "start_play",
    "start_sitting",
    "walk",
]
