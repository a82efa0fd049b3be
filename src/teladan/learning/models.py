"""Cohorts, enrolments, the progress projection, what participants write, feedback and learning hours."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7
from teladan.learning.enums import DecisionKind, EnrolmentState


class Cohort(models.Model):
    """An angkatan: people who take one version of one course between two moments."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "course_key": "public",
        "course_version": "public",
        "title": "internal",
        "opens_at": "internal",
        "closes_at": "internal",
        "attempts": "internal",
        "capacity": "internal",
        "is_sample": "internal",
        "made_at": "internal",
        "cancelled_at": "internal",
        "cancel_reason": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    course_key = models.CharField(max_length=60)
    course_version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=2)  # of the final test; the organiser's policy
    capacity = models.PositiveIntegerField(null=True)  # places; None: as many as come
    is_sample = models.BooleanField(default=False)  # answers come from the simulator: "data contoh"
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Cohort"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="learning_cohort_span"),
        )

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """One person in one cohort. Its id is the xAPI registration of everything they do there."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "account": "personal",
        "state": "personal",
        "enrolled_at": "internal",
        "due_at": "personal",
        "due_reason": "personal",
        "extra_attempts": "personal",
        "first_form": "internal",
        "finished_at": "personal",
        "withdrawn_at": "personal",
        "withdrawn_reason": "personal",
        "reminded_at": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in EnrolmentState], default=EnrolmentState.ACTIVE
    )
    enrolled_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_reason = models.CharField(max_length=300)
    extra_attempts = models.PositiveSmallIntegerField(default=0)  # of the final test, allowed to this person on top
    first_form = models.CharField(max_length=10, blank=True)  # of the first test; the final test takes the other one
    finished_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True)  # last time; at most once a day

    objects: ClassVar[models.Manager["Enrolment"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cohort", "account"], name="learning_enrolled_once"),)
        indexes = (models.Index(fields=["account", "state"], name="learning_enrolment_of"),)

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


class Decision(models.Model):
    """What was decided about one participant beyond the cohort's own rule: by whom, when and why. More time, another
    attempt, another cohort, a late start, taken out, brought back: one history, whatever was decided. `terms` say what
    it was, by kind (see `decisions`)."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "enrolment": "personal",
        "kind": "personal",
        "terms": "personal",
        "reason": "personal",
        "made_by": "internal",
        "made_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in DecisionKind])
    terms = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Decision"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = (models.Index(fields=["enrolment", "kind"], name="learning_decision_of"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.enrolment_id}"


class Waiting(models.Model):
    """Somebody who will be enrolled when a place in a full cohort frees; the smallest `rank` is next."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "account": "personal",
        "rank": "personal",
        "since": "internal",
        "reason": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    since = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)  # of the last change of place; empty: the order of coming

    objects: ClassVar[models.Manager["Waiting"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cohort", "account"], name="learning_waits_once"),)
        indexes = (models.Index(fields=["cohort", "rank"], name="learning_waiting_line"),)

    def __str__(self) -> str:
        return f"waiting {self.pk}"


class EnrolmentRule(models.Model):
    """People who meet these `conditions` (see `conditions`) are enrolled in a cohort: once, or every night as long as
    the rule stands and the cohort is open."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "conditions": "internal",
        "is_standing": "internal",
        "added": "internal",
        "made_by": "internal",
        "made_at": "internal",
        "ended_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    conditions = models.JSONField()
    is_standing = models.BooleanField(default=False)
    added = models.PositiveIntegerField(default=0)  # people it enrolled or put in line so far
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["EnrolmentRule"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = (models.Index(fields=["cohort"], condition=models.Q(ended_at=None), name="learning_rule_in_force"),)

    def __str__(self) -> str:
        return f"rule {self.pk}"


class Progress(models.Model):
    """Where an enrolment stands: a projection of its statements (`progress.fold`), never the source of anything."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "enrolment": "personal",
        "agency": "internal",
        "state": "personal",
        "last_at": "personal",
    }

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.JSONField(default=dict)
    last_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Progress"]] = ScopedManager(agency="agency")

    def __str__(self) -> str:
        return f"progress of {self.pk}"


class Writing(models.Model):
    """A reflection, an analysis or a commitment. Only its writer reads it."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "enrolment": "personal",
        "key": "internal",
        "kind": "internal",
        "text": "sensitive",
        "written_at": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    text = models.TextField(max_length=5000)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Writing"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enrolment", "key"], name="learning_writing_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Feedback(models.Model):
    """What a participant says about the course at its end; shown to facilitators only together with others'."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "enrolment": "personal",
        "agency": "internal",
        "answers": "sensitive",
        "given_at": "personal",
    }

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    given_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Feedback"]] = ScopedManager(agency="agency")

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class Credit(models.Model):
    """Learning hours (JP) of a person: one line of the personal ledger."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "account": "personal",
        "source": "internal",
        "title": "personal",
        "form": "personal",
        "jp": "personal",
        "earned_on": "personal",
        "basis": "internal",
        "document_code": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=40)
    jp = models.PositiveSmallIntegerField()
    earned_on = models.DateField()
    basis = models.CharField(max_length=200, blank=True)
    document_code = models.CharField(max_length=16, blank=True)

    objects: ClassVar[models.Manager["Credit"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "source"], name="learning_credit_once"),)
        indexes = (models.Index(fields=["account", "earned_on"], name="learning_credit_of"),)

    def __str__(self) -> str:
        return f"{self.jp} JP {self.pk}"


from teladan.learning.clip_models import Clip  # noqa: E402, F401  (Django looks for them here)
from teladan.learning.discussion_models import Entry, Reading, Thread  # noqa: E402, F401
from teladan.learning.room_models import Room, RoomAnswer, RoomQuestion  # noqa: E402, F401
