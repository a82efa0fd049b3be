"""Settings of the kill test: this room alone, so that its processes start quickly."""

from teladan.config.settings_test import *  # noqa: F403  (a settings module is a namespace)

INSTALLED_APPS = ["teladan.jobs"]
