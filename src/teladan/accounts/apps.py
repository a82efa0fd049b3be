"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Registers the agency's scope with the background work, the nightly tidying and the receivers."""

    name = "teladan.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Only now are the models loaded that these need.
        from teladan.accounts import receivers, tasks  # noqa: F401, PLC0415
        from teladan.accounts.scope import agency_scope  # noqa: PLC0415
        from teladan.jobs import api as jobs  # noqa: PLC0415

        jobs.set_scope(agency_scope)
