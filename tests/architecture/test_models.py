"""Models keep the house's rules: references point down, every field is classified, every agency's data is scoped."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

FLOORS = ["jobs", "ledger", "files", "search", "accounts", "people", "desk", "letters", "library", "instruments", "lrs"]
FLOORS += ["learning"]
HEIGHT = {
    "jobs": 0,
    "ledger": 1,
    "files": 1,
    "search": 1,
    "accounts": 2,
    "people": 3,
    "desk": 4,
    "letters": 4,
    "library": 4,
}
HEIGHT |= {"instruments": 5, "lrs": 5, "learning": 6}
CLASSES = {"public", "internal", "personal", "sensitive"}


def ours() -> Iterator[type[models.Model]]:
    for label in FLOORS:
        yield from apps.get_app_config(label).get_models()


@pytest.mark.parametrize("model", list(ours()), ids=lambda m: m._meta.label)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    fields = {f.name for f in model._meta.get_fields() if f.concrete and not f.auto_created}
    if model._meta.pk is not None and model._meta.pk.auto_created:
        fields.discard(model._meta.pk.name)
    privacy = getattr(model, "PRIVACY", {})
    assert fields - set(privacy) == set(), "fields without a class in PRIVACY"
    assert set(privacy) - fields - {"id"} == set(), "PRIVACY names fields that do not exist"
    assert set(privacy.values()) <= CLASSES


@pytest.mark.parametrize("model", list(ours()), ids=lambda m: m._meta.label)
def test_foreign_keys_point_downwards(model: type[models.Model]) -> None:
    mine = HEIGHT[model._meta.app_label]
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if field.concrete and isinstance(target, type) and target._meta.app_label in HEIGHT:
            theirs = HEIGHT[target._meta.app_label]
            same_room = target._meta.app_label == model._meta.app_label
            assert theirs < mine or same_room, f"{model._meta.label}.{field.name} points up to {target._meta.label}"


@pytest.mark.parametrize("model", list(ours()), ids=lambda m: m._meta.label)
def test_agency_data_is_scoped(model: type[models.Model]) -> None:
    if any(f.name == "agency" for f in model._meta.fields) and model._meta.label != "accounts.Account":
        from django_scopes import ScopeError, scopes_disabled

        with pytest.raises(ScopeError):
            model._default_manager.all().count()
        with scopes_disabled():
            assert model._default_manager.none().count() == 0


@pytest.mark.django_db
def test_migrations_are_in_step() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
