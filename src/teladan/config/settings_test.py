"""Settings of the test suite: a database of its own, cheap hashing, unhashed static files. Everything else as in
production. SQLite, unless TELADAN_DATABASE_URL names a PostgreSQL (`make test-postgres`)."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TELADAN_HOME", tempfile.mkdtemp(prefix="teladan-test-"))
os.environ.setdefault("TELADAN_SECRET_KEY", "only-for-tests")

from teladan.config.settings import *  # noqa: F403  (a settings module is a namespace; the environment comes first)
from teladan.config.settings import DATABASES, HOME, STORAGES

TESTING = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": Path(HOME) / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.sqlite3"}
else:
    del DATABASES["default"]["OPTIONS"]["pool"]  # a test's thread keeps no connection that would outlive it
    DATABASES["default"]["OPTIONS"]["options"] += " -c teladan.flush=on"  # tables may be emptied between tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
