"""Whoever began with a version of a course keeps it, whatever is published afterwards."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from teladan.access.api import Actor
from teladan.accounts.api import actor_for
from teladan.instruments import api as instruments
from teladan.kernel.errors import Conflict
from teladan.learning import api as learning
from teladan.rulebook.api import default_packs, rulebook, set_packs
from teladan.rulebook.authoring import publish_course
from tests.learning.story import begin, course, enrolment_of, open_class, sit

STEM = re.compile(r"^    stem: (?:[|>]-?\n +|\")?", re.M)
pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path: Path) -> Iterator[Path]:
    """A copy of the shipped packs that a test may edit."""
    folder = Path(shutil.copytree(default_packs(), tmp_path / "packs"))
    set_packs(folder)
    yield folder
    set_packs(None)


def written(packs: Path) -> Path:
    return packs / "id/courses/berakhlak"


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def publish_next(packs: Path) -> None:
    """A newer version: a page more and another title in the first chapter, and every question worded anew."""
    folder = written(packs)
    edit(folder / "course.yaml", f'version: "{rulebook().course("berakhlak").version}"', 'version: "2099.1"')
    page = folder / "chapters/01-pendahuluan/01-sepuluh-detik.md"
    edit(page, "title: ", "title: Baru, ")
    shutil.copyfile(page, page.with_name("09-tambahan.md"))
    edit(page.with_name("09-tambahan.md"), "title: Baru, ", "title: Tambahan ")
    for path in (folder / "items").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(STEM.sub(r"\g<0>Versi baru. ", text), encoding="utf-8")
    publish_course(folder, packs=packs)
    set_packs(packs)  # a server that has been started again


def test_class_keeps_its_version_and_a_new_class_gets_the_new_one(
    packs: Path, organiser: Actor, enrolment: UUID, member: Actor, make_person: Callable[..., object], agency: object
) -> None:
    sit(member, enrolment, learning.PRE_TEST, right=5)
    [old_first, old_second] = course().chapters[0].pages[:2]
    learning.read_page(enrolment_id=enrolment, chapter="pendahuluan", page=old_first.slug, by=member)
    before = learning.study(enrolment, by=member)
    publish_next(packs)

    after = learning.study(enrolment, by=member)
    assert (after.course.version, after.progress, after.stage) == (before.course.version, before.progress, before.stage)
    assert after.course.chapters[0].pages[0].title == old_first.title
    assert len(after.course.chapters[0].pages) == len(before.course.chapters[0].pages)
    for page in before.course.chapters[0].pages[1:]:
        learning.read_page(enrolment_id=enrolment, chapter="pendahuluan", page=page.slug, by=member)
    assert "pendahuluan" in learning.study(enrolment, by=member).progress.chapters_done, old_second

    newcomer = actor_for(make_person("Budi Santoso", agency=agency).account)  # type: ignore[attr-defined]
    open_class(organiser, [newcomer], title="Angkatan Berikutnya")
    new = learning.study(enrolment_of(newcomer), by=newcomer).course
    assert new.version == "2099.1"
    assert new.chapters[0].pages[0].title == f"Baru, {old_first.title}"
    assert len(new.chapters[0].pages) == len(before.course.chapters[0].pages) + 1


def test_test_under_way_keeps_its_questions(packs: Path, enrolment: UUID, member: Actor) -> None:
    sitting = begin(member, enrolment, learning.PRE_TEST, right=7)
    before = instruments.sitting_for(sitting.id, by=member)
    publish_next(packs)
    after = instruments.sitting_for(sitting.id, by=member)
    assert [q.stem for q in after.questions] == [q.stem for q in before.questions]
    assert [q.answered for q in after.questions] == [q.answered for q in before.questions]
    assert learning.finish_test(sitting_id=sitting.id, by=member).score == 7
    new = {item.stem for item in rulebook().course("berakhlak").items.values()}
    assert not all(question.stem in new for question in after.questions)


def test_edits_that_are_not_published_reach_nobody(packs: Path, enrolment: UUID, member: Actor) -> None:
    page = written(packs) / "chapters/01-pendahuluan/01-sepuluh-detik.md"
    edit(page, "title: ", "title: Belum terbit, ")
    set_packs(packs)
    assert "Belum terbit" not in learning.study(enrolment, by=member).course.chapters[0].pages[0].title
    assert "Belum terbit" not in rulebook().course("berakhlak").chapters[0].pages[0].title


def test_course_that_was_never_published_is_not_taught(packs: Path, organiser: Actor) -> None:
    shutil.rmtree(written(packs) / "versions")
    set_packs(packs)
    with pytest.raises(Conflict, match="belum diterbitkan") as refused:
        open_class(organiser, [])
    assert "teladan course publish" in refused.value.next_step
