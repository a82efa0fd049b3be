from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "teladan.files"
    label = "files"

    def ready(self) -> None:
        from teladan.files import tasks  # noqa: F401, PLC0415  (registers; models must be loaded first)
