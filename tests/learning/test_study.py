"""Reading, leaving, checking, playing, writing."""

from uuid import UUID

import pytest

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.learning import api as learning
from teladan.lrs import api as lrs
from tests.learning import story

SCENE = "bersalin-pukul-dua"


@pytest.fixture
def reading(enrolment: UUID, member: Actor) -> UUID:
    """An enrolment whose pages are open."""
    story.sit(member, enrolment, learning.PRE_TEST, right=8)
    return enrolment


def test_reading_moves_on_and_leaving_remembers_the_page(reading: UUID, member: Actor) -> None:
    chapter = story.course().chapters[0]
    first, second, third = (page.slug for page in chapter.pages[:3])
    learning.read_page(enrolment_id=reading, chapter=chapter.key, page=first, by=member)
    study = learning.study(reading, by=member)
    place = learning.place(study.course, study.progress)
    assert place is not None
    assert place.page.slug == second
    learning.leave(enrolment_id=reading, chapter=chapter.key, page=third, by=member)
    study = learning.study(reading, by=member)
    place = learning.place(study.course, study.progress)
    assert place is not None
    assert place.page.slug == third
    assert study.progress.pages_done(chapter.key) == 1


def test_chapter_is_done_whatever_the_order_of_its_pages(reading: UUID, member: Actor) -> None:
    chapter = story.course().chapters[0]
    for page in reversed(chapter.pages):
        progress = learning.read_page(enrolment_id=reading, chapter=chapter.key, page=page.slug, by=member)
        assert (chapter.key in progress.chapters_done) is (page is chapter.pages[0])


@pytest.mark.parametrize(("chapter", "page"), [("pendahuluan", "tidak-ada"), ("akuntabel", "apa-saja"), ("x", "y")])
def test_page_that_does_not_exist_is_not_found(reading: UUID, member: Actor, chapter: str, page: str) -> None:
    with pytest.raises(NotFound):
        learning.read_page(enrolment_id=reading, chapter=chapter, page=page, by=member)


def test_check_with_the_number_of_the_try_counts_once(reading: UUID, member: Actor) -> None:
    item = story.course().items["bp-cek-02"]
    for _ in range(2):
        view = learning.answer_check(enrolment_id=reading, item=item.key, choice=item.correct_key, attempt=1, by=member)
        assert (view.attempt, view.is_correct) == (1, True)
    assert len(instruments.checks_visible_to(member, context=reading)[item.key]) == 1
    again = learning.answer_check(enrolment_id=reading, item=item.key, choice=item.options[0].key, by=member)
    assert again.attempt == 2
    said = lrs.statements_of(reading, agency_id=member.agency_id)
    assert len([s for s in said if s.object_id.endswith("/cek/bp-cek-02")]) == 2


@pytest.mark.parametrize(
    ("item", "choice", "error"),
    [("bp-cek-02", "", Invalid), ("bp-cek-02", "zz", Invalid), ("bp-001", "a", NotFound), ("tidak-ada", "a", NotFound)],
)
def test_check_with_bad_input_is_refused(
    reading: UUID, member: Actor, item: str, choice: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        learning.answer_check(enrolment_id=reading, item=item, choice=choice, by=member)


def test_scene_keeps_every_choice_and_begins_again(reading: UUID, member: Actor) -> None:
    scene = story.course().scenes[SCENE]
    first = scene.nodes[scene.start].choices[0].key
    view = learning.choose_in_scene(enrolment_id=reading, scene=SCENE, step=1, choice=first, by=member)
    assert view.trail[0].choice == first
    repeated = learning.choose_in_scene(enrolment_id=reading, scene=SCENE, step=1, choice=first, by=member)
    assert repeated == view
    with pytest.raises(Conflict):
        other = scene.nodes[scene.start].choices[1].key
        learning.choose_in_scene(enrolment_id=reading, scene=SCENE, step=1, choice=other, by=member)
    while not view.is_over:
        choice = view.choices[0][0]
        view = learning.choose_in_scene(enrolment_id=reading, scene=SCENE, step=view.step, choice=choice, by=member)
    assert view.score is not None
    anew = learning.start_scene(enrolment_id=reading, scene=SCENE, again=True, by=member)
    assert (anew.attempt, anew.step) == (2, 1)
    assert learning.start_scene(enrolment_id=reading, scene=SCENE, again=True, by=member).attempt == 2
    said = [s for s in lrs.statements_of(reading, agency_id=member.agency_id) if "/adegan/" in s.object_id]
    assert len(said) == len(view.trail)
    with pytest.raises(NotFound):
        learning.start_scene(enrolment_id=reading, scene="tidak-ada", by=member)


def test_writing_is_kept_replaced_and_never_enters_a_statement(reading: UUID, member: Actor) -> None:
    key = "bp-refleksi-1"
    for text in ("Ramah hilang bila lapar.", "Sabar\r\nhilang bila lelah.\x00"):
        learning.write(enrolment_id=reading, key=key, text=text, by=member)
    assert learning.writings(reading, keys=[key], by=member) == {key: "Sabar\nhilang bila lelah."}
    said = lrs.statements_of(reading, agency_id=member.agency_id)
    assert len([s for s in said if "/tulisan/" in s.object_id]) == 1
    assert not any("lelah" in str(s.body) for s in said)


@pytest.mark.parametrize(
    ("key", "text", "error"),
    [
        ("bp-refleksi-1", "  \n", Invalid),
        ("bp-refleksi-1", "\x00", Invalid),
        ("bp-refleksi-1", "x" * 5001, Invalid),
        ("lain", "halo", NotFound),
    ],
)
def test_writing_with_bad_input_is_refused(
    reading: UUID, member: Actor, key: str, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        learning.write(enrolment_id=reading, key=key, text=text, by=member)


def test_feedback_before_the_end_is_refused(reading: UUID, member: Actor) -> None:
    with pytest.raises(Conflict):
        story.answer_feedback(member, reading)


def test_rereading_points_at_pages_of_the_behaviours_that_went_wrong(reading: UUID, member: Actor) -> None:
    own = learning.own_results(reading, by=member)
    assert own.pre is not None
    lines = learning.rereading(story.course(), own.pre.per_item)
    assert sum(line.wrong for line in lines) == own.pre.maximum - own.pre.score
    assert [line.wrong for line in lines] == sorted((line.wrong for line in lines), reverse=True)
    assert all(line.code in place.page.behaviours for line in lines if line.code for place in line.places)
    assert all(line.places for line in lines)
