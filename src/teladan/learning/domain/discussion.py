"""What a class writes to each other: write, keep a draft, change, withdraw; and what who leads it does with that.

Each moderation is an act in the ledger, without words of anybody; what participants write is not.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, NotYet, TooMany
from teladan.learning import paths
from teladan.learning.discussion_models import LONGEST_ENTRY, Entry, Reading, Thread
from teladan.learning.domain.cohort import reason_of
from teladan.learning.seat import Seat, Taken, take
from teladan.learning.topic import Topic, page_with, topic_of
from teladan.ledger import api as ledger

# Our own choices for a class that stays readable; no rule of law.
CHANGEABLE_FOR = timedelta(hours=1)  # longer, and answers no longer fit what they answer
WITHDRAWABLE_FOR = timedelta(days=7)
MOST_AN_HOUR = 20  # entries of one person


def enter(seat: Seat, topic: Topic, by: Actor) -> Taken:
    """Take a seat where a topic is talked about. NotFound for a topic the course does not hold; NotYet while a
    participant has not been through the scenes it gives away."""
    taken = take(seat, by)
    if not topic.is_in(taken.course):
        raise NotFound(_("Bahan diskusi ini tidak ada dalam materi."))
    if taken.enrolment is not None and (waiting := topic.scenes_in(taken.course) - played(taken.enrolment.pk, by)):
        scene = min(waiting)
        chapter, page = page_with(scene, taken.course)
        raise NotYet(
            _("Diskusi ini terbuka setelah Anda sendiri menyelesaikan adegannya."),
            next_step=_("Mainkan dahulu “%(scene)s”, supaya pilihan Anda benar-benar milik Anda.")
            % {"scene": taken.course.scenes[scene].title},
            next_url=paths.page(taken.enrolment.pk, chapter, page) if page else paths.module(taken.enrolment.pk),
            next_label=_("Buka adegan"),
        )
    return taken


def played(enrolment_id: UUID, by: Actor) -> frozenset[str]:
    """The scenes that the actor has played to an end."""
    plays = instruments.plays_visible_to(by, context=enrolment_id)
    return frozenset(play.scene_key for play in plays if play.score is not None)


def discuss(
    *, seat: Seat, topic: Topic, text: str, names_author: bool, answers_to: UUID | None = None, by: Actor
) -> UUID:
    """Write into the discussion of a topic, or answer an entry there. `names_author`: quoted in the report by name,
    otherwise as "peserta". Conflict where the discussion has ended, TooMany for who writes without a pause."""
    taken = enter(seat, topic, by)
    words = _words(text)
    taken.refuse_silent()
    with transaction.atomic():
        thread = _thread(taken, topic)
        _refuse_closed(thread, taken)
        above = _answered(thread, answers_to) if answers_to else None
        now = clock.now()
        _refuse_flood(by, now)
        entry = Entry.objects.create(
            agency_id=thread.agency_id,
            thread=thread,
            author_id=by.account_id,
            is_by_participant=taken.enrolment is not None,
            answers_to=above,
            text=words,
            names_author=names_author,
            written_at=now,
        )
        Thread.objects.filter(pk=thread.pk).update(entries=F("entries") + 1, last_at=now)
        mine = _reading(thread, by)
        mine.seen, mine.draft = mine.seen + 1, mine.draft if above else ""
        mine.save(update_fields=["seen", "draft"])
    return entry.pk


@transaction.atomic
def keep_draft(*, seat: Seat, topic: Topic, text: str, by: Actor) -> None:
    """Keep what somebody has begun to write; only they see it. An empty text takes the draft away."""
    taken = enter(seat, topic, by)
    if seat.cohort_id is not None and not taken.leads:
        raise NotAllowed(_("Peran Anda pada angkatan ini hanya melihat."))
    words = _clean(text)
    if len(words) > LONGEST_ENTRY:
        raise _too_long(words)
    mine = _reading(_thread(taken, topic), by)
    mine.draft = words
    mine.save(update_fields=["draft"])


def mark_seen(*, thread: Thread, by: Actor) -> None:
    """The actor has the thread before them. Writes only when there was something new."""
    with transaction.atomic():
        mine = _reading(thread, by)
        if mine.seen != thread.entries:
            mine.seen = thread.entries
            mine.save(update_fields=["seen"])


@transaction.atomic
def change_entry(*, seat: Seat, entry_id: UUID, text: str, by: Actor) -> None:
    """Put one's own words better, within an hour. Everybody sees that they were changed."""
    entry = _own(seat, entry_id, by)
    words = _words(text)
    if clock.now() > entry.written_at + CHANGEABLE_FOR:
        raise Conflict(
            _("Tulisan dapat diubah sampai satu jam setelah dikirim."),
            next_step=_("Tulis jawaban di bawahnya untuk membetulkan atau menambahkan."),
        )
    if words != entry.text:
        entry.text, entry.changed_at = words, clock.now()
        entry.save(update_fields=["text", "changed_at"])


@transaction.atomic
def withdraw_entry(*, seat: Seat, entry_id: UUID, by: Actor) -> None:
    """Take one's own words back, within a week: they are deleted, their place and the answers stay."""
    entry = _own(seat, entry_id, by)
    if clock.now() > entry.written_at + WITHDRAWABLE_FOR:
        raise Conflict(
            _("Tulisan dapat ditarik sampai tujuh hari setelah dikirim."),
            next_step=_("Minta pengampu menyembunyikannya."),
        )
    entry.text, entry.withdrawn_at, entry.pinned_at, entry.quoted_at = "", clock.now(), None, None
    entry.save(update_fields=["text", "withdrawn_at", "pinned_at", "quoted_at"])


@transaction.atomic
def pin_entry(*, seat: Seat, entry_id: UUID, pinned: bool, by: Actor) -> None:
    """Keep an entry on top of its discussion, or let it go back to its place."""
    entry = _led(seat, entry_id, by)
    if pinned and (entry.answers_to_id or entry.hidden_at or entry.withdrawn_at):
        raise Conflict(_("Hanya tulisan utama yang terlihat dapat disematkan."))
    if bool(entry.pinned_at) is not pinned:
        entry.pinned_at = clock.now() if pinned else None
        entry.save(update_fields=["pinned_at"])
        _record("learning.entry_pinned" if pinned else "learning.entry_unpinned", entry, by)


@transaction.atomic
def quote_entry(*, seat: Seat, entry_id: UUID, quoted: bool, by: Actor) -> None:
    """Put an entry into the cohort's report and export, or take it out; the author sees which."""
    entry = _led(seat, entry_id, by)
    if quoted and (entry.hidden_at or entry.withdrawn_at):
        raise Conflict(_("Tulisan yang disembunyikan atau ditarik tidak dapat dikutip."))
    if bool(entry.quoted_at) is not quoted:
        entry.quoted_at = clock.now() if quoted else None
        entry.save(update_fields=["quoted_at"])
        _record("learning.entry_quoted" if quoted else "learning.entry_unquoted", entry, by)


@transaction.atomic
def hide_entry(*, seat: Seat, entry_id: UUID, reason: str, by: Actor) -> None:
    """Hide an entry from the class. Its author goes on seeing it, with the reason and whom to ask."""
    entry = _led(seat, entry_id, by)
    why = reason_of(reason, missing=_("Tulis alasan menyembunyikan; penulisnya membacanya."))
    if entry.withdrawn_at:
        raise Conflict(_("Tulisan ini sudah ditarik penulisnya."))
    if entry.hidden_at is None or entry.hidden_reason != why:
        entry.hidden_at, entry.hidden_reason, entry.hidden_by_id = clock.now(), why, by.account_id
        entry.pinned_at, entry.quoted_at = None, None
        entry.save(update_fields=["hidden_at", "hidden_reason", "hidden_by", "pinned_at", "quoted_at"])
        _record("learning.entry_hidden", entry, by)


@transaction.atomic
def show_entry(*, seat: Seat, entry_id: UUID, by: Actor) -> None:
    """Let the class read a hidden entry again."""
    entry = _led(seat, entry_id, by)
    if entry.hidden_at is not None:
        entry.hidden_at, entry.hidden_reason, entry.hidden_by = None, "", None
        entry.save(update_fields=["hidden_at", "hidden_reason", "hidden_by"])
        _record("learning.entry_shown", entry, by)


@transaction.atomic
def close_thread(*, seat: Seat, topic: Topic, reason: str, by: Actor) -> None:
    """End a discussion: it can be read, not added to. The reason stands above it."""
    taken = _leading(seat, topic, by)
    why = reason_of(reason, missing=_("Tulis alasan menutup; peserta membacanya."))
    thread = _thread(taken, topic)
    if thread.closed_at is None:
        thread.closed_at, thread.closed_reason = clock.now(), why
        thread.save(update_fields=["closed_at", "closed_reason"])
        _record_thread("learning.discussion_closed", thread, by)


@transaction.atomic
def reopen_thread(*, seat: Seat, topic: Topic, by: Actor) -> None:
    """Let a closed discussion go on."""
    thread = _thread(_leading(seat, topic, by), topic)
    if thread.closed_at is not None:
        thread.closed_at, thread.closed_reason = None, ""
        thread.save(update_fields=["closed_at", "closed_reason"])
        _record_thread("learning.discussion_reopened", thread, by)


def entry_in(seat: Seat, entry_id: UUID, by: Actor) -> tuple[Entry, Taken, Topic]:
    """An entry of a discussion that is open from this seat; NotFound otherwise."""
    taken = take(seat, by)
    found = Entry.objects.select_related("thread").filter(pk=entry_id, thread__cohort_id=taken.cohort.pk).first()
    if found is None:
        raise NotFound(_("Tulisan ini tidak ada dalam diskusi kelas Anda."))
    topic = topic_of(found.thread.topic)
    return found, enter(seat, topic, by), topic


def _own(seat: Seat, entry_id: UUID, by: Actor) -> Entry:
    """One's own entry that still stands."""
    entry, taken, _topic = entry_in(seat, entry_id, by)
    if entry.author_id != by.account_id:
        raise NotAllowed(_("Hanya penulisnya yang dapat mengubah atau menarik tulisan ini."))
    if entry.withdrawn_at:
        raise Conflict(_("Tulisan ini sudah Anda tarik."))
    taken.refuse_silent()
    return entry


def _led(seat: Seat, entry_id: UUID, by: Actor) -> Entry:
    """An entry of a class that the actor leads."""
    entry, taken, _topic = entry_in(seat, entry_id, by)
    _refuse_follower(taken)
    return entry


def _leading(seat: Seat, topic: Topic, by: Actor) -> Taken:
    taken = enter(seat, topic, by)
    _refuse_follower(taken)
    return taken


def _refuse_follower(taken: Taken) -> None:
    if not taken.leads:
        raise NotAllowed(_("Hanya pengampu dan penyelenggara yang menata diskusi."))


def _thread(taken: Taken, topic: Topic) -> Thread:
    """The thread of a topic, locked; made when nobody has written there yet."""
    thread, _made = Thread.objects.select_for_update().get_or_create(
        cohort=taken.cohort, topic=topic.key, defaults={"agency_id": taken.cohort.agency_id}
    )
    return thread


def _reading(thread: Thread, by: Actor) -> Reading:
    mine, _made = Reading.objects.select_for_update().get_or_create(
        thread=thread, account_id=by.account_id, defaults={"agency_id": thread.agency_id}
    )
    return mine


def _refuse_closed(thread: Thread, taken: Taken) -> None:
    if thread.closed_at is not None and not taken.leads:
        raise Conflict(
            _("Diskusi ini sudah ditutup pengampu. Alasannya: %(reason)s") % {"reason": thread.closed_reason},
            next_step=_("Tulisan Anda belum terkirim. Sampaikan langsung kepada pengampu bila perlu."),
        )


def _refuse_flood(by: Actor, now: datetime) -> None:
    span = timedelta(hours=1)
    lately = list(
        Entry.objects.filter(author_id=by.account_id, written_at__gt=now - span)
        .order_by("-written_at")
        .values_list("written_at", flat=True)[:MOST_AN_HOUR]
    )
    if len(lately) == MOST_AN_HOUR:
        again = lately[-1] + span
        raise TooMany(
            _("Paling banyak %(most)d tulisan dalam satu jam. Anda dapat menulis lagi pukul %(time)s.")
            % {"most": MOST_AN_HOUR, "time": date_format(timezone.localtime(again), "H.i")},
            retry_at=again,
            next_step=_("Simpan dahulu sebagai draf."),
        )


def _answered(thread: Thread, entry_id: UUID) -> Entry:
    """The entry that is answered; an answer to an answer goes below the same entry."""
    above = Entry.objects.select_related("answers_to").filter(pk=entry_id, thread=thread).first()
    if above is None:
        raise NotFound(_("Tulisan yang Anda jawab tidak ada dalam diskusi ini."))
    top = above.answers_to or above
    if top.hidden_at:
        raise Conflict(_("Tulisan yang Anda jawab disembunyikan pengampu."))
    return top


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _words(text: str) -> str:
    """A text as it is kept; Invalid for none, or one too long."""
    words = _clean(text)
    if not words:
        raise Invalid(_("Tulis dahulu pendapat Anda, satu kalimat pun cukup."), field="text")
    if len(words) > LONGEST_ENTRY:
        raise _too_long(words)
    return words


def _too_long(words: str) -> Invalid:
    return Invalid(
        _("Tulisan Anda %(have)d karakter; paling banyak %(most)d karakter.")
        % {"have": len(words), "most": LONGEST_ENTRY},
        field="text",
    )


def _record(act: str, entry: Entry, by: Actor) -> None:
    _write(act, entry.thread, by, entry=str(entry.pk))


def _record_thread(act: str, thread: Thread, by: Actor) -> None:
    _write(act, thread, by)


def _write(act: str, thread: Thread, by: Actor, **more: str) -> None:
    ledger.record(
        act=act,
        agency_id=thread.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{thread.cohort_id}",
        data={"topic": thread.topic, **more},
    )
