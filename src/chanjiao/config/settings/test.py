"""Tests: fast hashing, mail in memory, PostgreSQL when CHANJIAO_TEST_DATABASE_URL says so."""

import os
import tempfile
from pathlib import Path

from chanjiao.config.database import database_from_url
from chanjiao.config.settings.base import *  # noqa: F403

SECRET_KEY = "tests" * 10
AUDIT_KEY = "tests-audit"
IDENTITY_SALT = "tests-salt"
HOME = Path(tempfile.mkdtemp(prefix="chanjiao-test-"))
DATABASES = {
    "default": database_from_url(
        os.environ.get("CHANJIAO_TEST_DATABASE_URL", f"sqlite:///{HOME / 'test.sqlite3'}")
    )
}
DATABASES["default"]["TEST"] = (
    {"NAME": str(HOME / "test-db.sqlite3")}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else {}
)
FILE_STORE = HOME / "files"
OUTBOX_FOLDER = HOME / "outbox"
PROGRESS_FOLDER = HOME / "progress"
STATIC_ROOT = HOME / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
TWO_FACTOR_ROLES: list[str] = []  # tests of the second factor name the roles themselves
