from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from teladan.access.api import Actor
from teladan.instruments.data import ItemOutcome, QuestionView, ResultCard, SittingCard, SittingView
from teladan.instruments.enums import SittingState
from teladan.instruments.models import Answer, Sitting
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.key import sheet
from teladan.instruments.scoring import Score, has_passed, percent_bp, score, to_percent
from teladan.instruments.vector import unfold, unfold_seconds
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, NotFound
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course, Item

CHUNK = 500  # ids in one query


def sitting_of(sitting_id: UUID, by: Actor | None) -> Sitting:
    """The sitting, when it is this actor's own; any sitting for None (the house itself). NotFound otherwise."""
    if by is None:
        with scopes_disabled():
            found = Sitting.objects.filter(pk=sitting_id).first()
    else:
        with scope(agency=by.agency_id):
            found = Sitting.objects.filter(pk=sitting_id).first()
    if found is None or (by is not None and not TABLE.can(by, "instruments.see_sitting", found)):
        raise NotFound(
            _("Tes ini tidak ada atau bukan milik Anda."),
            next_step=_("Tes yang sedang Anda kerjakan ada di Tugas Saya."),
            next_url="/tugas/",
            next_label=_("Ke Tugas Saya"),
        )
    return found


def sittings_visible_to(actor: Actor, *, context: UUID | None = None) -> list[SittingCard]:
    """The actor's own sittings, the latest first."""
    with scope(agency=actor.agency_id):
        rows = Sitting.objects.all() if context is None else Sitting.objects.filter(context=context)
        visible = TABLE.visible(actor, "instruments.see_sitting", rows, Q)
        return [card(s) for s in visible.defer("vector", "seconds", "questions").order_by("-started_at", "-id")]


def sitting_for(sitting_id: UUID, by: Actor, *, course: Course | None = None) -> SittingView:
    """The sitting with its questions and what is answered so far. NotFound when it is not the actor's; Conflict when
    the course has lost one of its questions."""
    sitting = sitting_of(sitting_id, by)
    with scope(agency=sitting.agency_id):
        answers, saved_rev = _answers(sitting)
    course = course or rulebook().course(sitting.course_key, sitting.course_version)
    left = (sitting.deadline_at - clock.now()).total_seconds() if sitting.is_open else 0
    return SittingView(
        id=sitting.pk,
        title=sitting.title,
        test_key=sitting.test_key,
        attempt=sitting.attempt,
        state=SittingState(sitting.state),
        started_at=sitting.started_at,
        deadline_at=sitting.deadline_at,
        remaining_seconds=max(0, int(left)),
        questions=tuple(
            _question(number, course.items.get(item), options, answers.get(item))
            for number, (item, options) in enumerate(sitting.questions, start=1)
        ),
        answered_count=len(answers),
        saved_rev=saved_rev,
    )


def _answers(sitting: Sitting) -> tuple[Mapping[str, str], int]:
    """Item key -> choice, and the highest revision; from the rows while open, from the vector afterwards."""
    if not sitting.is_open:
        chosen = unfold(sheet(sitting.answer_key_id), bytes(sitting.vector or b""))
        return {item: option for item, option in chosen.items() if option is not None}, 0
    rows = list(Answer.objects.filter(sitting=sitting).values_list("number", "choice", "revision"))
    given = {sitting.questions[number - 1][0]: choice for number, choice, _revision in rows if choice}
    return given, max((revision for *_rest, revision in rows), default=0)


def _question(number: int, item: Item | None, options: Sequence[str], answered: str | None) -> QuestionView:
    texts = {} if item is None else {option.key: option.text for option in item.options}
    if item is None or not texts.keys() >= set(options):
        raise Conflict(
            _("Soal tes ini sudah berubah, sehingga tidak dapat ditampilkan lagi."),
            next_step=_("Hubungi penyelenggara. Jawaban yang sudah tersimpan tidak hilang."),
        )
    return QuestionView(
        number=number,
        item_key=item.key,
        stem=item.stem,
        options=tuple((key, texts[key]) for key in options),
        answered=answered,
    )


def result_of(sitting_id: UUID, by: Actor) -> ResultCard:
    """The result of a finished sitting of the actor's own. NotFound for another's; Conflict while it is open."""
    return result(sitting_of(sitting_id, by))


def result_for_record(sitting_id: UUID) -> ResultCard:
    """The result of any finished sitting: for receivers that write it down, never for a page. Conflict while it is
    open."""
    return result(sitting_of(sitting_id, None))


def result(sitting: Sitting) -> ResultCard:
    """The result of a finished sitting, computed from its vector and key. Conflict while it is open."""
    if sitting.is_open or sitting.finished_at is None:
        raise Conflict(_("Tes ini belum selesai, jadi belum ada nilainya."))
    key = sheet(sitting.answer_key_id)
    scored = score(key, bytes(sitting.vector or b""))
    return ResultCard(
        sitting_id=sitting.pk,
        account_id=sitting.account_id,
        context=sitting.context,
        course_key=sitting.course_key,
        course_version=sitting.course_version,
        test_key=sitting.test_key,
        title=sitting.title,
        form=sitting.form,
        attempt=sitting.attempt,
        state=SittingState(sitting.state),
        started_at=sitting.started_at,
        finished_at=sitting.finished_at,
        score=scored.points,
        maximum=scored.maximum,
        percent=scored.percent,
        pass_mark=sitting.pass_mark,
        passed=has_passed(scored.points, scored.maximum, sitting.pass_mark),
        per_value=scored.per_value,
        per_behaviour=scored.per_behaviour,
        per_item=_outcomes(sitting, scored, unfold_seconds(key, bytes(sitting.seconds or b""))),
        explanation=scored.explanation,
    )


def _outcomes(sitting: Sitting, scored: Score, seconds: Mapping[str, float]) -> tuple[ItemOutcome, ...]:
    """How each question went, in the order in which the person saw them."""
    of_item = {outcome.item: outcome for outcome in scored.outcomes}
    shown = enumerate((of_item[item] for item, _options in sitting.questions), start=1)
    return tuple(
        ItemOutcome(
            number=number,
            item_key=outcome.item,
            value=outcome.value,
            behaviour=outcome.behaviour,
            chosen=outcome.chosen,
            correct_key=outcome.correct_key,
            is_correct=outcome.is_correct,
            seconds=seconds.get(outcome.item),
        )
        for number, outcome in shown
    )


def scores_of(contexts: Collection[UUID], *, test_key: str | None = None) -> list[SittingCard]:
    """All sittings of these contexts in the active scope, by start. The caller has checked that they may be seen."""
    found = []
    for part in chunks(contexts):
        rows = Sitting.objects.filter(context__in=part).defer("vector", "seconds", "questions")
        found += [card(s) for s in (rows if test_key is None else rows.filter(test_key=test_key))]
    return sorted(found, key=lambda c: (c.started_at, c.id))


def card(sitting: Sitting) -> SittingCard:
    points = sitting.score
    return SittingCard(
        id=sitting.pk,
        account_id=sitting.account_id,
        context=sitting.context,
        test_key=sitting.test_key,
        title=sitting.title,
        form=sitting.form,
        attempt=sitting.attempt,
        state=SittingState(sitting.state),
        started_at=sitting.started_at,
        deadline_at=sitting.deadline_at,
        finished_at=sitting.finished_at,
        score=points,
        maximum=sitting.maximum,
        percent=None if points is None else to_percent(percent_bp(points, sitting.maximum)),
        passed=None if points is None else has_passed(points, sitting.maximum, sitting.pass_mark),
    )


def chunks(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """The ids in lists short enough for one query, sorted, each once."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def explain(result: ResultCard) -> str:
    """How the score came about, as sentences for people."""
    sentence = _(
        "Nilai = 100 × jawaban benar ÷ jumlah soal = 100 × %(points)d ÷ %(maximum)d = %(percent)s, dibulatkan ke dua "
        "angka di belakang koma (0,005 dibulatkan ke atas). Soal yang tidak dijawab dihitung tidak benar. "
        "Versi kunci: %(key)s."
    )
    return sentence % {
        "points": result.score,
        "maximum": result.maximum,
        "percent": str(result.percent).replace(".", ","),
        "key": result.explanation.key_version,
    }
