"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teladan.config.settings")
application = get_wsgi_application()

from teladan.config.warm import warm  # noqa: E402  (the apps must be ready)

warm()
