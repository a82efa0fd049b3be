from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "teladan.search"
    label = "search"

    def ready(self) -> None:
        from teladan.search import tasks  # noqa: F401, PLC0415  (registers; models must be loaded first)
