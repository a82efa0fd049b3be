from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "teladan.desk"
    label = "desk"

    def ready(self) -> None:
        from teladan.desk.documents import SOURCES  # noqa: PLC0415  (models must be loaded first)
        from teladan.search import api as search  # noqa: PLC0415

        for source in SOURCES:
            search.register(source)
