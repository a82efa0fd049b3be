"""The web: pages by audience over the engines' doors."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

AUDIENCES = ("public", "account", "employee", "lead", "trainer", "officer", "insight", "operator")


class WebConfig(AppConfig):
    name = "teladan.web"
    label = "web"

    def ready(self) -> None:
        """Each audience may have a module `doors` that registers its doors (`web.base.doors.register`)."""
        for audience in AUDIENCES:
            if find_spec(f"teladan.web.{audience}") and find_spec(f"teladan.web.{audience}.doors"):
                import_module(f"teladan.web.{audience}.doors")
