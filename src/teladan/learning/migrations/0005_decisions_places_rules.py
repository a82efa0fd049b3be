import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import teladan.kernel.ids

KINDS = ("waktu", "kesempatan", "pindah", "menyusul", "keluar", "kembali")


def gather(apps, schema_editor):
    """Extensions and extra attempts become decisions; nothing of them is lost."""
    alias = schema_editor.connection.alias  # the database that is migrated need not be the installation's own
    Decision = apps.get_model("learning", "Decision")
    kept = ("id", "agency_id", "enrolment_id", "reason")
    for name, kind, terms in (
        ("Extension", "waktu", lambda one: {"before": one.before.isoformat(), "due_at": one.due_at.isoformat()}),
        ("ExtraAttempt", "kesempatan", lambda one: {"number": one.number}),
    ):
        for one in apps.get_model("learning", name)._base_manager.using(alias).iterator():
            Decision._base_manager.using(alias).create(
                kind=kind,
                terms=terms(one),
                made_by_id=one.given_by_id,
                made_at=one.given_at,
                **{field: getattr(one, field) for field in kept},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("learning", "0004_first_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("cohort", "capacity", models.PositiveIntegerField(null=True)),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=teladan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12)),
                ("terms", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("enrolment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learning.enrolment")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["enrolment", "kind"], name="learning_decision_of")]},
        ),
        migrations.RunPython(gather, elidable=True),
        migrations.DeleteModel("Extension"),
        migrations.DeleteModel("ExtraAttempt"),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.UUIDField(default=teladan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("rank", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learning.cohort")),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["cohort", "account"], name="learning_waits_once")],
                "indexes": [models.Index(fields=["cohort", "rank"], name="learning_waiting_line")],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentRule",
            fields=[
                ("id", models.UUIDField(default=teladan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("conditions", models.JSONField()),
                ("is_standing", models.BooleanField(default=False)),
                ("added", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learning.cohort")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["cohort"], name="learning_rule_in_force")
                ]
            },
        ),
    ]
