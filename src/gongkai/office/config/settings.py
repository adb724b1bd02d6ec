"""Django's settings. What may differ from county to county comes from the environment: see ``environment``."""

from __future__ import annotations

import sys

from gongkai.office.config import keys, logs
from gongkai.office.config.database.address import connection
from gongkai.office.config.environment import SettingError
from gongkai.office.config.environment import catalogue as env
from gongkai.office.config.headers import content_security_policy
from gongkai.office.config.job_log import log_job

_wrong = env.problems()
if _wrong:
    # Whoever loads the settings (granian, a command) gets lines to read, not a traceback.
    sys.exit("\n".join(_wrong))

from gongkai.office.config.settings_sign_in import *  # noqa: E402,F403 - not before the values are found right
from gongkai.office.config.settings_sign_in import (  # noqa: E402
    DUTIES_MIDDLEWARE,
    LOCK_MIDDLEWARE,
    SIGN_IN_APPS,
    SIGN_IN_MIDDLEWARE,
)

DATA = env.DATA.value()
try:
    SECRET_KEY = env.SECRET_KEY.value() or keys.kept_secret(DATA)
    DATA_KEYS = env.DATA_KEYS.value() or keys.kept_data_keys(DATA)  # 32 bytes each, the newest first
except SettingError as error:
    sys.exit(str(error))
SECRET_KEY_FALLBACKS = list(env.OLD_SECRET_KEYS.value())
PLAIN_HTTP = env.PLAIN_HTTP.value()

# Who may call, and how.
_LOCAL = ("localhost", "127.0.0.1", "[::1]")  # for trials, and for health checks on the machine itself
ALLOWED_HOSTS = [*env.HOSTS.value(), *_LOCAL]
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in env.HOSTS.value()]
if env.PROXY.value():
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else env.HSTS_SECONDS.value()
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(sign_in_server=env.OIDC_SERVER.value(), https=not PLAIN_HTTP)
CSRF_FAILURE_VIEW = "gongkai.office.config.errors.views.csrf_failure"

# Cookies. With the prefix __Host- no other host of the domain can plant one.
_PREFIX = "" if PLAIN_HTTP else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}gongkai_session", f"{_PREFIX}gongkai_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Strict would lose the session on the way back from the sign-in server.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "gongkai.office.bodies.sign_in.sessions"
SESSION_COOKIE_AGE = env.SESSION_HOURS.value() * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = env.SESSION_CLOSES.value()
GONGKAI_SESSION_IDLE_SECONDS = env.SESSION_IDLE_MINUTES.value() * 60

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "gongkai.office.look",
    "django.forms",  # after look, whose widgets' templates go before Django's
    "gongkai.office.acts",
    "gongkai.office.bodies",
    *SIGN_IN_APPS,
    "gongkai.office.applications",
    "gongkai.office.analysis",
    "gongkai.office.audit",
    "gongkai.office.portal",
    "gongkai.office.desk",
    "gongkai.office.config",
]
MIDDLEWARE = [
    "gongkai.office.config.request_number.RequestNumber",
    *(["gongkai.office.config.proxy.Proxy"] if env.PROXY.value() else []),
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.office.config.headers.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.office.config.upload_limit.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *SIGN_IN_MIDDLEWARE,
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.office.config.errors.signed_out.SignedOut",
    "gongkai.office.bodies.gate.Gate",
    "gongkai.office.config.secret_mark.SecretMark",
    *DUTIES_MIDDLEWARE,
    *LOCK_MIDDLEWARE,
]
ROOT_URLCONF = "gongkai.office.config.urls"
WSGI_APPLICATION = "gongkai.office.config.wsgi.application"
AUTH_USER_MODEL = "bodies.Person"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.office.look.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "gongkai.office.look.forms.Renderer"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection(env.DATABASE_URL.value(), DATA),
        # One connection for each thread, kept and tried before use. A pool would hold as many: threads are bounded.
        "CONN_MAX_AGE": env.DATABASE_SECONDS.value(),
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Static files under names that hold their content's hash, for ever in the browser's cache; `gongkai serve` collects
# them. Before that (tests, development) they come from where they lie.
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
STATIC_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED

# A form without files stays below this; files go to the disk and are bounded by UPLOAD_BYTES.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongkai.office.config.nameless_upload.NamelessUploadHandler",
]
UPLOAD_BYTES = env.UPLOAD_MB.value() * 1024**2
CLAMD = env.CLAMD.value()
SCAN_COMMAND = env.SCAN_COMMAND.value()

_mail = env.MAIL_URL.value()
# On trial nothing is sent: mails lie in the data folder as files.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend" if PLAIN_HTTP else "gongkai.office.acts.smtp.Backend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.ssl
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.MAIL_FROM.value()

# Every job leaves one line in the log. Signs of life every five seconds; after twenty without one a worker is dead.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": env.JOBS.value(),
    "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": 20.0,
    "shutdown_graceful_timeout": 15.0,
    "worker_middleware": [log_job],
}

GONGKAI_DEVELOPER = env.DEVELOPER.value()

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration(env.LOG_FORMAT.value(), env.LOG_LEVEL.value())
