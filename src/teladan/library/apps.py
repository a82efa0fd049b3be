from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "teladan.library"
    label = "library"

    def ready(self) -> None:
        from teladan.library.documents import SOURCES  # noqa: PLC0415  (models must be loaded first)
        from teladan.search import api as search  # noqa: PLC0415

        for source in SOURCES:
            search.register(source)
