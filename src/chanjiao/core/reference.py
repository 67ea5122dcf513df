"""Rule parameters and holidays that ship with the product, each row with the paper it stands in.

Every ``*.yaml`` in ``core/data/parameters`` is read, so each area keeps its own file.
"""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chanjiao.core.models import Holiday, RuleParameter

DATA = Path(__file__).parent / "data"
OPTIONAL = ("title_en", "unit", "region")


def load_parameters() -> int:
    """Add the shipped rows that are missing and return how many; what stands is never changed."""
    held = set(RuleParameter.objects.values_list("name", "region", "valid_from"))
    fresh = [row for row in _parameters() if (row.name, row.region, row.valid_from) not in held]
    RuleParameter.objects.bulk_create(fresh)
    return len(fresh)


def shipped_value(name: str, on: date) -> Decimal:
    """The shipped national value in force on a day, for work without a database.

    A name that no file has raises ``LookupError``.
    """
    rows = [
        row
        for row in _parameters()
        if row.name == name and not row.region and row.valid_from <= on
        and (row.valid_to is None or on <= row.valid_to)
    ]  # fmt: skip
    if not rows:
        raise LookupError(f"no shipped parameter {name!r} in force on {on}")
    return max(rows, key=lambda row: row.valid_from).value


def load_holidays() -> int:
    """Add the shipped days that are missing; a day the office set stays as set."""
    held = set(Holiday.objects.values_list("day", flat=True))
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            Holiday(
                day=date.fromisoformat(row["day"]),
                is_working=row["is_working"] == "1",
                name=row["name"],
                source=row["source"],
            )
            for row in csv.DictReader(stream)
        ]
    fresh = [row for row in rows if row.day not in held]
    Holiday.objects.bulk_create(fresh)
    return len(fresh)


def _parameters() -> list[RuleParameter]:
    return [
        RuleParameter(
            name=row["name"],
            title=row["title"],
            value=Decimal(str(row["value"])),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            source=row["source"],
            confidence=row["confidence"],
            **{name: row.get(name, "") for name in OPTIONAL},
        )
        for row in _rows_of(DATA)
    ]


@cache
def _rows_of(data: Path) -> tuple[Mapping[str, Any], ...]:
    """What ships does not change while the program runs, and takes a while to read."""
    return tuple(
        row
        for path in sorted((data / "parameters").glob("*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    )
