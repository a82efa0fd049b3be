"""The room: everybody on the same question, answers counted from the threshold on and never named."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.learning import api as learning
from teladan.learning.api import QuestionKind, Seat
from tests.learning import story

CHECK = "um-cek-01"


class Present:
    """Six participants who may read, and a facilitator; the room is open."""

    def __init__(self, organiser: Actor, members: list[Actor], facilitator: Any) -> None:
        self.members = members
        self.cohort = story.open_class(organiser, members)
        accounts.grant_role(account_id=facilitator.id, role=Role.FACILITATOR, scope_id=self.cohort, by=None)
        self.lead = accounts.actor_for(facilitator)
        self.enrolments = [story.enrolment_of(m) for m in members]
        for member, enrolment in zip(members, self.enrolments, strict=True):
            story.sit(member, enrolment, learning.PRE_TEST, right=8)
        self.room = learning.open_room(cohort_id=self.cohort, by=self.lead)

    def ask(self, kind: QuestionKind = QuestionKind.CHECK, **more: str) -> UUID:
        learning.ask_in_room(cohort_id=self.cohort, kind=kind, by=self.lead, **({"key": CHECK} | more))
        return self.question.id

    def answer(self, number: int, choice: str, question: UUID | None = None) -> None:
        learning.answer_in_room(
            enrolment_id=self.enrolments[number],
            question_id=question or self.question.id,
            choice=choice,
            by=self.members[number],
        )

    def seen(self, number: int | None = None) -> learning.RoomView | None:
        seat = Seat(cohort_id=self.cohort) if number is None else Seat(enrolment_id=self.enrolments[number])
        return learning.room(seat, by=self.lead if number is None else self.members[number])

    @property
    def question(self) -> learning.RoomQuestionView:
        view = self.seen()
        assert view
        assert view.question
        return view.question

    def reveal(self) -> None:
        learning.reveal_question(cohort_id=self.cohort, number=self.question.number, by=self.lead)


@pytest.fixture
def present(organiser: Actor, make_person: Callable[..., Any], make_account: Any, agency: Any) -> Present:
    members = [accounts.actor_for(make_person(f"Peserta {n}", agency=agency).account) for n in range(6)]
    return Present(organiser, members, make_account("Pengampu", agency=agency))


def test_count_appears_at_the_threshold_and_the_spread_only_when_revealed(present: Present) -> None:
    present.ask()
    for number in range(4):
        present.answer(number, "a")
    assert present.question.answered is None
    present.answer(4, "b")
    assert present.question.answered == 5
    assert not present.question.has_spread
    assert {o.count for o in present.question.options} == {None}
    assert not any(o.is_correct or o.why for o in present.question.options)
    present.reveal()
    spread = {o.key: (o.count, o.percent) for o in present.question.options}
    assert (spread["a"], spread["b"]) == ((4, 80), (1, 20))
    item = story.course().items[CHECK]
    assert [o.key for o in present.question.options if o.is_correct] == [item.correct_key]
    assert all(o.why for o in present.question.options)


def test_few_answers_are_revealed_without_their_spread(present: Present) -> None:
    present.ask()
    present.answer(0, "a")
    present.reveal()
    assert not present.question.has_spread
    assert {o.count for o in present.question.options} == {None}
    assert all(o.why for o in present.question.options)


def test_answer_counts_once_and_stays(present: Present) -> None:
    present.ask()
    present.answer(0, "a")
    present.answer(0, "a")
    with pytest.raises(Conflict):
        present.answer(0, "b")
    tries = instruments.checks_visible_to(present.members[0], context=present.enrolments[0])[CHECK]
    assert [t.choice for t in tries] == ["a"]
    view = present.seen(0)
    assert view
    assert view.question
    assert view.question.mine == "a"


def test_scene_and_own_question_are_counted_and_not_recorded_as_anything_else(present: Present) -> None:
    scene = story.course().scenes["bersalin-pukul-dua"]
    present.ask(QuestionKind.SCENE, key=scene.key)
    present.answer(0, scene.nodes[scene.start].choices[0].key)
    assert instruments.plays_visible_to(present.members[0], context=present.enrolments[0]) == []
    present.ask(QuestionKind.OWN, key="", stem="Mana yang  paling berat?", options="Antrean\n\n Aturan \nWaktu")
    assert [(o.key, o.text) for o in present.question.options] == [("a", "Antrean"), ("b", "Aturan"), ("c", "Waktu")]
    present.answer(0, "c")


def test_test_items_and_nonsense_are_never_asked(present: Present) -> None:
    test_item = next(item.key for item in story.course().items.values() if item.use == "tes")
    for key in (test_item, "tidak-ada", ""):
        with pytest.raises(Invalid):
            present.ask(key=key)
    with pytest.raises(Invalid):
        present.ask(QuestionKind.SCENE, key=CHECK)
    for stem, options in (("", "a\nb"), ("Apa?", "satu saja"), ("Apa?", "\n".join("abcdefg")), ("x" * 501, "a\nb")):
        with pytest.raises(Invalid):
            present.ask(QuestionKind.OWN, key="", stem=stem, options=options)
    checks, _scenes = learning.askable(story.course())
    assert {story.course().items[key].use for key, _words in checks} == {"cek"}


def test_closed_question_takes_no_answer_and_the_next_closes_the_one_before(present: Present) -> None:
    first = present.ask()
    learning.close_question(cohort_id=present.cohort, number=1, by=present.lead)
    with pytest.raises(Conflict):
        present.answer(0, "a")
    present.ask(key="um-cek-02")
    with pytest.raises(Conflict):
        present.answer(0, "a", first)
    present.answer(0, "a")
    with pytest.raises(Invalid):
        present.answer(1, "zz")


def test_revealed_question_does_not_go_back(present: Present) -> None:
    present.ask()
    present.reveal()
    learning.close_question(cohort_id=present.cohort, number=1, by=present.lead)
    assert present.question.is_revealed


def test_only_who_leads_the_class_leads_its_room(present: Present, make_actor: Any, agency: Any) -> None:
    auditor = make_actor(Role.AUDITOR, agency=agency)
    assert learning.room(Seat(cohort_id=present.cohort), by=auditor) is not None
    for act in (learning.open_room, learning.close_room):
        with pytest.raises(NotAllowed):
            act(cohort_id=present.cohort, by=auditor)
        with pytest.raises(NotFound):
            act(cohort_id=present.cohort, by=present.members[0])


def test_another_class_is_not_in_the_room(present: Present, organiser: Actor, make_person: Any, agency: Any) -> None:
    other = accounts.actor_for(make_person("Kelas Lain", agency=agency).account)
    story.open_class(organiser, [other], title="Angkatan Lain")
    enrolment = story.enrolment_of(other)
    story.sit(other, enrolment, learning.PRE_TEST, right=8)
    question = present.ask()
    assert learning.room(Seat(enrolment_id=enrolment), by=other) is None
    with pytest.raises(NotFound):
        learning.answer_in_room(enrolment_id=enrolment, question_id=question, choice="a", by=other)


def test_mark_changes_with_what_should_be_seen(present: Present) -> None:
    beside, inside = Seat(cohort_id=present.cohort), Seat(enrolment_id=present.enrolments[0])
    before = learning.room_mark(inside, by=present.members[0])
    present.ask()
    after = learning.room_mark(inside, by=present.members[0])
    assert after[0] > before[0]
    for number in range(4):
        present.answer(number, "a")
    assert learning.room_mark(inside, by=present.members[0]) == after
    assert learning.room_mark(beside, by=present.lead) == (after[0], None)
    present.answer(4, "a")
    assert learning.room_mark(beside, by=present.lead) == (after[0], 5)
    learning.close_room(cohort_id=present.cohort, by=present.lead)
    assert learning.room_mark(inside, by=present.members[0]) == (0, None)


def test_room_is_open_once_and_forgotten_rooms_end(present: Present) -> None:
    assert learning.open_room(cohort_id=present.cohort, by=present.lead) == present.room
    with clock.at(story.later(hours=13)):
        assert present.seen() is None
        assert learning.open_room(cohort_id=present.cohort, by=present.lead) != present.room
