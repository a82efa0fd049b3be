"""Idempotency of posts: a form sent twice counts once."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from teladan.jobs.models import Post
from teladan.kernel.errors import Conflict


def once(*, key: str, account_id: UUID, purpose: str, run: Callable[[], str]) -> tuple[str, bool]:
    """Run `run` unless this account's `key` has run before, and return what it returned then; True when it ran now.

    The run and the note of its result are one transaction: a run that raises leaves no trace and may be repeated. The
    returned string (an address or id, at most 500 characters) is kept for a week. The same key with another `purpose`
    is a Conflict.
    """
    if found := _stored(key, account_id, purpose):
        return found[0], False
    try:
        with transaction.atomic():
            # The key goes first: on PostgreSQL a simultaneous repetition waits here until the first one is decided.
            with transaction.atomic():
                post = Post.objects.create(account_id=account_id, key=key, purpose=purpose)
            post.result = run()
            post.save(update_fields=["result"])
            return post.result, True
    except IntegrityError:
        if not (found := _stored(key, account_id, purpose)):
            raise
        return found[0], False


def _stored(key: str, account_id: UUID, purpose: str) -> tuple[str] | None:
    post = Post.objects.filter(account_id=account_id, key=key).first()
    if post is None:
        return None
    if post.purpose != purpose:
        raise Conflict(
            _("Formulir ini sudah dipakai untuk kiriman lain."),
            next_step=_("Muat ulang halaman, lalu kirim sekali lagi."),
        )
    return (post.result,)
