"""What a simulated participant does, day by day, through the same verbs that the pages call."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from teladan.access.api import Actor
from teladan.demo.simulator import Person, answer, choose
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.rulebook.data import Course

REFLECTIONS = (
    "Saya teringat warga yang pulang tanpa penjelasan minggu lalu. Besok saya telepon.",
    "Kami sering menyuruh orang bolak-balik. Daftar syarat akan saya tempel di depan.",
    "Saya terlalu cepat menjawab tidak bisa. Lain kali saya tanyakan dulu kebutuhannya.",
    "Rekan saya paling sabar menghadapi lansia. Saya ingin belajar darinya.",
)
WAKING = range(7, 21)  # local hours in which people study


@dataclass
class Walker:
    """One participant under way. `now` is where they are in time, in their own zone; nothing happens after `until`."""

    actor: Actor
    enrolment_id: UUID
    course: Course
    person: Person
    draw: random.Random
    now: datetime
    until: datetime

    def walk(self) -> None:
        """Go as far as this person's reach and the present allow."""
        if self.person.reach <= 0 or not self._do(self._first_test):
            return
        pages = [(c, p) for c in self.course.chapters for p in c.pages]
        wanted = len(pages) if self.person.reach >= 0.9 else round(len(pages) * self.person.reach / 0.9)
        for number, (chapter, page) in enumerate(pages[:wanted]):
            if number % self.draw.randint(6, 16) == 0:
                self._sleep()
            if not self._do(lambda c=chapter.key, p=page.slug: self._read(c, p)):  # type: ignore[misc]
                return
        if self.person.reach >= 0.9:
            self._sleep()
            self._do(self._final_test) and self.person.reach >= 1 and self._do(self._say_what_it_was_like)

    def _do(self, act: Callable[[], None]) -> bool:
        if self.now.hour not in WAKING:
            self._sleep()
        if self.now >= self.until:
            return False
        act()
        return True

    def _sleep(self) -> None:
        self.now = (self.now + timedelta(days=self.draw.choice([1, 1, 1, 2, 3]))).replace(
            hour=self.draw.randint(WAKING.start, WAKING.stop - 2), minute=self.draw.randint(0, 59)
        )

    def _pass(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def _first_test(self) -> None:
        self._sit(learning.PRE_TEST, self.person.before)

    def _final_test(self) -> None:
        for _attempt in range(2):
            if self.now >= self.until:
                return
            self._sit(learning.POST_TEST, self.person.after)
            with clock.at(self.now):
                stage = learning.study(self.enrolment_id, by=self.actor).stage
            if stage is not learning.Stage.POST_TEST:
                return
            self._sleep()

    def _sit(self, test: str, theta: float) -> None:
        with clock.at(self.now):
            sitting = learning.begin_test(enrolment_id=self.enrolment_id, test=test, by=self.actor)
            view = instruments.sitting_for(sitting.id, by=self.actor)
        for question in view.questions:
            self._pass(self.draw.uniform(12, 55))
            with clock.at(self.now):
                instruments.save_answer(
                    sitting_id=sitting.id,
                    number=question.number,
                    choice=answer(self.draw, self.course.items[question.item_key], theta),
                    revision=question.number,
                    by=self.actor,
                )
        self._pass(20)
        with clock.at(self.now):
            learning.finish_test(sitting_id=sitting.id, by=self.actor)

    def _read(self, chapter: str, page: str) -> None:
        _chapter, found = learning.find_page(self.course, chapter, page)
        parts = learning.parts_of(found)
        self._pass(self.draw.uniform(120, 540))
        with clock.at(self.now):
            for key in self._some(learning.keys_in(parts, "cek", "soal"), 0.6):
                choice = answer(self.draw, self.course.items[key], self.person.after)
                learning.answer_check(enrolment_id=self.enrolment_id, item=key, choice=choice, by=self.actor)
            for kind in ("refleksi", "analisis", "komitmen"):
                for key in self._some(learning.keys_in(parts, kind, "kunci"), 0.5):
                    text = self.draw.choice(REFLECTIONS)
                    learning.write(enrolment_id=self.enrolment_id, key=key, text=text, by=self.actor)
            for key in self._some(learning.keys_in(parts, "adegan", "kunci"), 0.4):
                self._play(key)
            learning.read_page(enrolment_id=self.enrolment_id, chapter=chapter, page=page, by=self.actor)

    def _some(self, keys: Iterable[str], share: float) -> list[str]:
        """Not everybody does everything on a page."""
        return [key for key in keys if self.draw.random() < share]

    def _play(self, scene: str) -> None:
        view = learning.start_scene(enrolment_id=self.enrolment_id, scene=scene, by=self.actor)
        while not view.is_over:
            node = self.course.scenes[scene].nodes[view.node]
            view = learning.choose_in_scene(
                enrolment_id=self.enrolment_id,
                scene=scene,
                step=view.step,
                choice=choose(self.draw, node.choices),
                by=self.actor,
            )

    def _say_what_it_was_like(self) -> None:
        self._pass(90)
        with clock.at(self.now):
            if learning.study(self.enrolment_id, by=self.actor).stage is not learning.Stage.FEEDBACK:
                return
            answers = {
                item.key: str(self.draw.choices([2, 3, 4, 5], weights=[1, 3, 6, 5])[0]) if item.kind == "skala5" else ""
                for item in self.course.feedback
            }
            learning.give_feedback(enrolment_id=self.enrolment_id, answers=answers, by=self.actor)
