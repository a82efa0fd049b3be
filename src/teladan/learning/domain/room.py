"""A room: everybody present on the same question. Opened, asked in, closed and revealed by who leads the class; answered
by its participants, each once."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.learning.domain.study import answer_check
from teladan.learning.enums import QuestionKind, QuestionState
from teladan.learning.models import Cohort
from teladan.learning.room_models import Room, RoomAnswer, RoomQuestion
from teladan.learning.seat import Seat, take
from teladan.ledger import api as ledger
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course

FORGOTTEN_AFTER = timedelta(hours=12)  # a room nobody closed is over by then
LONGEST_QUESTION = 500  # characters
LONGEST_OPTION = 160
MOST_OPTIONS = 6
CHECK_USE = "cek"


@transaction.atomic
def open_room(*, cohort_id: UUID, by: Actor) -> UUID:
    """Open the room of a cohort; the one that is open already is kept. Conflict once the cohort is over."""
    taken = take(Seat(cohort_id=cohort_id), by)
    _refuse_follower(taken.leads)
    taken.refuse_silent()
    if room := _open_room(taken.cohort):
        return room.pk
    now = clock.now()
    Room.objects.filter(cohort=taken.cohort, closed_at=None).update(closed_at=now)  # forgotten ones
    room = Room.objects.create(
        agency_id=taken.cohort.agency_id, cohort=taken.cohort, opened_by_id=by.account_id, opened_at=now
    )
    _record("learning.room_opened", room, by)
    return room.pk


@transaction.atomic
def close_room(*, cohort_id: UUID, by: Actor) -> None:
    """End the room; a question still open is closed with it."""
    room = _led(cohort_id, by)
    RoomQuestion.objects.filter(room=room, state=QuestionState.OPEN).update(state=QuestionState.CLOSED)
    Room.objects.filter(pk=room.pk).update(closed_at=clock.now(), version=F("version") + 1)
    _record("learning.room_closed", room, by)


@transaction.atomic
def ask_in_room(
    *, cohort_id: UUID, kind: QuestionKind, key: str = "", stem: str = "", options: str = "", by: Actor
) -> int:
    """Put the next question to the room: a self-check or a scene of the course by its key, or one's own with two to six
    options, one a line. The question before it is closed. Returns its number."""
    room = _led(cohort_id, by)
    course = rulebook().course(room.cohort.course_key)
    chosen: list[list[str]] = []
    words = ""
    if kind is QuestionKind.OWN:
        key, words, chosen = "", _stem(stem), _options(options)
    elif not _is_askable(kind, key, course):
        raise Invalid(_("Pilih salah satu dari daftar."), field="key")
    asked = RoomQuestion.objects.filter(room=room)
    asked.filter(state=QuestionState.OPEN).update(state=QuestionState.CLOSED)
    number = asked.count() + 1
    RoomQuestion.objects.create(
        agency_id=room.agency_id,
        room=room,
        number=number,
        kind=kind,
        key=key,
        stem=words,
        options=chosen,
        asked_at=clock.now(),
    )
    _announce(room)
    return number


def close_question(*, cohort_id: UUID, number: int, by: Actor) -> None:
    """Take no more answers to a question."""
    _move(cohort_id, number, QuestionState.CLOSED, by)


def reveal_question(*, cohort_id: UUID, number: int, by: Actor) -> None:
    """Show how the room answered, with the explanation; no answers are taken any more."""
    _move(cohort_id, number, QuestionState.REVEALED, by)


@transaction.atomic
def answer_in_room(*, enrolment_id: UUID, question_id: UUID, choice: str, by: Actor) -> None:
    """Answer the question of the room, once. A self-check is recorded as one on its page is; a scene is not, because
    one's own path through it stays one's own."""
    taken = take(Seat(enrolment_id=enrolment_id), by)
    room = _open_room(taken.cohort)
    question = RoomQuestion.objects.filter(pk=question_id, room=room).first() if room else None
    if question is None:
        raise NotFound(_("Pertanyaan ini tidak ada di ruang kelas Anda."), next_step=_("Muat ulang ruang kelas."))
    if question.state != QuestionState.OPEN:
        raise Conflict(
            _("Pertanyaan ini sudah ditutup pengampu; jawaban Anda belum masuk."),
            next_step=_("Ikuti pembahasannya, lalu jawab pertanyaan berikutnya."),
        )
    if choice not in dict(options_of(question, taken.course)):
        raise Invalid(_("Pilih salah satu jawaban dahulu."), field="choice")
    answer, is_new = RoomAnswer.objects.get_or_create(
        question=question,
        enrolment_id=enrolment_id,
        defaults={"agency_id": question.agency_id, "choice": choice, "given_at": clock.now()},
    )
    if not is_new and answer.choice != choice:
        raise Conflict(_("Jawaban Anda yang pertama sudah tersimpan dan tidak berubah."))
    if is_new and question.kind == QuestionKind.CHECK:
        answer_check(enrolment_id=enrolment_id, item=question.key, choice=choice, by=by)


def options_of(question: RoomQuestion, course: Course) -> list[tuple[str, str]]:
    """What can be answered, as (key, text)."""
    if question.kind == QuestionKind.CHECK:
        item = course.items.get(question.key)
        return [(option.key, option.text) for option in item.options] if item else []
    if question.kind == QuestionKind.SCENE:
        scene = course.scenes.get(question.key)
        return [(choice.key, choice.text) for choice in scene.nodes[scene.start].choices] if scene else []
    return [(key, text) for key, text in question.options]


def _is_askable(kind: QuestionKind, key: str, course: Course) -> bool:
    """A scene, or a self-check: an item of a test never comes before a room."""
    if kind is QuestionKind.SCENE:
        return key in course.scenes
    return key in course.items and course.items[key].use == CHECK_USE


def _stem(text: str) -> str:
    words = " ".join(text.replace("\x00", "").split())
    if not words or len(words) > LONGEST_QUESTION:
        raise Invalid(
            _("Tulis pertanyaannya, paling panjang %(most)d karakter.") % {"most": LONGEST_QUESTION}, field="stem"
        )
    return words


def _options(text: str) -> list[list[str]]:
    lines = [" ".join(line.split()) for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST_OPTIONS or any(len(line) > LONGEST_OPTION for line in lines):
        raise Invalid(
            _("Tulis dua sampai enam pilihan, satu per baris, masing-masing paling panjang 160 karakter."),
            field="options",
        )
    return [[chr(ord("a") + number), line] for number, line in enumerate(lines)]


@transaction.atomic
def _move(cohort_id: UUID, number: int, state: QuestionState, by: Actor) -> None:
    room = _led(cohort_id, by)
    question = RoomQuestion.objects.filter(room=room, number=number).first()
    if question is None:
        raise NotFound(_("Pertanyaan ini tidak ada di ruang ini."))
    order = list(QuestionState)
    if order.index(QuestionState(question.state)) < order.index(state):
        question.state = state
        question.save(update_fields=["state"])
        _announce(room)


def _announce(room: Room) -> None:
    Room.objects.filter(pk=room.pk).update(version=F("version") + 1)


def _open_room(cohort: Cohort) -> Room | None:
    since = clock.now() - FORGOTTEN_AFTER
    return Room.objects.select_for_update().filter(cohort=cohort, closed_at=None, opened_at__gt=since).first()


def _led(cohort_id: UUID, by: Actor) -> Room:
    """The open room of a class that the actor leads, locked."""
    taken = take(Seat(cohort_id=cohort_id), by)
    _refuse_follower(taken.leads)
    room = _open_room(taken.cohort)
    if room is None:
        raise Conflict(_("Ruang kelas sedang tidak dibuka."), next_step=_("Buka ruangnya dahulu."))
    return room


def _refuse_follower(leads: bool) -> None:
    if not leads:
        raise NotAllowed(_("Hanya pengampu dan penyelenggara yang memimpin ruang kelas."))


def _record(act: str, room: Room, by: Actor) -> None:
    ledger.record(
        act=act,
        agency_id=room.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{room.cohort_id}",
        data={"room": str(room.pk)},
    )
