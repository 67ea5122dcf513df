"""Rows of an edition as table rows: how they are stored, and how they are held against it later."""

from collections.abc import Iterator, Mapping
from typing import Any

from chanjiao.publishing.models import SnapshotRow
from chanjiao.publishing.snapshot import Edition

FIELDS = [
    "kind", "position", "group", "occupation", "name", "name_en", "title", "company",
    "industry", "industry_name", "industry_name_en", "education", "education_name",
    "education_name_en", "skill_level", "skill_level_name", "skill_level_name_en", "headcount",
    "companies", "pay_low", "pay_high",
]  # fmt: skip


def rows_in(edition: Edition) -> Iterator[dict[str, Any]]:
    """Values of every row, pooled ones first; each dict has exactly ``FIELDS``."""
    for row in edition.rows:
        yield {
            **_shared(row, "cell"),
            "group": row["group"][:2],
            "title": "",
            "company": "",
            "companies": row["companies"],
            "pay_low": row["pay_low"],
            "pay_high": row["pay_high"],
        }
    for post in edition.posts:
        yield {
            **_shared(post, "post"),
            "group": post["occupation"][:1],
            "title": post["title"],
            "company": post["company"],
            "companies": None,
            "pay_low": None,
            "pay_high": None,
        }


def _shared(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    found = {
        "kind": kind,
        "position": row["position"],
        "occupation": row["occupation"],
        "name": row["name"]["zh"],
        "name_en": row["name"]["en"],
        "headcount": row["headcount"],
    }
    for field in ("industry", "education", "skill_level"):
        names = row[f"{field}_name"]
        found[field] = row[field]
        found[f"{field}_name"], found[f"{field}_name_en"] = names["zh"], names["en"]
    return found


def stored_rows(snapshot_id: int) -> list[dict[str, Any]]:
    """What the table holds for a snapshot, in the order of ``rows_in``."""
    rows = SnapshotRow.objects.filter(snapshot=snapshot_id).order_by("kind", "position")
    return list(rows.values(*FIELDS))
