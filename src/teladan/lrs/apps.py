from django.apps import AppConfig


class LrsConfig(AppConfig):
    name = "teladan.lrs"
    label = "lrs"
