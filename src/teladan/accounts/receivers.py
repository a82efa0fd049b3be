"""Authenticators belong to allauth; what happens to them is recorded all the same, in the transaction that does it."""

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from teladan.ledger import api as ledger


@receiver(post_save, sender=Authenticator, dispatch_uid="accounts.second_factor_added")
def record_added(instance: Any, created: bool, **_kwargs: Any) -> None:
    """An authenticator or its spare codes were switched on."""
    if created:
        _record("accounts.second_factor_added", instance)


@receiver(post_delete, sender=Authenticator, dispatch_uid="accounts.second_factor_removed")
def record_removed(instance: Any, **_kwargs: Any) -> None:
    """An authenticator or its spare codes were switched off."""
    _record("accounts.second_factor_removed", instance)


def _record(act: str, authenticator: Any) -> None:
    user = getattr(context.request, "user", None)
    with transaction.atomic():
        ledger.record(
            act=act,
            agency_id=authenticator.user.agency_id,
            actor_id=user.pk if user is not None else None,
            subject=f"account:{authenticator.user_id}",
            data={"kind": str(authenticator.type)},
        )
