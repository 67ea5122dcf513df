"""Files by content hash, kept outside the web root and handed out only by views that ask."""

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings

from chanjiao.core.actor import Actor
from chanjiao.core.models import StoredFile

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class StoreDamagedError(OSError):
    """A file that the database knows is gone or holds other bytes: an operator has to mend it."""


def keep(actor: Actor, data: bytes, name: str, content_type: str = "") -> StoredFile:
    """Write ``data`` once under its hash (atomically) and return the row that names it."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(data)
        draft.replace(path)
    return StoredFile.objects.create(
        sha256=digest,
        name=safe_name(name),
        size=len(data),
        content_type=content_type[:100],
        organisation_id=actor.organisation_id,
        created_by_id=actor.user_id,
    )


def content(stored: StoredFile) -> bytes:
    """The bytes, checked against their name; a damaged store says so instead of lying."""
    try:
        data = _path(stored.sha256).read_bytes()
    except OSError as error:
        raise StoreDamagedError(f"stored file {stored.pk} {stored.sha256} is missing") from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise StoreDamagedError(f"stored file {stored.pk} does not match its hash")
    return data


def is_kept(stored: StoredFile) -> bool:
    """Whether the bytes are still there; files with identity numbers are not kept for long."""
    return _path(stored.sha256).exists()


def forget(stored: StoredFile) -> None:
    """Remove the bytes; the row stays and tells what was there by its hash."""
    _path(stored.sha256).unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """A file name without path parts or control characters, at most 200 characters."""
    cleaned = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    return cleaned[-200:] or "file"


def _path(digest: str) -> Path:
    return Path(settings.FILE_STORE) / digest[:2] / digest
