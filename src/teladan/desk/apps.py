from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "teladan.desk"
    label = "desk"
