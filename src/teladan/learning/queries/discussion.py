"""Reading a class's discussions: one topic, what is new where, what goes into the report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Greatest

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.learning.data import Study
from teladan.learning.discussion_models import Entry, Reading, Thread
from teladan.learning.domain.discussion import CHANGEABLE_FOR, WITHDRAWABLE_FOR, enter, entry_in, mark_seen, played
from teladan.learning.seat import Seat, Taken, take
from teladan.learning.topic import Topic, topic_of, topics_on
from teladan.rulebook.api import rulebook

ENTRIES_A_PAGE = 20  # main entries


@dataclass(frozen=True, kw_only=True)
class EntryCard:
    """An entry as one reader sees it: `text` is empty when it was withdrawn, or hidden from them."""

    id: UUID
    author: str
    is_facilitator: bool
    is_answer: bool
    is_mine: bool
    text: str
    names_author: bool
    written_at: datetime
    is_changed: bool
    is_withdrawn: bool
    is_hidden: bool
    hidden_reason: str  # for the author and those who lead
    is_pinned: bool
    is_quoted: bool
    may_change: bool
    may_withdraw: bool
    answers: tuple["EntryCard", ...] = ()


@dataclass(frozen=True, kw_only=True)
class TopicCard:
    """A topic in a list: how much was said, how much of it is new to the reader, and whether they may read it yet."""

    topic: Topic
    title: str
    entries: int
    news: int
    last_at: datetime | None
    is_closed: bool
    is_locked: bool = False


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """One page of a discussion. `moderators`: whom to ask about something hidden."""

    topic: Topic
    title: str
    cohort_id: UUID
    cohort_title: str
    entries: tuple[EntryCard, ...]
    total: int  # main entries
    page: int
    news: int
    is_closed: bool
    closed_reason: str
    may_speak: bool
    leads: bool
    draft: str
    moderators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """An entry in the cohort's report; `author` is empty for "peserta"."""

    topic_title: str
    text: str
    author: str
    written_at: datetime


def discussion(seat: Seat, topic: Topic, *, page: int = 1, by: Actor) -> Discussion:
    """A discussion from a seat, pinned entries first, then the newest. Having it before one's eyes is noted, unless one
    only looks."""
    taken = enter(seat, topic, by)
    thread = _with_news(Thread.objects.filter(cohort=taken.cohort, topic=topic.key), by).first()
    mains = Entry.objects.filter(thread=thread, answers_to=None) if thread else Entry.objects.none()
    total = mains.count() if thread else 0
    page = max(1, min(page, -(-total // ENTRIES_A_PAGE)))
    shown = list(
        mains.order_by(F("pinned_at").desc(nulls_last=True), "-pk")[(page - 1) * ENTRIES_A_PAGE : page * ENTRIES_A_PAGE]
    )
    answers = list(Entry.objects.filter(answers_to__in=shown).order_by("pk")) if shown else []
    cards = _cards([*shown, *answers], taken, by)
    below: dict[UUID | None, list[EntryCard]] = {}
    for answer in answers:
        below.setdefault(answer.answers_to_id, []).append(cards[answer.pk])
    news = thread.news if thread else 0  # type: ignore[attr-defined]  # annotated by _with_news
    if thread and news and (taken.enrolment or taken.leads):
        mark_seen(thread=thread, by=by)
    has_hidden = any(card.is_hidden and card.is_mine for card in cards.values())
    return Discussion(
        topic=topic,
        title=topic.title_in(taken.course),
        cohort_id=taken.cohort.pk,
        cohort_title=taken.cohort.title,
        entries=tuple(_under(cards[entry.pk], below.get(entry.pk, [])) for entry in shown),
        total=total,
        page=page,
        news=news,
        is_closed=bool(thread and thread.closed_at),
        closed_reason=thread.closed_reason if thread else "",
        may_speak=taken.may_speak and (taken.leads or not (thread and thread.closed_at)),
        leads=taken.leads,
        draft=thread.draft if thread else "",  # type: ignore[attr-defined]  # annotated by _with_news
        moderators=tuple(_moderators(taken)) if has_hidden else (),
    )


def entry(seat: Seat, entry_id: UUID, *, by: Actor) -> tuple[EntryCard, Topic]:
    """One entry and what it is about; NotFound when it is not to be read from this seat."""
    found, taken, topic = entry_in(seat, entry_id, by)
    return _cards([found], taken, by)[found.pk], topic


def discussions(seat: Seat, *, by: Actor) -> list[TopicCard]:
    """Where the class has written, the latest first. Two queries besides those of the seat."""
    taken = take(seat, by)
    threads = list(_with_news(Thread.objects.filter(cohort=taken.cohort, entries__gt=0), by).order_by("-last_at")[:300])
    return _topic_cards(threads, taken, by)


def topics_of_page(study: Study, *, chapter: str, page: str, played: Collection[str], by: Actor) -> list[TopicCard]:
    """What the class says about a page and its scenes, for the page's foot: one query. `played`: the scenes of the page
    that the reader has been through."""
    course = study.course
    topics = topics_on(chapter, page, course)
    found = Thread.objects.filter(cohort_id=study.cohort_id, topic__in=[t.key for t in topics])
    threads = {t.topic: t for t in _with_news(found, by)}
    return [
        _topic_card(topic, threads.get(topic.key), topic.title_in(course), not topic.scenes_in(course) <= set(played))
        for topic in topics
    ]


def news_in(cohort_id: UUID, *, by: Actor) -> int:
    """How many entries of a cohort the actor has not seen: one query."""
    return sum(thread.news for thread in _with_news(Thread.objects.filter(cohort_id=cohort_id), by))  # type: ignore[attr-defined]  # annotated


def quotes_of(cohort_id: UUID) -> list[Quote]:
    """What was chosen for the report, in the order of writing; the caller has seen to it that the actor may."""
    chosen = Entry.objects.filter(thread__cohort_id=cohort_id).exclude(quoted_at=None)
    found = list(chosen.select_related("thread__cohort").order_by("written_at"))
    names = _names([e.author_id for e in found if e.names_author])
    if not found:
        return []
    course = rulebook().course(found[0].thread.cohort.course_key)
    return [
        Quote(
            topic_title=topic_of(e.thread.topic).title_in(course),
            text=e.text,
            author=names.get(e.author_id, "") if e.names_author else "",
            written_at=e.written_at,
        )
        for e in found
    ]


def _with_news(threads: QuerySet[Thread], by: Actor) -> QuerySet[Thread]:
    """Each with `news`, the entries the actor has not seen, and `draft`, what they began to write."""
    mine = Reading.objects.filter(thread=OuterRef("pk"), account_id=by.account_id)
    return threads.annotate(
        news=Greatest(F("entries") - Coalesce(Subquery(mine.values("seen")), Value(0)), Value(0)),
        draft=Coalesce(Subquery(mine.values("draft")), Value(""), output_field=TextField()),
    )


def _topic_cards(threads: Sequence[Thread], taken: Taken, by: Actor) -> list[TopicCard]:
    topics = [(topic_of(t.topic), t) for t in threads]
    gives_away = any(topic.is_in(taken.course) and topic.scenes_in(taken.course) for topic, _t in topics)
    done = played(taken.enrolment.pk, by) if taken.enrolment and gives_away else frozenset()
    return [
        _topic_card(
            topic,
            thread,
            topic.title_in(taken.course),
            bool(taken.enrolment and topic.scenes_in(taken.course) - done),
        )
        for topic, thread in topics
        if topic.is_in(taken.course)
    ]


def _topic_card(topic: Topic, thread: Thread | None, title: str, is_locked: bool) -> TopicCard:
    return TopicCard(
        topic=topic,
        title=title,
        entries=thread.entries if thread else 0,
        news=thread.news if thread and not is_locked else 0,  # type: ignore[attr-defined]  # annotated by _with_news
        last_at=thread.last_at if thread else None,
        is_closed=bool(thread and thread.closed_at),
        is_locked=is_locked,
    )


def _cards(entries: Sequence[Entry], taken: Taken, by: Actor) -> dict[UUID, EntryCard]:
    names, now = _names([e.author_id for e in entries]), clock.now()
    return {e.pk: _card(e, names.get(e.author_id, ""), taken, by, now) for e in entries}


def _card(entry: Entry, name: str, taken: Taken, by: Actor, now: datetime) -> EntryCard:
    mine = entry.author_id == by.account_id
    is_hidden, is_withdrawn = entry.hidden_at is not None, entry.withdrawn_at is not None
    sees = not is_hidden or mine or taken.enrolment is None
    mine_to_touch = mine and taken.may_speak and not is_withdrawn
    return EntryCard(
        id=entry.pk,
        author=name,
        is_facilitator=not entry.is_by_participant,
        is_answer=entry.answers_to_id is not None,
        is_mine=mine,
        text=entry.text if sees else "",
        names_author=entry.names_author,
        written_at=entry.written_at,
        is_changed=entry.changed_at is not None,
        is_withdrawn=is_withdrawn,
        is_hidden=is_hidden,
        hidden_reason=entry.hidden_reason if sees else "",
        is_pinned=entry.pinned_at is not None,
        is_quoted=entry.quoted_at is not None,
        may_change=mine_to_touch and now <= entry.written_at + CHANGEABLE_FOR,
        may_withdraw=mine_to_touch and now <= entry.written_at + WITHDRAWABLE_FOR,
    )


def _under(card: EntryCard, answers: Sequence[EntryCard]) -> EntryCard:
    return EntryCard(**{**card.__dict__, "answers": tuple(answers)})


def _names(account_ids: Collection[UUID]) -> dict[UUID, str]:
    cards = accounts.account_cards(list(set(account_ids))) if account_ids else {}
    return {account_id: card.name for account_id, card in cards.items()}


def _moderators(taken: Taken) -> list[str]:
    """Who facilitates the class, by name."""
    grants = accounts.grants_on([taken.cohort.pk], role=Role.FACILITATOR, agency_id=taken.cohort.agency_id)
    return sorted(_names([grant.account_id for grant in grants]).values())
