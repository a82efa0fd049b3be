from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "teladan.learning"
    label = "learning"

    def ready(self) -> None:
        from teladan.learning import receivers, tasks  # noqa: F401, PLC0415  (registering needs the app registry)
