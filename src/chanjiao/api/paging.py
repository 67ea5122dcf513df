"""Pages by cursor: stable while rows are added, and as quick at the end as at the start."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query

LARGEST = 200
Limit = Annotated[int, Query(50, ge=1, le=LARGEST, description="每页条数，最多 200")]
Cursor = Annotated[str, Query("", max_length=120, description="上一页返回的 next；第一页不填")]


class BadCursor(ValueError):
    """A cursor that this API never gave."""


def by_key(
    rows: QuerySet[Any], limit: int, cursor: str, shown: Callable[[Any], Any], key: str = "pk"
) -> dict[str, Any]:
    """One page of rows in the order of a whole-numbered, unique ``key``."""
    ordered = rows.order_by(key)
    if cursor:
        ordered = ordered.filter(**{f"{key}__gt": _number(opened(cursor))})
    found = list(ordered[: limit + 1])
    last = getattr(found[limit - 1], key) if len(found) > limit else None
    return {
        "items": [shown(row) for row in found[:limit]],
        "next": None if last is None else sealed(str(last)),
    }


def by_place(
    items: Sequence[Any], limit: int, cursor: str, shown: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of a list that stands in memory; the cursor is a place in it."""
    start = _number(opened(cursor)) if cursor else 0
    end = start + limit
    return {
        "items": [shown(item) for item in items[start:end]],
        "next": sealed(str(end)) if end < len(items) else None,
    }


def sealed(text: str) -> str:
    return base64.urlsafe_b64encode(f"v1:{text}".encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The text inside a cursor; raises ``BadCursor`` for anything else."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise BadCursor(cursor) from error
    if not text.startswith("v1:"):
        raise BadCursor(cursor)
    return text.removeprefix("v1:")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadCursor(text)
    return int(text)
