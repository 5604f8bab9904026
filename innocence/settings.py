"""One file of settings; whatever differs between two installations comes from the environment.

docs/deploying.md explains each variable.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
"""What the site writes by itself: the default database, uploads, collected static files."""

# The essentials ------------------------------------------------------------------------

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-" * 3 if DEBUG else "")
if not SECRET_KEY and sys.argv[1:2] != ["screen"]:  # which signs nothing
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a long random text (or DJANGO_DEBUG=1 on your own machine)."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])
"""Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
PLAIN_HTTP = env.bool("PLAIN_HTTP", default=DEBUG)
"""Serve without HTTPS: for a demonstration or a test on one machine, never for a public site."""
_HOST = ALLOWED_HOSTS[0].lstrip(".*") if ALLOWED_HOSTS else ""
SITE_URL = env.str(
    "SITE_URL", default="http://127.0.0.1:8000" if PLAIN_HTTP else f"https://{_HOST}"
).rstrip("/")
if not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(
        "Set SITE_URL to the address of the site, such as https://www.example.org; it cannot be "
        "told from ALLOWED_HOSTS."
    )

# The organisation ----------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", default="Innocence")
SITE_POSTAL_ADDRESS = [
    line.strip() for line in env.str("SITE_POSTAL_ADDRESS", default="").split("|") if line.strip()
]
"""Where letters about cases go, line by line; a vertical bar parts them in the environment."""
SITE_EMAIL = env.str("SITE_EMAIL", default="")
"""The office's own public address, for security.txt and the footer."""
DONATE_URL = env.str("DONATE_URL", default="/donate/")
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en-us")
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")
USE_TZ = True

# Comments ------------------------------------------------------------------------------

COMMENT_MODE = env.str("COMMENT_MODE", default="newcomers")
"""Who waits for a moderator even when screening found nothing: all, newcomers or flagged."""
SCREENER = env.str("SCREENER", default="comments.screening.screen")
COMMENTS_PER_TEN_MINUTES = env.int("COMMENTS_PER_TEN_MINUTES", default=15)
REDACTION_UNDO_HOURS = env.int("REDACTION_UNDO_HOURS", default=24)
"""How long the characters that a redaction cut are kept for an undo."""
KEEP_PERSONAL_DATA_DAYS = env.int("KEEP_PERSONAL_DATA_DAYS", default=365)
"""How long the address of a decided comment's author is kept."""
CASE_ENQUIRIES_KEPT_DAYS = env.int("CASE_ENQUIRIES_KEPT_DAYS", default=30)
"""How long a case enquiry that was answered by letter is kept: text, name and address."""

# Parts ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "comments",
    "articles",
    "auditlog",
    "crispy_forms",
    "django_htmx",
    "django_prose_editor",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "innocence.middleware.trust_proxies",
    "innocence.middleware.read_as_utf8",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "innocence.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "innocence.middleware.explain_method",
    "innocence.middleware.keep_writing",
]

ROOT_URLCONF = "innocence.urls"
WSGI_APPLICATION = "innocence.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "innocence.context.site",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "house"
CRISPY_TEMPLATE_PACK = "house"

# Database, cache, mail -----------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'innocence.sqlite3'}")
}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured("DATABASE_URL is no address of a database: see docs/deploying.md.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    with suppress(OSError):  # a read-only checkout can screen; the database itself says the rest
        Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # IMMEDIATE takes the write lock when a transaction begins, so a writer waits instead of
    # failing halfway; WAL lets readers go on meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY;"
            # INSERT OR REPLACE deletes too, and only so the audit log hears of it.
            "PRAGMA secure_delete=ON;PRAGMA recursive_triggers=ON;"
            "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-8000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 8,
        "timeout": 5,
    }

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

_MAIL = env.email_url("EMAIL_URL", default="consolemail://")
if path := _MAIL["EMAIL_FILE_PATH"]:
    _MAIL["EMAIL_FILE_PATH"] = str(Path("/", path))  # filemail:///srv/mail means /srv/mail
vars().update(_MAIL)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=SITE_EMAIL or "noreply@localhost")

# Files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "innocence" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# People --------------------------------------------------------------------------------

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "staff-home"
LOGOUT_REDIRECT_URL = "articles:front"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Security ------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31536000
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "innocence.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Cookies, not the session: a page for a visitor never touches the session table.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Subdomains and the preload list are the organisation's to decide, not this application's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Logs carry no visitor's words: see innocence/logs.py. Errors go to the console only, never by
# mail, because Django's error mail would carry the posted form.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "innocence.logs.WordlessFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
