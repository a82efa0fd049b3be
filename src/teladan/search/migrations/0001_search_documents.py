from django.db import migrations, models

from teladan.search import backends


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("agency_id", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=20)),
                ("audience", models.CharField(choices=[("public", "public"), ("signed_in", "signed_in"), ("permission", "permission")], max_length=10)),
                ("permission", models.CharField(blank=True, max_length=60)),
                ("owner_id", models.UUIDField(null=True)),
                ("scope_id", models.UUIDField(null=True)),
                ("title", models.CharField(max_length=300)),
                ("caption", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("address", models.CharField(max_length=300)),
                ("dated_on", models.DateField(null=True)),
                ("title_stems", models.TextField()),
                ("text_stems", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "agency_id"], name="search_document_of_source")],
                "constraints": [models.UniqueConstraint(fields=("source", "key"), name="search_document_once")],
            },
        ),
        migrations.RunPython(backends.install, backends.remove, elidable=False),
    ]
