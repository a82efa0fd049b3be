from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "teladan.desk"
    label = "desk"

    def ready(self) -> None:
        from teladan.desk import receivers  # noqa: F401, PLC0415  (subscribing needs the app registry)
