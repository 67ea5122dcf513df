"""Sums over published rows: whatever is shown as a chart or a table comes from rows readers have.

Because they add up cells that are safe by themselves, these sums give nobody away either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
NOT_TOLD_APART = {"zh": "未细分", "en": "Not told apart"}


@dataclass(frozen=True, slots=True)
class Sum:
    code: str
    name: Mapping[str, str]
    headcount: int


def by_occupation(rows: Sequence[Row], most: int = 12) -> list[Sum]:
    """Single occupations, the most wanted first; pools are no occupation and stay out."""
    found: dict[str, Sum] = {}
    for row in rows:
        if (row["is_pool"] and row["depth"] < 4) or not row["occupation"]:
            continue
        code = row["occupation"]
        before = found[code].headcount if code in found else 0
        found[code] = Sum(code, row["name"], before + row["headcount"])
    return sorted(found.values(), key=lambda s: (-s.headcount, s.code))[:most]


def by(rows: Sequence[Row], field: str) -> list[Sum]:
    """Headcount by industry, education or skill level; pooled rows stand last, under no code."""
    found: dict[str, Sum] = {}
    for row in rows:
        code = row[field]
        name = row[f"{field}_name"] if code else NOT_TOLD_APART
        before = found[code].headcount if code in found else 0
        found[code] = Sum(code, name, before + row["headcount"])
    return sorted(found.values(), key=lambda s: (s.code == "", -s.headcount, s.code))
