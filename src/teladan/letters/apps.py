from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "teladan.letters"
    label = "letters"
