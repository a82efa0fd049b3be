"""People are enrolled by rule: once, or every night for those who have come since. In small chunks, so that a rule that
means a whole agency holds nobody up."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.learning import paths
from teladan.learning.conditions import Conditions, from_json
from teladan.learning.data import RuleMatch
from teladan.learning.domain.cohort import cohort_for
from teladan.learning.domain.enrolment import refuse_over, take_in
from teladan.learning.models import Cohort, EnrolmentRule
from teladan.learning.queries.rule import matches
from teladan.ledger import api as ledger

CHUNK = 100  # people in one transaction
MOST_RULES = 20  # in force for one cohort


def preview_rule(*, cohort_id: UUID, conditions: Conditions, by: Actor) -> RuleMatch:
    """Whom a rule would enrol now. Nothing changes. Invalid without any condition."""
    cohort = cohort_for(cohort_id, "learning.organise", by)
    refuse_over(cohort)
    _refuse_empty(conditions)
    return matches(cohort, conditions)


@transaction.atomic
def add_rule(*, cohort_id: UUID, conditions: Conditions, is_standing: bool, by: Actor) -> UUID:
    """Enrol by rule in the background, soon; a standing rule also every night until it is ended or the cohort is over.
    The rule's id. Conflict when the cohort is over or has too many rules."""
    cohort = cohort_for(cohort_id, "learning.organise", by, lock=True)
    refuse_over(cohort)
    _refuse_empty(conditions)
    if EnrolmentRule.objects.filter(cohort=cohort, ended_at=None).count() >= MOST_RULES:
        raise Conflict(_("Angkatan ini sudah mempunyai banyak aturan."), next_step=_("Akhiri aturan yang tidak perlu."))
    rule = EnrolmentRule.objects.create(
        agency_id=by.agency_id,
        cohort=cohort,
        conditions=conditions.to_json(),
        is_standing=is_standing,
        made_by_id=by.account_id,
        made_at=clock.now(),
    )
    _record("learning.rule_added", rule, {"standing": int(is_standing)})
    _enqueue(rule)
    return rule.pk


@transaction.atomic
def end_rule(*, rule_id: UUID, by: Actor) -> None:
    """A rule enrols nobody any more; those whom it enrolled stay. Ended again, nothing happens."""
    rule = EnrolmentRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(_("Aturan ini tidak ada pada angkatan Anda."))
    cohort_for(rule.cohort_id, "learning.organise", by)
    if rule.ended_at is None:
        _end(rule)
        _record("learning.rule_ended", rule, {"added": rule.added})


def apply_rule(rule_id: UUID) -> bool:
    """Enrol the next of those whom a rule means; True while there may be more. Whom it means is read before the
    transaction; a rule never enrols twice, and done again it finds nobody new."""
    rule = EnrolmentRule.objects.select_related("cohort").filter(pk=rule_id, ended_at=None).first()
    if rule is None:
        return False
    part = matches(rule.cohort, from_json(rule.conditions)).new[:CHUNK]
    with transaction.atomic():
        cohort = Cohort.objects.select_for_update().get(pk=rule.cohort_id)
        locked = EnrolmentRule.objects.select_for_update().filter(pk=rule_id, ended_at=None).first()
        if locked is None:
            return False
        if cohort.cancelled_at is not None or cohort.closes_at < clock.now():
            _end(locked)
            return False
        if part:
            _enrol(locked, cohort, part)
        if len(part) == CHUNK:
            _enqueue(locked)
            return True
        if not locked.is_standing:
            _end(locked)
        return False


def _enrol(rule: EnrolmentRule, cohort: Cohort, accounts: tuple[UUID, ...]) -> None:
    maker = Actor(account_id=rule.made_by_id, agency_id=rule.agency_id)
    joined = take_in(cohort, accounts, by=maker)
    rule.added += joined.added + joined.waiting
    rule.save(update_fields=["added"])
    _record("learning.rule_applied", rule, {"added": joined.added, "waiting": joined.waiting})
    for account_id in accounts:
        desk.notify(
            agency_id=rule.agency_id,
            account_id=account_id,
            source=f"learning:rule:{rule.pk}:{account_id}",
            title=_("Kelas baru: %(cohort)s") % {"cohort": cohort.title},
            text=_("Anda didaftarkan menurut aturan penyelenggara. Lihat tugas dan batas waktunya di Belajar."),
            url=paths.CLASSES,
        )
    if rule.is_standing and len(accounts) < CHUNK:  # told once a night, not once a chunk
        text = ngettext(
            "Sejak dibuat, aturan ini mendaftarkan %(n)d orang.",
            "Sejak dibuat, aturan ini mendaftarkan %(n)d orang.",
            rule.added,
        )
        desk.notify(
            agency_id=rule.agency_id,
            account_id=rule.made_by_id,
            source=f"learning:rule:{rule.pk}:{rule.added}",
            title=_("Aturan mendaftarkan peserta: %(cohort)s") % {"cohort": cohort.title},
            text=text % {"n": rule.added},
            url=paths.cohort(cohort.pk),
        )


def _refuse_empty(conditions: Conditions) -> None:
    narrows = (conditions.unit_id, conditions.position_kinds, conditions.ranks, conditions.within_days)
    if not any(narrows) and not conditions.uncertified:
        raise Invalid(
            _("Pilih sedikitnya satu syarat."),
            field="unit",
            next_step=_("Untuk seluruh instansi, pilih unit teratas."),
        )


def _end(rule: EnrolmentRule) -> None:
    rule.ended_at = clock.now()
    rule.save(update_fields=["ended_at"])


def _enqueue(rule: EnrolmentRule) -> None:
    jobs.enqueue("learning.apply_rule", agency_id=rule.agency_id, unique=str(rule.pk), rule_id=str(rule.pk))


def _record(act: str, rule: EnrolmentRule, data: dict[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=rule.agency_id,
        actor_id=rule.made_by_id,
        subject=f"cohort:{rule.cohort_id}",
        data={"rule": str(rule.pk), **data},
    )
