"""Settings, all from the environment; a bad value stops the start with one sentence.

Every name read here stands in `.env.example`. Defaults serve one machine on
loopback; what guards secrets has no default outside DEBUG.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from shuangsuiji import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
_owner_was_given = "OWNER_DATABASE_URL" in os.environ
environ.Env.read_env(BASE_DIR / ".env")
if not _owner_was_given:
    # It stands in .env for `make run`, which migrates; nothing that serves may know it.
    os.environ.pop("OWNER_DATABASE_URL", None)


def _required(name: str, *, remedy: str) -> str:
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"环境变量 {name} 没有设置：{remedy}")
    return value


DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = _required("SECRET_KEY", remedy="请放入至少 50 个随机字符；`make run` 会自动生成并保存在 DATA_DIR。")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

BUREAU_NAME = env.str("BUREAU_NAME", default="示例市应急管理局")
BUREAU_SHORT = env.str("BUREAU_SHORT", default="示应急")
BUREAU_CODE = env.str("BUREAU_CODE", default="SLYJ")
BUREAU_CONTACT = env.str("BUREAU_CONTACT", default="检查室")
BUREAU_PHONE = env.str("BUREAU_PHONE", default="")
# Further telephones that may stand in public texts: 12350, another department's office.
PUBLIC_PHONES = env.list("PUBLIC_PHONES", default=[])
# 本县在行政区划里的全称；导入时据此分清地址里的同名乡镇。
BUREAU_DISTRICT = env.str("BUREAU_DISTRICT", default="")
BUREAU_ADDRESS = env.str("BUREAU_ADDRESS", default="")
# Bank, name and account for fines, as the decision prints them; empty, each decision is asked for them.
FINE_PAYEE = env.str("FINE_PAYEE", default="")
# What happened longer ago than so many days is entered with a reason.
LATE_ENTRY_DAYS = env.int("LATE_ENTRY_DAYS", default=3)
# From which fine on a hearing is offered; the province may set other sums, so they are settings.
HEARING_FINE_UNIT = env.int("HEARING_FINE_UNIT", default=50_000)
HEARING_FINE_PERSON = env.int("HEARING_FINE_PERSON", default=20_000)
# Where drand is asked for a round; empty: nothing is fetched and people type it in.
DRAND_URL = env.str("DRAND_URL", default="").rstrip("/")
if DRAND_URL and not DRAND_URL.startswith("https://"):
    raise ImproperlyConfigured("环境变量 DRAND_URL 须以 https:// 开头，例如 https://api.drand.sh；不用就留空。")
SITE_NAME = env.str("SITE_NAME", default="双随机、一公开")
# 政府网站标识码, once the site has been given one.
SITE_ID_CODE = env.str("SITE_ID_CODE", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "shuangsuiji.lib",
    "shuangsuiji.accounts",
    "shuangsuiji.audit",
    "shuangsuiji.notifications",
    "shuangsuiji.documents",
    "shuangsuiji.imports",
    "shuangsuiji.feedback",
    "inspectors",
    "enterprises",
    "draws",
    "inspections",
    "publication",
    "shuangsuiji.dashboard",
    "shuangsuiji.demo",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "shuangsuiji.lib.middleware.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shuangsuiji.accounts.middleware.SessionLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shuangsuiji.accounts.middleware.PasswordChangeMiddleware",
    "shuangsuiji.lib.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "shuangsuiji.urls"
WSGI_APPLICATION = "shuangsuiji.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "shuangsuiji.lib.context.site",
                "shuangsuiji.notifications.context.inbox",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "django_tables2/table.html"

# PostgreSQL is the only database, everywhere; the address must be given.
DATABASES = {
    "default": {
        **env.db_url_config(
            _required("DATABASE_URL", remedy="请给出 postgres://… 地址，或用 `make run` 启动内置数据库。")
        ),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
REDIS_URL = _required("REDIS_URL", remedy="请给出 redis:// 或 unix:// 地址，或用 `make run` 启动内置 Valkey。")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# History: no index on copied foreign keys; the application's clock where a service has told it, else the database's.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CREATED_AT_FUNCTION = (
    "COALESCE(NULLIF(CURRENT_SETTING('shuangsuiji.at', TRUE), '')::TIMESTAMPTZ, CLOCK_TIMESTAMP())"
)

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    # Thousands of throw-away accounts; a slow hash guards nothing there.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk_home"
LOGOUT_REDIRECT_URL = "login"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 3600)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=5)
AXES_COOLOFF_TIME = env.int("LOGIN_LOCK_MINUTES", default=15) / 60
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# The lock belongs to the account: it holds from whatever address or browser somebody tries.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# How often one network address may open a link or number that does not exist within ten minutes, and how many
# letters it may send within an hour (a whole township may share one address).
MOST_WRONG_LINKS = env.int("MOST_WRONG_LINKS", default=30)
MOST_FEEDBACK_AN_HOUR = env.int("MOST_FEEDBACK_AN_HOUR", default=40)

# The provincial platform: no address, nothing is sent.
PLATFORM_URL = env.str("PLATFORM_URL", default="")
PLATFORM_KEY = env.str("PLATFORM_KEY", default="")
if PLATFORM_URL and not PLATFORM_URL.startswith(("https://", "http://127.0.0.1", "http://localhost")):
    raise ImproperlyConfigured("PLATFORM_URL 须以 https:// 开头（本机测试可用 http://127.0.0.1）。")
if PLATFORM_URL and len(PLATFORM_KEY) < 16:
    raise ImproperlyConfigured("PLATFORM_KEY 太短：与省平台约定的签名密钥至少 16 个字符。")

# Transport: HTTPS only as soon as the address says so.
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if env.int("PROXY_COUNT", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Language and time: the bureau's, not the visitor's.
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
MEDIA_ROOT = DATA_DIR / "files"
FONT_DIR = Path(env.str("FONT_DIR", default=str(DATA_DIR / "fonts")))
# The seal's picture (PNG, transparent) and the certificate that signs every issued PDF; off when empty.
SEAL_IMAGE = env.str("SEAL_IMAGE", default="")
SIGNING_CERTIFICATE = env.str("SIGNING_CERTIFICATE", default="")
SIGNING_PASSWORD = env.str("SIGNING_PASSWORD", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "shuangsuiji.lib.static_storage.HashedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
MOST_UPLOAD_BYTES = env.int("MOST_UPLOAD_MB", default=100) * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail
_mail = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025")
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail["EMAIL_BACKEND"], _mail["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="noreply@bureau.invalid")

# Jobs. Results are never stored: PostgreSQL rows are the truth, Redis a doorbell.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
BEAT_SECONDS = env.int("BEAT_SECONDS", default=20)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "relay-messages": {"task": "shuangsuiji.notifications.tasks.relay_messages", "schedule": BEAT_SECONDS},
    "publish-due": {"task": "publication.tasks.publish_due", "schedule": BEAT_SECONDS},
    "issue-letters": {"task": "publication.tasks.issue_letters", "schedule": BEAT_SECONDS},
    "draft-results": {"task": "publication.tasks.draft_due_results", "schedule": BEAT_SECONDS * 3},
    "draft-handlings": {"task": "publication.tasks.draft_due_handlings", "schedule": BEAT_SECONDS * 3},
    "draft-statistics": {"task": "publication.tasks.draft_due_statistics", "schedule": crontab(hour=6, minute=10)},
    "expire-publications": {"task": "publication.tasks.expire_due", "schedule": BEAT_SECONDS * 3},
    "remind-enterprises": {"task": "publication.tasks.remind_unconfirmed", "schedule": BEAT_SECONDS * 3},
    "work-on-imports": {"task": "shuangsuiji.imports.tasks.work_on_imports", "schedule": BEAT_SECONDS},
    "render-dossiers": {"task": "inspections.tasks.render_due_dossiers", "schedule": BEAT_SECONDS},
    "mend-names": {"task": "enterprises.tasks.mend_names", "schedule": 10 * 60},
    "watch-deadlines": {"task": "shuangsuiji.dashboard.tasks.watch_deadlines", "schedule": 15 * 60},
    "note-days": {"task": "shuangsuiji.audit.tasks.note_days", "schedule": max(BEAT_SECONDS * 3, 60)},
    "forget-senders": {"task": "shuangsuiji.feedback.tasks.forget_senders", "schedule": 24 * 3600},
    "push-due": {"task": "publication.tasks.push_due", "schedule": BEAT_SECONDS},
    "heartbeat": {"task": "shuangsuiji.dashboard.tasks.heartbeat", "schedule": BEAT_SECONDS},
}

DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
LOGGING = logs.logging_config(debug=DEBUG)
LOGGING_CONFIG = "logging.config.dictConfig"
logs.configure_structlog()

if not DEBUG and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY 太短：请放入至少 50 个随机字符。")
