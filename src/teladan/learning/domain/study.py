"""What a participant does in the module: reads, leaves, writes, checks, plays scenes, gives feedback.

Each verb looks before its transaction and writes inside it, because on SQLite nobody else writes meanwhile. What must not
change in between is asked again by `note`, which holds the record's lock.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotFound
from teladan.learning import statements, turns
from teladan.learning.domain.completion import complete_if_done
from teladan.learning.domain.record import course_of, course_read_by, note, own_enrolment, stage_of
from teladan.learning.enums import EnrolmentState, Stage
from teladan.learning.models import Enrolment, Feedback, Writing
from teladan.learning.progress import Progress, from_json
from teladan.learning.queries.course import place, writing_places
from teladan.lrs import api as lrs
from teladan.rulebook.data import Chapter, Course, Page

LONGEST_WRITING = 5000  # characters


def find_page(course: Course, chapter_key: str, slug: str) -> tuple[Chapter, Page]:
    """A page of an open chapter by its slug; NotFound otherwise."""
    try:
        chapter = course.chapter(chapter_key)
        return chapter, chapter.page(slug)
    except KeyError:
        raise NotFound(_("Halaman ini tidak ada dalam materi."), next_step=_("Kembali ke menu materi.")) from None


def progress_of(enrolment: Enrolment) -> Progress:
    row = getattr(enrolment, "progress", None)
    return from_json(row.state) if row else Progress()


def refuse_ended(enrolment: Enrolment) -> None:
    """Conflict, with the reason, when somebody was taken out or their class cancelled."""
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise turns.ended(enrolment.withdrawn_reason)


def _open_for(enrolment: Enrolment) -> None:
    refuse_ended(enrolment)
    stage = stage_of(enrolment, progress_of(enrolment))
    refuse_closed(enrolment.pk, opens_at=enrolment.cohort.opens_at, stage=stage)


def refuse_closed(enrolment_id: UUID, *, opens_at: datetime, stage: Stage) -> None:
    """NotYet, with what comes first, while the pages of a module are not open to somebody."""
    if opens_at > clock.now():
        raise turns.not_opened(enrolment_id)
    if stage is Stage.PRE_TEST:
        message = _("Materi terbuka setelah Tes Awal selesai.")
        raise turns.not_yet(message, enrolment_id=enrolment_id, stage=stage)


def _say(enrolment: Enrolment, verb: str, path: tuple[str, ...], kind: str, name: str, **more: object) -> lrs.Statement:
    return statements.make(
        verb=verb,
        course=enrolment.cohort.course_key,
        version=enrolment.cohort.course_version,
        path=path,
        kind=kind,
        name=name,
        account_id=enrolment.account_id,
        registration=enrolment.pk,
        at=clock.now(),
        **more,  # type: ignore[arg-type]  # forwarded as they are: again, result, extensions
    )


def read_page(*, enrolment_id: UUID, chapter: str, page: str, by: Actor) -> Progress:
    """The participant has read this page. The last unread page of a chapter completes it; an agency's own page counts
    for nothing."""
    enrolment = own_enrolment(enrolment_id, by)
    _open_for(enrolment)
    found, read = find_page(course_read_by(enrolment), chapter, page)
    if read.is_local:
        return progress_of(enrolment)
    said = _say(enrolment, "experienced", ("materi", chapter, page), "lesson", read.title)
    with transaction.atomic():
        progress = note(enrolment, [said])
        # Asked after the first note, which holds the lock: of two pages read at once, the later completes the chapter.
        if chapter not in progress.chapters_done and progress.pages[chapter].keys() >= {p.slug for p in found.pages}:
            progress = note(enrolment, [_say(enrolment, "completed", ("materi", chapter), "module", found.title)])
    return progress


def leave(*, enrolment_id: UUID, chapter: str, page: str, by: Actor) -> Progress:
    """Simpan & Keluar: remember this page as the place to go on; of an agency's own, the page it follows."""
    enrolment = own_enrolment(enrolment_id, by)
    _open_for(enrolment)
    found, at = find_page(course_read_by(enrolment), chapter, page)
    if at.is_local:
        at = found.pages[at.number - 1]
        page = at.slug
    minute = clock.now().replace(second=0, microsecond=0).isoformat()  # a button pressed twice states it once
    said = _say(enrolment, "suspended", ("materi", chapter, page), "lesson", at.title, again=minute)
    with transaction.atomic():
        return note(enrolment, [said])


def write(*, enrolment_id: UUID, key: str, text: str, by: Actor) -> None:
    """Keep a reflection, an analysis or a commitment; the newest text replaces the former. Only its writer reads it."""
    enrolment = own_enrolment(enrolment_id, by)
    _open_for(enrolment)
    kind = writing_places(course_of(enrolment)).get(key)
    if kind is None:
        raise NotFound(_("Tempat menulis ini tidak ada dalam materi."))
    text = text.replace("\x00", "").replace("\r\n", "\n")
    if not text.strip():
        raise Invalid(_("Tulis dahulu jawaban Anda, satu kalimat pun cukup."), field="text")
    if len(text) > LONGEST_WRITING:
        raise Invalid(
            _("Tulisan Anda %(have)d karakter; paling banyak %(most)d karakter.")
            % {"have": len(text), "most": LONGEST_WRITING},
            field="text",
        )
    kept = {"agency_id": enrolment.agency_id, "kind": kind, "text": text, "written_at": clock.now()}
    with transaction.atomic():
        Writing.objects.update_or_create(enrolment=enrolment, key=key, defaults=kept)
        note(enrolment, [_say(enrolment, "submitted", ("tulisan", key), "question", kind)])


def answer_check(
    *, enrolment_id: UUID, item: str, choice: str, attempt: int | None = None, by: Actor
) -> instruments.CheckView:
    """Answer a self-check: every try is kept, none counts. A page that sends which try it offers counts once."""
    enrolment = own_enrolment(enrolment_id, by)
    _open_for(enrolment)
    found = course_of(enrolment).items.get(item)
    if found is None or found.use != "cek":
        raise NotFound(_("Cek diri ini tidak ada dalam materi."))
    with transaction.atomic():
        view = instruments.check_answer(
            item=found,
            choice=choice,
            context=enrolment.pk,
            account_id=enrolment.account_id,
            agency_id=enrolment.agency_id,
            attempt=attempt,
            by=by,
        )
        result = {"response": view.choice, "success": view.is_correct}
        said = _say(enrolment, "answered", ("cek", item), "question", item, again=str(view.attempt), result=result)
        note(enrolment, [said])
    return view


def start_scene(*, enrolment_id: UUID, scene: str, by: Actor, again: bool = False) -> instruments.PlayView:
    """Open a scene, or go on with the one begun; `again` begins anew and keeps the former path."""
    enrolment = own_enrolment(enrolment_id, by)
    _open_for(enrolment)
    found = course_of(enrolment).scenes.get(scene)
    if found is None:
        raise NotFound(_("Adegan ini tidak ada dalam materi."))
    start = instruments.restart_play if again else instruments.start_play
    return start(
        scene=found, account_id=enrolment.account_id, agency_id=enrolment.agency_id, context=enrolment.pk, by=by
    )


@transaction.atomic
def choose_in_scene(*, enrolment_id: UUID, scene: str, step: int, choice: str, by: Actor) -> instruments.PlayView:
    """Make a choice in a scene; it cannot be unmade, only played anew. A first choice that is refused begins nothing."""
    play = start_scene(enrolment_id=enrolment_id, scene=scene, by=by)
    enrolment = own_enrolment(enrolment_id, by)
    played = course_of(enrolment).scenes[scene]
    view = instruments.choose(play_id=play.play_id, step=step, choice=choice, by=by, scene=played)
    again = str(uuid5(play.play_id, f"{step}"))
    path = ("adegan", scene, str(step))
    said = _say(enrolment, "responded", path, "question", scene, again=again, result={"response": choice})
    note(enrolment, [said])
    return view


def give_feedback(*, enrolment_id: UUID, answers: Mapping[str, str], by: Actor) -> Progress:
    """Say what one thinks of the course; afterwards the course is complete and the certificate is issued."""
    enrolment = own_enrolment(enrolment_id, by)
    refuse_ended(enrolment)
    course, before = course_of(enrolment), progress_of(enrolment)
    stage = stage_of(enrolment, before)
    if stage not in {Stage.FEEDBACK, Stage.DONE}:
        message = _("Umpan balik terbuka setelah Anda lulus Tes Akhir.")
        raise turns.not_yet(message, enrolment_id=enrolment_id, stage=stage, place=place(course, before))
    clean: dict[str, str | int] = {}
    for item in course.feedback:
        given = answers.get(item.key, "").strip()
        if item.kind == "skala5":
            if given not in {"1", "2", "3", "4", "5"}:
                raise Invalid(_("Pilih salah satu angka 1 sampai 5."), field=item.key)
            clean[item.key] = int(given)
        else:
            clean[item.key] = given.replace("\x00", "")[:2000]
    kept = {"agency_id": enrolment.agency_id, "answers": clean, "given_at": clock.now()}
    with transaction.atomic():
        Feedback.objects.get_or_create(enrolment=enrolment, defaults=kept)
        progress = note(enrolment, [_say(enrolment, "submitted", ("umpan-balik",), "survey", "Umpan balik")])
        return complete_if_done(enrolment, progress, by=by)
