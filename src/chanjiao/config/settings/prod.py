"""A real deployment behind TLS; refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from chanjiao.config.settings.base import *  # noqa: F403
from chanjiao.config.settings.base import AUDIT_KEY, IDENTITY_SALT, SECRET_KEY

for name, value in {
    "CHANJIAO_SECRET_KEY": SECRET_KEY,
    "CHANJIAO_AUDIT_KEY": AUDIT_KEY,
    "CHANJIAO_IDENTITY_SALT": IDENTITY_SALT,
}.items():
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} must be set to at least 32 characters")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the proxy of docs/operations.md sets X-Forwarded-For itself
