"""The people app."""

from django.apps import AppConfig


class People(AppConfig):
    """Registers the background work and what is handed to the search."""

    name = "teladan.people"
    label = "people"

    def ready(self) -> None:
        # All of it needs the loaded models.
        from teladan.people import tasks  # noqa: F401, PLC0415
        from teladan.people.documents import SOURCES  # noqa: PLC0415
        from teladan.search import api as search  # noqa: PLC0415

        for source in SOURCES:
            search.register(source)
