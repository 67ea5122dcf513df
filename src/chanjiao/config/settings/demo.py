"""An invented region on one machine: fixed keys, one-click sign-ins, plain http."""

from chanjiao.config.settings.base import *  # noqa: F403

SECRET_KEY = "demo-only-not-a-secret-" * 3
AUDIT_KEY = "demo-only-audit-key"
IDENTITY_SALT = "demo-only-salt"
IS_DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
