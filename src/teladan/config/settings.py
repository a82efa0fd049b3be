"""Settings. Everything that differs between installations comes from the environment and fails loudly when malformed."""

import os
import secrets
from pathlib import Path

from teladan.config.database_url import database
from teladan.config.environment import flag, integer, text
from teladan.config.sso import sso_providers
from teladan.rulebook.api import set_packs

SOURCE = Path(__file__).resolve().parent.parent  # the package
HOME = Path(text("TELADAN_HOME", "var")).resolve()  # data: database, blobs, secret key
DEMO = flag("TELADAN_DEMO", default=False)
DEBUG = False
BASE_URL = text("TELADAN_URL", "http://127.0.0.1:8000")
SECURE = BASE_URL.startswith("https://")


def _secret() -> str:
    """The key from the environment, else one made once beside the data, readable by its owner only."""
    if given := os.environ.get("TELADAN_SECRET_KEY"):
        return given
    path = HOME / "secret-key"
    HOME.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret()
ALLOWED_HOSTS = text("TELADAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_scopes",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "teladan.jobs",
    "teladan.ledger",
    "teladan.files",
    "teladan.search",
    "teladan.accounts",
    "teladan.people",
    "teladan.desk",
    "teladan.letters",
    "teladan.library",
    "teladan.instruments",
    "teladan.lrs",
    "teladan.learning",
    "teladan.web",
]

MIDDLEWARE = [
    "teladan.web.base.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages too, for weak lines; it pads at random, and tokens are masked anew
    "django.contrib.sessions.middleware.SessionMiddleware",
    "teladan.web.base.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "teladan.web.base.middleware.ActorAndScope",
    "teladan.web.base.middleware.NextAddress",
    "teladan.web.base.middleware.Refusals",
]
ROOT_URLCONF = "teladan.config.urls"
WSGI_APPLICATION = "teladan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "OPTIONS": {
            # Both cotton and template-partials would rewrite the loaders; said outright so that neither wins by accident.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "teladan.web.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "teladan.web.base.context.page",
            ],
        },
    }
]

DATABASES = {
    "default": database(text("TELADAN_DATABASE_URL", ""), home=HOME, pool=integer("TELADAN_DATABASE_POOL", 4)),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["teladan.accounts.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/tugas/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "teladan.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "teladan.accounts.forms.sign_in.SignInForm",
    "reauthenticate": "teladan.accounts.forms.sign_in.ConfirmPasswordForm",
    "change_password": "teladan.accounts.forms.password.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}  # the adapter finds the account by e-mail too, with one password check in any case
ACCOUNT_PRESERVE_USERNAME_CASING = False  # kept in lower case, so that a login is found by its index
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # accounts.domain.throttle counts instead, for all processes together
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # how long "it is still me" holds for what changes security
ACCOUNT_USER_DISPLAY = "teladan.accounts.adapter.display_name"
ALLAUTH_TRUSTED_PROXY_COUNT = integer("TELADAN_PROXIES", 1 if SECURE else 0)  # whose X-Forwarded-For is believed
MFA_ADAPTER = "teladan.accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "authenticate": "teladan.accounts.forms.second_factor.CodeForm",
    "reauthenticate": "teladan.accounts.forms.second_factor.ConfirmCodeForm",
    "activate_totp": "teladan.accounts.forms.second_factor.SwitchOnCodesForm",
    "add_webauthn": "teladan.accounts.forms.passkey.AddPasskeyForm",
    "login_webauthn": "teladan.accounts.forms.passkey.PasskeySignInForm",
    "authenticate_webauthn": "teladan.accounts.forms.passkey.PasskeyStepForm",
    "reauthenticate_webauthn": "teladan.accounts.forms.passkey.ConfirmPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False  # as above
MFA_TOTP_ISSUER = "Teladan"
MFA_TOTP_TOLERANCE = 1  # telephones in the field run half a minute fast or slow

SSO = sso_providers(text("TELADAN_SSO", ""))  # an agency's own provider; off without the file

SESSION_ENGINE = "teladan.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does it
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "teladan.web.base.errors.csrf_failure"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Asia/Jakarta"  # only until an agency is known; then the agency's own zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/statis/"
STATIC_ROOT = Path(text("TELADAN_STATIC", str(HOME / "static-built")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "teladan.web.ui.storage.Storage"},
}
WHITENOISE_MAX_AGE = 31_536_000

BLOBS = HOME / "blobs"
PACKS = Path(text("TELADAN_PACKS", "")) if text("TELADAN_PACKS", "") else None  # None: the packs that came along
if PACKS:
    set_packs(PACKS)
PREVIEW = ""  # a folder only in the server of `teladan course preview`
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
UPLOAD_LIMIT_BYTES = integer("TELADAN_UPLOAD_MB", 25) * 1_048_576

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("TELADAN_LOG", "WARNING")},
}
