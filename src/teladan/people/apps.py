"""The people app."""

from django.apps import AppConfig


class People(AppConfig):
    """Registers the background work."""

    name = "teladan.people"
    label = "people"

    def ready(self) -> None:
        from teladan.people import tasks  # noqa: F401, PLC0415  # needs the loaded models
