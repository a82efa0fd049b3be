from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "teladan.instruments"
    label = "instruments"

    def ready(self) -> None:
        from teladan.instruments import tasks  # noqa: F401, PLC0415  (schedules need the app registry)
