"""Identity numbers as something to compare, never to read: a keyed hash, and nothing beside it."""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def identity_hash(number: str) -> str:
    """HMAC-SHA-256 of a checked identity number under this installation's salt.

    A plain hash would be undone by counting through all numbers; without a salt nothing is hashed.
    """
    if not settings.IDENTITY_SALT:
        raise ImproperlyConfigured(
            "CHANJIAO_IDENTITY_SALT is empty: identity numbers can't be kept safely. "
            "未设置 CHANJIAO_IDENTITY_SALT，不能处理身份证号。"
        )
    text = number.strip().upper()
    return hmac.new(settings.IDENTITY_SALT.encode(), text.encode(), hashlib.sha256).hexdigest()
