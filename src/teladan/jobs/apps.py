from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "teladan.jobs"
    label = "jobs"

    def ready(self) -> None:
        from teladan.jobs import tasks  # noqa: F401, PLC0415  (registers; models must be loaded first)
