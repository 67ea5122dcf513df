"""Whether something that calls itself ours is ours: by number, by hash, or by the file itself."""

import hashlib
import re
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.publishing.models import Publication, Snapshot, SnapshotFile, Version
from chanjiao.publishing.queries import current_version, list_numbered, published_lists

_SEAL = re.compile(r"[0-9a-f]{12,64}")
_NUMBER = re.compile(r"(?P<number>.+?)(?:[-\s/]*v(?P<version>\d{1,4}))?", re.IGNORECASE)


class Answer(models.TextChoices):
    CURRENT = "current", _("真实有效，是现行版本")
    SUPERSEDED = "superseded", _("真实，但已被更正版取代")
    WITHDRAWN = "withdrawn", _("曾由本平台发布，现已撤回")
    FROZEN = "frozen", _("由本平台冻结，但尚未发布")
    UNKNOWN = "unknown", _("不是本平台发布的内容，或内容已被改动")


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer, with the version it speaks of and the one that holds now."""

    answer: Answer
    asked: str
    seal: str = ""
    publication: Publication | None = None
    version: Version | None = None
    current: Version | None = None
    format: str = ""


def verify_text(text: str) -> Finding:
    """A number (with or without ``v2``), or at least twelve digits of a SHA-256."""
    asked = text.strip()
    seal = asked.lower().removeprefix("sha-256").removeprefix("sha256").strip(" :：")
    if _SEAL.fullmatch(seal):
        return _by_seal(seal, asked)
    match = _NUMBER.fullmatch(asked)
    publication = list_numbered(match["number"]) if match else None
    if publication is None or match is None:
        return Finding(Answer.UNKNOWN, asked)
    wanted = int(match["version"]) if match["version"] else None
    version = next((v for v in publication.versions.all() if wanted in (None, v.number)), None)
    if version is None:
        return Finding(Answer.UNKNOWN, asked, publication=publication)
    return _about(version, asked)


def verify_file(content: bytes, name: str) -> Finding:
    """Only the hash is taken; the file is neither opened nor kept."""
    seal = hashlib.sha256(content).hexdigest()
    return _by_seal(seal, name)


def _by_seal(seal: str, asked: str) -> Finding:
    """A snapshot's seal, or that of any file made from it; a short one must be unambiguous."""
    snapshots = list(Snapshot.objects.filter(seal__startswith=seal)[:2])
    files = list(SnapshotFile.objects.filter(seal__startswith=seal).select_related("snapshot")[:3])
    found = {s.pk: s for s in (*snapshots, *(f.snapshot for f in files))}
    if len(found) != 1:
        return Finding(Answer.UNKNOWN, asked, seal)
    (snapshot,) = found.values()
    full = files[0].seal if files else snapshot.seal
    fmt = files[0].format if files else "json"
    version = Version.objects.filter(snapshot=snapshot).first()
    if version is None:
        return Finding(Answer.FROZEN, asked, full, format=fmt)
    return _about(version, asked, full, fmt)


def _about(version: Version, asked: str, seal: str = "", fmt: str = "") -> Finding:
    publication = published_lists().get(pk=version.publication_id)
    current = current_version(publication)
    if publication.is_withdrawn:
        answer = Answer.WITHDRAWN
    elif current.pk == version.pk:
        answer = Answer.CURRENT
    else:
        answer = Answer.SUPERSEDED
    mine = next(v for v in publication.versions.all() if v.pk == version.pk)
    return Finding(answer, asked, seal or mine.snapshot.seal, publication, mine, current, fmt)
