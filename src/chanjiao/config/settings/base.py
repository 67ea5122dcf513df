"""Settings shared by every way of running; a deployment speaks through environment variables."""

import os
from pathlib import Path

import chanjiao_assets
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from chanjiao.config.database import database_from_url

PACKAGE = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("CHANJIAO_HOME", PACKAGE.parents[1] / "var"))


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = False
SECRET_KEY = os.environ.get("CHANJIAO_SECRET_KEY", "")
AUDIT_KEY = os.environ.get("CHANJIAO_AUDIT_KEY", "")
IDENTITY_SALT = os.environ.get("CHANJIAO_IDENTITY_SALT", "")
ALLOWED_HOSTS = words("CHANJIAO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("CHANJIAO_ORIGINS")
SITE_URL = os.environ.get("CHANJIAO_URL", "http://127.0.0.1:8000")
IS_DEMO = flag("CHANJIAO_DEMO")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_ox",
    "ninja",
    "chanjiao.core",
    "chanjiao.accounts",
    "chanjiao.standards",
    "chanjiao.organisations",
    "chanjiao.industry",
    "chanjiao.exchange",
    "chanjiao.evidence",
    "chanjiao.demand",
    "chanjiao.supply",
    "chanjiao.fairs",
    "chanjiao.publishing",
    "chanjiao.gaps",
    "chanjiao.measurement",
    "chanjiao.api",
    "chanjiao.web",
    "chanjiao.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chanjiao.web.shared.middleware.ActorMiddleware",
    "chanjiao.api.middleware.ApiMiddleware",
    "chanjiao.web.shared.middleware.AccessMiddleware",
    "chanjiao.web.shared.middleware.DamageMiddleware",
]

ROOT_URLCONF = "chanjiao.config.urls"
WSGI_APPLICATION = "chanjiao.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "web").glob("*/templates")),
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "chanjiao.web.shared.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "chanjiao.web.shared.templatetags.chanjiao",
            ],
        },
    }
]

HOME.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": database_from_url(
        os.environ.get("CHANJIAO_DATABASE_URL", f"sqlite:///{HOME / 'chanjiao.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes of the site, or each would count sign-in attempts for itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}

API_PER_MINUTE = int(os.environ.get("CHANJIAO_API_PER_MINUTE", "300"))

TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "QUEUES": [],
        "OPTIONS": {
            "MAX_ATTEMPTS": 5,
            "LOCK_TIMEOUT": int(os.environ.get("CHANJIAO_TASK_LEASE_SECONDS", "60")),
            "BACKOFF_INITIAL": 1,
        },
    }
}

FILE_STORE = HOME / "files"
OUTBOX_FOLDER = HOME / "outbox"
PROGRESS_FOLDER = HOME / "progress"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "chanjiao.web.people.adapter.InvitationOnlyAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[产教通] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
# A class of 50 signs in behind one address; one account is guessed at ten times in ten minutes.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/600s/key",
    "reset_password": "20/m/ip,5/m/key",
}
MFA_ADAPTER = "chanjiao.web.people.adapter.GuardedMFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
TWO_FACTOR_ROLES = ["O", "SA", "AD"]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = flag("CHANJIAO_DEMO")
MFA_TOTP_ISSUER = "产教通"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:workbench"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("CHANJIAO_OIDC_NAME", "统一身份认证"),
                    "client_id": os.environ["CHANJIAO_OIDC_CLIENT"],
                    "secret": os.environ.get("CHANJIAO_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ.get("CHANJIAO_OIDC_URL", "")},
                }
            ]
        }
    }
    if os.environ.get("CHANJIAO_OIDC_CLIENT")
    else {}
)

SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [
    *sorted(p for p in (PACKAGE / "web").glob("**/locale") if p.is_dir()),
    PACKAGE / "config" / "locale",
]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static", chanjiao_assets.static_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FORM_RENDERER = "chanjiao.web.shared.rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
COTTON_DIR = "components"

# Mail goes into files until an operator names a server, so that nothing is lost or leaked.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ["CHANJIAO_EMAIL_HOST"],
            "port": int(os.environ.get("CHANJIAO_EMAIL_PORT", "25")),
            "username": os.environ.get("CHANJIAO_EMAIL_USER", ""),
            "password": os.environ.get("CHANJIAO_EMAIL_PASSWORD", ""),
            "use_tls": flag("CHANJIAO_EMAIL_TLS"),
        },
    }
    if os.environ.get("CHANJIAO_EMAIL_HOST")
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(HOME / "outbox" / "email")},
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("CHANJIAO_EMAIL_FROM", "chanjiao@localhost")

# Sheets that can be imported and exported; each app names its own, in menu order.
CHANJIAO_SHEETS: list[str] = [
    "chanjiao.organisations.sheets.companies.CompanySheet",
    "chanjiao.organisations.sheets.years.YearSheet",
    "chanjiao.industry.sheets.PlacementSheet",
    "chanjiao.supply.sheets.OfferingSheet",
    "chanjiao.supply.sheets.YearSheet",
    "chanjiao.supply.sheets.CohortSheet",
    "chanjiao.supply.sheets.StudentSheet",
    "chanjiao.demand.sheets.PositionSheet",
    "chanjiao.standards.sheets.CodeSheet",
    "chanjiao.evidence.sheets.StatementSheet",
]

# Metrics that can be asked for by name (chanjiao.core.metrics), in the order of the dictionary.
CHANJIAO_METRICS: list[str] = [
    "chanjiao.organisations.metrics.METRICS",
    "chanjiao.demand.metrics.METRICS",
    "chanjiao.supply.metrics.METRICS",
    "chanjiao.gaps.metrics.METRICS",
    "chanjiao.evidence.metrics.METRICS",
    "chanjiao.fairs.metrics.METRICS",
]

# Records whose raw words wait for a code (chanjiao.standards.queue.QueueSource), in queue order.
CHANJIAO_QUEUES: list[str] = [
    "chanjiao.demand.queue.PositionQueue",
]

# What the worker does by itself: (function without arguments, seconds between two rounds).
CHANJIAO_ROUNDS: list[tuple[str, float]] = [
    ("chanjiao.core.outbox.deliver", 5),
    ("chanjiao.standards.services.alignments.settle_remembered", 60),
    ("chanjiao.exchange.services.imports.reconcile", 60),
    ("chanjiao.gaps.services.studies.reconcile", 60),
    ("chanjiao.evidence.services.reading.reconcile", 60),
    ("chanjiao.exchange.services.forgetting.forget_personal", 3600),
    ("chanjiao.supply.services.reminding.remind_stale", 86400),
    ("chanjiao.supply.services.offerings.link_loaded", 600),
    ("chanjiao.demand.services.expiring.expire_due", 600),
    ("chanjiao.demand.services.expiring.ask_to_confirm", 3600),
    ("chanjiao.demand.services.reconfirming.send_links", 3600),
    ("chanjiao.demand.services.asks.close_overdue", 3600),
]

# Who adds lines to the trace of a job demand: functions (demand) → trace lines.
CHANJIAO_TRACES: list[str] = [
    "chanjiao.demand.trace.steps",
    "chanjiao.demand.trace.coding",
    "chanjiao.gaps.tracing.studies",
    "chanjiao.publishing.tracing.lists",
    "chanjiao.demand.trace.fills",
    "chanjiao.demand.trace.looks",
]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORMAT_MODULE_PATH = ["chanjiao.config.formats"]
SITE_NAME = _("产教通")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "chanjiao.core.logs.MaskPersonalData"}},
    "formatters": {"line": {"()": "chanjiao.core.logs.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["mask"], "formatter": "line"}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("CHANJIAO_LOG_LEVEL", "WARNING")},
}
