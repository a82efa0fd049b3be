"""Refusals. Each says what is wrong, where, on what basis and what to do next; the web shows all of it."""

from datetime import datetime


class TeladanError(Exception):
    """A refusal that a person may read.

    `message` is a whole sentence in the reader's language; `field` the input it belongs to; `basis` the citation
    (regulation key and article) it rests on; `next_step` what the person can do now; `next_url` where, and `next_label`
    the words of the button that leads there.
    """

    status = 400

    def __init__(
        self,
        message: str,
        *,
        field: str = "",
        basis: str = "",
        next_step: str = "",
        next_url: str = "",
        next_label: str = "",
    ) -> None:
        super().__init__(message)
        self.message, self.field, self.basis = message, field, basis
        self.next_step, self.next_url, self.next_label = next_step, next_url, next_label


class Invalid(TeladanError):
    """The input cannot be accepted as it is."""

    status = 422


class NotAllowed(TeladanError):
    """The actor may not do this."""

    status = 403


class NotFound(TeladanError):
    """There is no such thing for this actor (also said when it exists but is not theirs)."""

    status = 404


class Conflict(TeladanError):
    """The thing has moved on: finished, replaced, closed."""

    status = 409


class NotYet(Conflict):
    """Something else comes first. Give `next_step`, `next_url` and `next_label`, so that the refusal leads there."""


class TooMany(TeladanError):
    """Tried too often; `retry_at` says when to try again."""

    status = 429

    def __init__(self, message: str, *, retry_at: datetime, field: str = "", next_step: str = "") -> None:
        super().__init__(message, field=field, next_step=next_step)
        self.retry_at = retry_at


class Busy(TeladanError):
    """The store could not take the write now (locked, full). Nothing was changed; trying again is safe."""

    status = 503
