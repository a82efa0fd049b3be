"""What the libraries of sign-in do is recorded all the same: authenticators come and go, sessions begin."""

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from teladan.accounts.domain.session import note_device
from teladan.ledger import api as ledger


@receiver(post_save, sender=Authenticator, dispatch_uid="accounts.second_factor_added")
def record_added(instance: Any, created: bool, **_kwargs: Any) -> None:
    """An authenticator or its spare codes were switched on."""
    if created:
        _record("accounts.second_factor_added", instance)


@receiver(post_delete, sender=Authenticator, dispatch_uid="accounts.second_factor_removed")
def record_removed(instance: Any, **_kwargs: Any) -> None:
    """An authenticator or its spare codes were switched off. Spare codes stand in for the authenticator and go with it."""
    _record("accounts.second_factor_removed", instance)
    if instance.type == Authenticator.Type.TOTP:
        for spare in Authenticator.objects.filter(user_id=instance.user_id, type=Authenticator.Type.RECOVERY_CODES):
            spare.delete()


@receiver(user_logged_in, dispatch_uid="accounts.session_begun")
def note_session(request: Any, **_kwargs: Any) -> None:
    """Somebody came in: the list of their devices will name this one."""
    note_device(request)


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
