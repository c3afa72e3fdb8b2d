"""Django settings. What may differ between installations comes from `env.py`; the rest stands here."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from cryptography.fernet import Fernet

from gongkai.config import env
from gongkai.config.keys import kept
from gongkai.config.refusals import refuse_what_cannot_be, refuse_what_is_unsafe
from gongkai.portal.file_types import words_by_ending

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.DATA.text()).resolve()
DATA.mkdir(parents=True, exist_ok=True)

ENVIRONMENT = env.DECLARED  # for the page that lists the settings
PRODUCTION = env.PRODUCTION.flag()
DEBUG = env.DEBUG.flag()
SECRET_KEY = env.SECRET_KEY.text() or kept(DATA / "keys" / "secret", lambda: secrets.token_urlsafe(50))
VAULT_KEYS = env.VAULT_KEYS.words() or kept(DATA / "keys" / "vault", lambda: Fernet.generate_key().decode()).split()
GONGKAI_NOW = env.NOW.text()
GONGKAI_CHECK_LINKS = env.CHECK_LINKS.flag()
GONGKAI_FETCH_PRIVATE = env.FETCH_PRIVATE.words()
GONGKAI_CHANNELS = env.CHANNELS.words()
GONGKAI_WEBHOOK = env.WEBHOOK.text()
GONGKAI_WEBHOOK_SECRET = env.WEBHOOK_SECRET.text()
GONGKAI_PROXIES = env.PROXIES.number()
GONGKAI_UPLOAD_BYTES = env.UPLOAD_MB.number() * 1024 * 1024
GONGKAI_PAGE_CACHE_BYTES = env.PAGE_CACHE_MB.number() * 1024 * 1024
GONGKAI_URGE_DAYS = env.URGE_DAYS.number()
GONGKAI_REVIEW_DAYS = env.REVIEW_DAYS.number()
GONGKAI_URGENT_MINUTES = env.URGENT_MINUTES.number()
GONGKAI_LOOK_AGAIN_DAYS = env.LOOK_AGAIN_DAYS.number()
GONGKAI_MEND_DAYS = env.MEND_DAYS.number()
GONGKAI_ESCALATE_DAYS = env.ESCALATE_DAYS.number()
GONGKAI_RESCREEN_DAYS = env.RESCREEN_DAYS.number()

ALLOWED_HOSTS = env.HOSTS.words()
BASE_URL = env.BASE_URL.text().rstrip("/")
refuse_what_cannot_be(env)
if PRODUCTION:
    refuse_what_is_unsafe(env, SECRET_KEY, VAULT_KEYS)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Floor by floor, lowest last, so that a higher floor's templates win.
GONGKAI_APPS = [
    "gongkai.office",
    "gongkai.ledger",
    "gongkai.standards",
    "gongkai.portal.importing",
    "gongkai.portal.pagecache",
    "gongkai.disclosure",
    "gongkai.portal",
    "gongkai.rectification",
    "gongkai.review",
    "gongkai.channels",
    "gongkai.bodies",
    "gongkai.foundation.publicforms",
    "gongkai.foundation.notifications",
    "gongkai.foundation.schedules",
    "gongkai.foundation.snapshots",
    "gongkai.foundation.events",
    "gongkai.foundation.accounts",
    "gongkai.foundation",
]
INSTALLED_APPS = [
    *[app for app in GONGKAI_APPS if (PACKAGE.parent / Path(*app.split(".")) / "apps.py").exists()],
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "gongkai.portal.pagecache.middleware.PageCacheMiddleware",  # outermost: what is kept is what was sent
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.review.guard.doors.AddressGuard",
    "django.middleware.common.CommonMiddleware",
    "gongkai.portal.sizes.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongkai.foundation.input.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.portal.preferences.PreferencesMiddleware",
    "gongkai.foundation.access.middleware.AccessMiddleware",
    "gongkai.foundation.accounts.middleware.TemporaryPasswordMiddleware",
    "gongkai.portal.unseen.UnseenMiddleware",
    "gongkai.review.guard.doors.ContentGuard",  # after those who refuse strangers: reading a file is work
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "gongkai.sqlite3",
    # A connection that is kept keeps the schema it read and its pages; opening one took longer than most queries do.
    "CONN_MAX_AGE": 600,
    "OPTIONS": {
        "timeout": 20,
        # Writers queue at BEGIN instead of failing half-way with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    },
}


def database(url: str) -> dict[str, Any]:
    """The database of an address; SQLite with what it needs here, wherever its file lies."""
    if not url:
        return SQLITE
    named: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    return SQLITE | {"NAME": named["NAME"]} if named["ENGINE"] == SQLITE["ENGINE"] else named


DATABASES: dict[str, Any] = {"default": database(env.DATABASE_URL.text())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "gongkai.foundation.search"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "gongkai.foundation.accounts.backends.PasswordBackend",
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # either of them locks
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongkai.foundation.accounts.lockout.refuse"
AXES_CLIENT_IP_CALLABLE = "gongkai.foundation.publicforms.addresses.client_address"
AXES_ENABLE_ADMIN = False
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = PRODUCTION and BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GONGKAI_PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "gongkai.portal.errors.csrf_failure"

# Language and time
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]  # every word of the interface is found at the first look
LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
DATE_FORMAT, DATETIME_FORMAT, SHORT_DATE_FORMAT = "Y年n月j日", "Y年n月j日 H:i", "Y-m-d"
FORMAT_MODULE_PATH = ["gongkai.config.formats"]

# Files. Uploads and evidence are never served by address alone: views check the gate first.
STATIC_URL, STATIC_ROOT = "/static/", DATA / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", DATA / "media"
STORAGES = {
    "default": {"BACKEND": "gongkai.foundation.guard.storages.GuardedStorage"},
    "private": {
        "BACKEND": "gongkai.foundation.files.PrivateStorage",
        "OPTIONS": {"location": str(DATA / "private")},  # a text: Wagtail hands it to the worker when a file goes
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["gongkai.foundation.guard.uploads.MemoryUploadHandler"]  # judged before a byte is on the disk

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.EMAIL_FROM.text()
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
if env.EMAIL_URL.text():
    _smtp = urlsplit(env.EMAIL_URL.text())
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname or "localhost"
    EMAIL_PORT = _smtp.port or {"smtps": 465, "smtp+tls": 587}.get(_smtp.scheme, 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _smtp.scheme == "smtps", _smtp.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 20

# Wagtail
WAGTAIL_SITE_NAME = "政务公开"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one county, one clock: nobody is asked
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # passwords are reset by a person of the office, with a temporary one
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}
WAGTAIL_WORKFLOW_ENABLED = False  # reviewing is done at the gate, for every kind of record alike
WAGTAILDOCS_DOCUMENT_MODEL = "portal.AttachmentFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "gongkai.portal.filing.AttachmentFileForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never an address of the storage: the view asks the gate
WAGTAILDOCS_EXTENSIONS = sorted(words_by_ending())
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "gongkai.foundation.guard.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gongkai": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
