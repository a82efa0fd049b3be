"""Settings of `teladan course preview`: one folder, no database, nobody signed in."""

from teladan.config.environment import text
from teladan.config.settings import *  # noqa: F403  (the installation's own, and what differs)

PREVIEW = text("TELADAN_PREVIEW_FOLDER", "")
ROOT_URLCONF = "teladan.config.urls_preview"
DATABASES = {}
SESSION_COOKIE_NAME = "pratinjau"  # cookies of another server on this machine mean nothing here
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
