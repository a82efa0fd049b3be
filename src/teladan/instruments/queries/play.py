from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from teladan.access.api import Actor
from teladan.instruments.data import ChoiceFact, PlayCard, PlayView, TrailView
from teladan.instruments.enums import PlayState
from teladan.instruments.models import SceneChoice, ScenePlay
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.sitting import chunks
from teladan.instruments.scenes import Made, TrailStep, WalkError, walk
from teladan.instruments.scoring import to_percent
from teladan.kernel.errors import NotFound
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Scene


def play_of(play_id: UUID, by: Actor | None) -> ScenePlay:
    """The play, when it is this actor's own; any play for None (the house itself). NotFound otherwise."""
    if by is None:
        with scopes_disabled():
            found = ScenePlay.objects.filter(pk=play_id).first()
    else:
        with scope(agency=by.agency_id):
            found = ScenePlay.objects.filter(pk=play_id).first()
    if found is None or (by is not None and not TABLE.can(by, "instruments.play", found)):
        raise NotFound(_("Adegan ini tidak ada atau bukan milik Anda."))
    return found


def play_view(play_id: UUID, by: Actor, *, scene: Scene | None = None) -> PlayView:
    """The play as its person sees it. NotFound when it is not theirs."""
    play = play_of(play_id, by)
    return view(play, scene or rulebook().scene(play.scene_key), made(play))


def made(play: ScenePlay) -> list[Made]:
    """The choices of a play in their order."""
    with scope(agency=play.agency_id):
        rows = SceneChoice.objects.filter(play=play).order_by("step").values_list("step", "choice")
        return [Made(step, choice) for step, choice in rows]


def view(play: ScenePlay, scene: Scene, choices: Sequence[Made]) -> PlayView:
    """A play seen through its scene. Of an outdated play as much as the present scene still can tell."""
    is_outdated = play.scene_version != scene.version
    try:
        here = walk(scene, choices)
    except WalkError:
        if not is_outdated:
            raise
        here = walk(scene, [])
    is_over = play.state == PlayState.FINISHED
    return PlayView(
        play_id=play.pk,
        scene_key=scene.key,
        title=scene.title,
        page=scene.page,
        attempt=play.attempt,
        state=PlayState(play.state),
        is_outdated=is_outdated,
        step=len(choices) + 1,
        node=here.node.key,
        text=here.node.text,
        echoes=here.echoes,
        choices=() if is_outdated or not play.is_open else tuple((c.key, c.text) for c in here.node.choices),
        trail=tuple(_trail(step, is_over) for step in here.trail),
        score=None if play.score_bp is None else to_percent(play.score_bp),
        debrief=scene.debrief if is_over else "",
        key_status=scene.key_status,
    )


def _trail(step: TrailStep, is_over: bool) -> TrailView:
    return TrailView(
        step=step.step,
        node=step.node.key,
        text=step.node.text,
        echoes=step.echoes,
        choice=step.choice.key,
        choice_text=step.choice.text,
        outcome=step.choice.outcome,
        score=step.score if is_over else None,
        feedback=step.choice.feedback if is_over else "",
        cites=step.choice.cites if is_over else (),
    )


def plays_visible_to(actor: Actor, *, context: UUID | None = None) -> list[PlayCard]:
    """The actor's own plays, the latest first."""
    with scope(agency=actor.agency_id):
        rows = ScenePlay.objects.all() if context is None else ScenePlay.objects.filter(context=context)
        visible = TABLE.visible(actor, "instruments.play", rows, Q)
        return _cards(visible.order_by("-started_at", "-id"))


def plays_of(contexts: Collection[UUID], *, scene_key: str | None = None) -> list[PlayCard]:
    """All plays of these contexts in the active scope, by start. The caller has checked that they may be seen."""
    found: list[PlayCard] = []
    for part in chunks(contexts):
        rows = ScenePlay.objects.filter(context__in=part)
        found += _cards(rows if scene_key is None else rows.filter(scene_key=scene_key))
    return sorted(found, key=lambda c: (c.started_at, c.id))


def play_card(play_id: UUID) -> PlayCard:
    """Any play with its raw choices, for receivers that write it down. NotFound when there is none."""
    play = play_of(play_id, None)
    with scope(agency=play.agency_id):
        return _cards([play])[0]


def _cards(plays: Iterable[ScenePlay]) -> list[PlayCard]:
    """The plays with their choices: one further query for every few hundred plays."""
    found = list(plays)
    made: dict[UUID, list[ChoiceFact]] = {}
    for part in chunks([play.pk for play in found]):
        for row in SceneChoice.objects.filter(play_id__in=part).order_by("step"):
            fact = ChoiceFact(
                step=row.step, node=row.node, choice=row.choice, score_bp=row.score_bp, chosen_at=row.chosen_at
            )
            made.setdefault(row.play_id, []).append(fact)
    return [
        PlayCard(
            id=play.pk,
            account_id=play.account_id,
            context=play.context,
            scene_key=play.scene_key,
            scene_version=play.scene_version,
            attempt=play.attempt,
            state=PlayState(play.state),
            started_at=play.started_at,
            finished_at=play.finished_at,
            score=None if play.score_bp is None else to_percent(play.score_bp),
            choices=tuple(made.get(play.pk, ())),
        )
        for play in found
    ]
