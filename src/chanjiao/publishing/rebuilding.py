"""Made again from the snapshot: the same bytes, or a plain word on what differs."""

import hashlib
from dataclasses import dataclass, field

from django.db import connection

from chanjiao.core import files
from chanjiao.publishing import documents
from chanjiao.publishing.models import Snapshot, SnapshotFile
from chanjiao.publishing.snapshot import Edition, read
from chanjiao.publishing.table import rows_in, stored_rows

GUARDED_TABLES = (
    "publishing_snapshot", "publishing_snapshotfile", "publishing_snapshotrow",
    "publishing_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rebuilt:
    format: str
    seal_then: str
    seal_now: str
    size: int

    @property
    def is_same(self) -> bool:
        return self.seal_then == self.seal_now


@dataclass(frozen=True, slots=True)
class Report:
    """``faults`` are sentences in both languages; none means that all holds."""

    snapshot: Snapshot
    rebuilt: list[Rebuilt] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    tools_differ: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.faults and all(one.is_same for one in self.rebuilt)


def rebuild(snapshot: Snapshot) -> Report:
    """Read the snapshot, check what is kept beside it, and make every file once more."""
    try:
        edition = read(files.content(snapshot.content))
    except (OSError, ValueError) as fault:
        return Report(snapshot, faults=[f"快照原文无法读取：{fault} The snapshot cannot be read."])
    return Report(
        snapshot,
        [_made_again(edition, kept) for kept in snapshot.files.select_related("file")],
        [*_content_faults(snapshot, edition), *_guard_faults()],
        _tools_that_differ(snapshot),
    )


def _made_again(edition: Edition, kept: SnapshotFile) -> Rebuilt:
    content = documents.make(edition, kept.format)
    return Rebuilt(kept.format, kept.seal, hashlib.sha256(content).hexdigest(), len(content))


def _content_faults(snapshot: Snapshot, edition: Edition) -> list[str]:
    data = edition.data
    told = {
        "seal": edition.seal,
        "number": data["number"],
        "version": data["version"],
        "headcount": data["totals"]["headcount"],
        "companies": data["totals"]["companies"],
        "lines": data["totals"]["lines"],
        "rows": len(edition.rows),
        "posts": len(edition.posts),
        "asked": data["coverage"]["asked"],
        "answered": data["coverage"]["answered"],
    }
    found = [
        f"{field}：库中为 {getattr(snapshot, field)!r}，快照为 {value!r}。"
        f" {field} is {getattr(snapshot, field)!r} in the database, {value!r} in the snapshot."
        for field, value in told.items()
        if getattr(snapshot, field) != value
    ]
    try:
        if snapshot.material:
            files.content(snapshot.material)
    except OSError as fault:
        found.append(f"明细底稿无法读取：{fault} The lines behind the list cannot be read.")
    if stored_rows(snapshot.pk) != list(rows_in(edition)):
        found.append("清单行与快照不一致。 The table of rows differs from the snapshot.")
    return found


def _guard_faults() -> list[str]:
    """The triggers that keep frozen rows frozen must stand; dropping one is a fault by itself."""
    wanted = {f"{table}_frozen" for table in GUARDED_TABLES}
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        standing = {name for (name,) in cursor.fetchall()}
    return [
        f"数据库触发器 {name} 缺失或停用。 The trigger {name} is missing or disabled."
        for name in sorted(wanted - standing)
    ]


def _tools_that_differ(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Programs of another version than when the files were made: they may spell otherwise."""
    now = documents.tools()
    return {
        name: (then, now.get(name, "—"))
        for name, then in snapshot.tools.items()
        if now.get(name) != then
    }
