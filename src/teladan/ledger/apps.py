from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "teladan.ledger"
    label = "ledger"

    def ready(self) -> None:
        from teladan.ledger import tasks  # noqa: F401, PLC0415  (registers; models must be loaded first)
