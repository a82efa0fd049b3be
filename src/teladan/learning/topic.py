"""What a class talks about: a page of a chapter, or a scene. Pure."""

from dataclasses import dataclass

from teladan.learning.queries.course import keys_in, parts_of
from teladan.rulebook.data import Course, Page

PAGE, SCENE = "materi", "adegan"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A page (`chapter` and the page's slug as `name`) or a scene (its key as `name`)."""

    kind: str  # materi | adegan
    name: str
    chapter: str = ""

    @property
    def key(self) -> str:
        """The form in which it is stored."""
        return f"{PAGE}/{self.chapter}/{self.name}" if self.kind == PAGE else f"{SCENE}/{self.name}"

    def is_in(self, course: Course) -> bool:
        """Does the course hold it?"""
        if self.kind == SCENE:
            return self.name in course.scenes
        return any(c.key == self.chapter and any(p.slug == self.name for p in c.pages) for c in course.chapters)

    def title_in(self, course: Course) -> str:
        """Its title; empty when the course does not hold it any more."""
        if not self.is_in(course):
            return ""
        return course.scenes[self.name].title if self.kind == SCENE else self._page(course).title

    def scenes_in(self, course: Course) -> frozenset[str]:
        """The scenes that it gives away: who has not played them should not read what others say."""
        if self.kind == SCENE:
            return frozenset({self.name})
        return frozenset(keys_in(parts_of(self._page(course)), SCENE, "kunci"))

    def _page(self, course: Course) -> Page:
        return course.chapter(self.chapter).page(self.name)


def page_topic(chapter: str, page: str) -> Topic:
    """A page by its chapter's key and its slug."""
    return Topic(kind=PAGE, chapter=chapter, name=page)


def scene_topic(scene: str) -> Topic:
    """A scene by its key."""
    return Topic(kind=SCENE, name=scene)


def topic_of(key: str) -> Topic:
    """The topic that was stored as `key`."""
    kind, *names = key.split("/")
    return page_topic(*names) if kind == PAGE else scene_topic(*names)


def topics_on(chapter: str, page: str, course: Course) -> list[Topic]:
    """What can be talked about on a page: the page itself, then its scenes."""
    here = page_topic(chapter, page)
    scenes = keys_in(parts_of(course.chapter(chapter).page(page)), SCENE, "kunci")
    return [here, *(scene_topic(key) for key in scenes)]


def page_with(scene: str, course: Course) -> tuple[str, str]:
    """Chapter and slug of the page on which a scene is played; empty when it stands on none."""
    for chapter in course.chapters:
        for page in chapter.pages:
            if scene in keys_in(parts_of(page), SCENE, "kunci"):
                return chapter.key, page.slug
    return "", ""
