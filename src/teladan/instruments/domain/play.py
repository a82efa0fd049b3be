from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from teladan.access.api import Actor
from teladan.instruments.data import PlayView
from teladan.instruments.enums import PlayState
from teladan.instruments.events import SceneFinished
from teladan.instruments.models import SceneChoice, ScenePlay
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.play import made, play_of, view
from teladan.instruments.scenes import Made, Walk, WalkError, walk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed
from teladan.ledger import api as ledger
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Scene

LONGEST_WAY = 200  # steps; a scene may lead in circles, a play may not go on for ever


def start_play(*, scene: Scene, account_id: UUID, agency_id: UUID, context: UUID, by: Actor) -> PlayView:
    """Begin a scene, or come back to the latest play of it in this context. NotAllowed for somebody else's."""
    once = _own(scene, account_id, agency_id, context, by)
    with scope(agency=agency_id):
        play = ScenePlay.objects.filter(**once).order_by("-attempt").first()
        if play is None:
            with transaction.atomic():
                play = _begin(agency_id, once, 1, scene)
    return view(play, scene, made(play))


def restart_play(*, scene: Scene, account_id: UUID, agency_id: UUID, context: UUID, by: Actor) -> PlayView:
    """Begin a scene anew; the earlier plays stay as they are. A play in which nothing was chosen yet is new enough, so
    that doing this twice begins one further play. NotAllowed for somebody else's."""
    once = _own(scene, account_id, agency_id, context, by)
    with scope(agency=agency_id), transaction.atomic():
        last = ScenePlay.objects.select_for_update().filter(**once).order_by("-attempt").first()
        if last is None or made(last) or last.scene_version != scene.version:
            if last is not None and last.is_open:
                last.state, last.finished_at = PlayState.LEFT, clock.now()
                last.save(update_fields=["state", "finished_at"])
            last = _begin(agency_id, once, last.attempt + 1 if last else 1, scene)
    return view(last, scene, made(last))


def _own(scene: Scene, account_id: UUID, agency_id: UUID, context: UUID, by: Actor) -> dict[str, object]:
    once: dict[str, object] = {"account_id": account_id, "context": context, "scene_key": scene.key}
    if not TABLE.can(by, "instruments.play", ScenePlay(agency_id=agency_id, **once)):
        raise NotAllowed(_("Adegan hanya dapat dimulai oleh peserta itu sendiri."))
    return once


def choose(*, play_id: UUID, step: int, choice: str, by: Actor, scene: Scene | None = None) -> PlayView:
    """Make the choice of a step (from 1). The same choice again changes nothing; a choice is never overwritten.

    NotFound for another's play; Conflict when the step was decided otherwise, the play is over, or the scene has a
    newer version; Invalid for a choice that the node does not have or a step that is not the next one.
    """
    play = play_of(play_id, by)
    scene = scene or rulebook().scene(play.scene_key)
    with scope(agency=play.agency_id), transaction.atomic():
        play = ScenePlay.objects.select_for_update().get(pk=play_id)
        choices = made(play)
        if not _is_repeat(choices, step, choice):
            _check_open(play, scene, choices)
            here = _walk(scene, [*choices, Made(step, choice)])
            choices.append(Made(step, choice))
            _keep(play, here)
            if here.is_over:
                _finish(play, scene, here)
    return view(play, scene, choices)


def _begin(agency_id: UUID, once: dict[str, object], attempt: int, scene: Scene) -> ScenePlay:
    """The play of this attempt, made now unless another request was first."""
    play = ScenePlay(agency_id=agency_id, attempt=attempt, scene_version=scene.version, started_at=clock.now(), **once)
    ScenePlay.objects.bulk_create([play], ignore_conflicts=True)
    stored: ScenePlay = ScenePlay.objects.get(attempt=attempt, **once)
    if stored.pk == play.pk:
        ledger.record(
            act="instruments.play_started",
            agency_id=agency_id,
            actor_id=play.account_id,
            subject=f"play:{play.pk}",
            data={"scene": scene.key, "version": scene.version, "attempt": attempt},
        )
    return stored


def _is_repeat(choices: list[Made], step: int, choice: str) -> bool:
    if not 1 <= step <= len(choices):
        return False
    if choices[step - 1].choice != choice:
        raise Conflict(
            _("Langkah ini sudah Anda putuskan dengan pilihan lain."),
            next_step=_("Lanjutkan dari langkah terakhir, atau mulai adegan dari awal."),
        )
    return True


def _check_open(play: ScenePlay, scene: Scene, choices: list[Made]) -> None:
    if not play.is_open:
        raise Conflict(_("Adegan ini sudah selesai."), next_step=_("Mulai adegan dari awal untuk mencoba jalan lain."))
    if play.scene_version != scene.version:
        raise Conflict(_("Adegan ini sudah diperbarui sejak Anda memulainya."), next_step=_("Mulai adegan dari awal."))
    if len(choices) >= LONGEST_WAY:
        raise Conflict(_("Adegan ini sudah terlalu panjang."), next_step=_("Mulai adegan dari awal."))


def _walk(scene: Scene, choices: list[Made]) -> Walk:
    try:
        return walk(scene, choices)
    except WalkError as fault:
        raise Invalid(
            _("Pilihan ini tidak ada pada langkah tersebut."),
            field="choice",
            next_step=_("Muat ulang halaman, lalu pilih lagi."),
        ) from fault


def _keep(play: ScenePlay, here: Walk) -> None:
    last = here.trail[-1]
    SceneChoice.objects.create(
        agency_id=play.agency_id,
        play=play,
        step=last.step,
        node=last.node.key,
        choice=last.choice.key,
        score_bp=last.score_bp,
        chosen_at=clock.now(),
    )


def _finish(play: ScenePlay, scene: Scene, here: Walk) -> None:
    play.state, play.finished_at, play.ending = PlayState.FINISHED, clock.now(), here.node.key
    play.score_bp = here.score_bp or 0
    play.save(update_fields=["state", "finished_at", "score_bp", "ending"])
    ledger.record(
        act="instruments.play_finished",
        agency_id=play.agency_id,
        actor_id=play.account_id,
        subject=f"play:{play.pk}",
        data={
            "scene": scene.key,
            "version": scene.version,
            "steps": len(here.trail),
            "ending": here.node.key,
            "score_bp": play.score_bp,
        },
    )
    event = SceneFinished(
        play_id=play.pk,
        account_id=play.account_id,
        context=play.context,
        scene_key=scene.key,
        scene_version=scene.version,
        title=scene.title,
        attempt=play.attempt,
        steps=len(here.trail),
        ending=here.node.key,
        score_bp=play.score_bp,
        started_at=play.started_at,
        finished_at=play.finished_at,
    )
    jobs.publish(event, agency_id=play.agency_id)
