from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "teladan.learning"
    label = "learning"

    def ready(self) -> None:
        from teladan.learning import receivers, tasks  # noqa: F401, PLC0415  (both need the app registry)
        from teladan.learning.documents import SOURCES  # noqa: PLC0415  (the same)
        from teladan.search import api as search  # noqa: PLC0415

        for source in SOURCES:
            search.register(source)
