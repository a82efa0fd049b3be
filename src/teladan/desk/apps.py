from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "teladan.desk"
    label = "desk"

    def ready(self) -> None:
        from teladan.desk import receivers  # noqa: F401, PLC0415  (subscribing needs the app registry)
        from teladan.desk.documents import SOURCES  # noqa: PLC0415  (models must be loaded first)
        from teladan.search import api as search  # noqa: PLC0415

        for source in SOURCES:
            search.register(source)
