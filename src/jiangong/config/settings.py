"""Django settings. Every value that an operator may set is read in `environment`; see docs/operating.md."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from csp.constants import SELF
from django.utils.translation import gettext_lazy as _

from jiangong.config import environment as env

HOME = env.home()
SECRET_KEY = env.secret_key(HOME)
DEBUG = env.flag("JIANGONG_DEBUG", default=False)
ALLOWED_HOSTS = env.words("JIANGONG_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = env.address("JIANGONG_BASE_URL", "http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")
UPLOAD_LIMIT_MB = env.number("JIANGONG_UPLOAD_LIMIT_MB", 20, least=1, most=500)
PICTURE_LIMIT_MEGAPIXELS = env.number("JIANGONG_PICTURE_LIMIT_MEGAPIXELS", 100, least=1, most=1000)
FONT_FOLDERS = env.words("JIANGONG_FONT_FOLDERS", "")
THREADS = env.number("JIANGONG_THREADS", 8, least=1, most=64)
LOG_MONTHS = env.number("JIANGONG_LOG_MONTHS", 12, least=6, most=120)
TRUSTED_PROXIES = env.number("JIANGONG_TRUSTED_PROXIES", 0, least=0, most=5)
PASSWORD_LENGTH = env.number("JIANGONG_PASSWORD_LENGTH", 10, least=8, most=64)
PASSWORD_KINDS = env.number("JIANGONG_PASSWORD_KINDS", 2, least=1, most=4)
PASSWORDS_REMEMBERED = env.number("JIANGONG_PASSWORDS_REMEMBERED", 5, least=0, most=24)
PASSWORD_DAYS = env.number("JIANGONG_PASSWORD_DAYS", 0, least=0, most=3650)
INVITATION_DAYS = env.number("JIANGONG_INVITATION_DAYS", 7, least=1, most=60)
IDLE_MINUTES = env.number("JIANGONG_IDLE_MINUTES", 120, least=5, most=720)
OIDC_ISSUER = env.link("JIANGONG_OIDC_ISSUER", "")
OIDC_CLIENT = env.text("JIANGONG_OIDC_CLIENT", "")
OIDC_SECRET = env.text("JIANGONG_OIDC_SECRET", "")
OIDC_NAME = env.text("JIANGONG_OIDC_NAME", "OpenID Connect")
OIDC_SECOND_FACTOR = env.flag("JIANGONG_OIDC_SECOND_FACTOR", default=False)
env.with_each_other(
    JIANGONG_OIDC_ISSUER=OIDC_ISSUER, JIANGONG_OIDC_CLIENT=OIDC_CLIENT, JIANGONG_OIDC_SECRET=OIDC_SECRET
)
SECOND_FACTOR_ROLES = env.roles("JIANGONG_SECOND_FACTOR_ROLES", "")
EMAIL_HOST = env.text("JIANGONG_MAIL_HOST", "")
EMAIL_PORT = env.number("JIANGONG_MAIL_PORT", 465, least=1, most=65535)
EMAIL_HOST_USER = env.text("JIANGONG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("JIANGONG_MAIL_PASSWORD", "")
MAIL_SECURITY = env.one_of("JIANGONG_MAIL_SECURITY", "TLS", choices="TLS STARTTLS NONE")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SECURITY == "TLS", MAIL_SECURITY == "STARTTLS"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("JIANGONG_MAIL_FROM", "")
env.with_each_other(JIANGONG_MAIL_HOST=EMAIL_HOST, JIANGONG_MAIL_FROM=DEFAULT_FROM_EMAIL)
ROBOT_HOSTS = env.words("JIANGONG_ROBOT_HOSTS", "")
SESSIONS = env.number("JIANGONG_SESSIONS", 5, least=1, most=50)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "jiangong.ground.shared.apps.SharedConfig",
    "jiangong.ground.audit.apps.AuditConfig",
    "jiangong.ground.organization.apps.OrganizationConfig",
    "jiangong.ground.identity.apps.IdentityConfig",
    "jiangong.ground.sheets.apps.SheetsConfig",
    "jiangong.books.ledger.apps.LedgerConfig",
    "jiangong.books.evidence.apps.EvidenceConfig",
    "jiangong.books.figures.apps.FiguresConfig",
    "jiangong.work.activities.apps.ActivitiesConfig",
    "jiangong.governance.plan.apps.PlanConfig",
    "jiangong.governance.reports.apps.ReportsConfig",
    "jiangong.doors.desk.apps.DeskConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "jiangong.ground.shared.middleware.AddressMiddleware",
    "jiangong.ground.shared.middleware.LookAgainMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "jiangong.ground.organization.middleware.ActorMiddleware",
    "jiangong.ground.shared.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jiangong.config.urls"
WSGI_APPLICATION = "jiangong.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jiangong.doors.desk.frame.frame",
            ],
            "builtins": ["jiangong.ground.shared.templatetags.house"],
        },
    }
]

DATABASES = {"default": env.database(HOME, threads=THREADS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.Account"
SIGN_IN_BACKEND = "django.contrib.auth.backends.ModelBackend"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", SIGN_IN_BACKEND]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign_in"
SECOND_FACTOR_URL = "identity:factors"
PASSWORD_URL = "desk:password"  # noqa: S105  # the name of an address
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "jiangong.doors.desk.views.locked_out"
AXES_USERNAME_CALLABLE = "jiangong.ground.organization.middleware.typed_name"
AXES_CLIENT_STR_CALLABLE = "jiangong.ground.organization.middleware.caller_in_logs"
AXES_SENSITIVE_PARAMETERS = ["username", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the audit trail says who signed in
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "jiangong.ground.organization.middleware.client_address"

SESSION_ENGINE = "jiangong.ground.organization.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jiangong.ground.shared.middleware.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [str(Path(__file__).parent / "locale")]
TIME_ZONE = env.time_zone("JIANGONG_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {
        "BACKEND": "jiangong.ground.shared.storage.AtomicFolder",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "jiangong.ground.shared.staticfiles.FingerprintedStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_TEMP_DIR = None

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "progress"),
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("font/woff2", ".woff2")

LOG_LEVEL = env.one_of("JIANGONG_LOG_LEVEL", "WARNING", choices="DEBUG INFO WARNING ERROR CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
