"""A correction starts from what was frozen, not from records that have moved on since.

Companies go on confirming and changing their lines for the next quarter. So the lines behind a
snapshot are kept beside it, for the office only; a correction takes those and reads anew only
the positions that the office names.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from chanjiao.engines.ledger import canonical
from chanjiao.publishing.lines import Coverage, GapLine, GapSource, Line, Material

_DATES = ("confirmed_on", "valid_until")


def pack(material: Material) -> bytes:
    """The private ground of a list in one spelling: lines, coverage and gap as they stood."""
    return canonical(
        {
            "lines": [_plain(asdict(line)) for line in material.lines],
            "coverage": asdict(material.coverage),
            "gap": _plain(asdict(material.gap)) if material.gap else None,
        }
    )


def unpack(content: bytes) -> tuple[tuple[Line, ...], Coverage, GapSource | None]:
    told = json.loads(content)
    return (
        tuple(_line(one) for one in told["lines"]),
        Coverage(**told["coverage"]),
        _gap(told["gap"]) if told["gap"] else None,
    )


def corrected(
    frozen: Iterable[Line], named: Collection[int], now: Iterable[Line]
) -> tuple[Line, ...]:
    """The frozen lines, with the named ones as they are now; a named one that is gone goes.

    >>> old = [Line("甲", "甲", "车工", 5, demand=1), Line("乙", "乙", "钳工", 3, demand=2)]
    >>> new = [Line("甲", "甲", "车工", 8, demand=1), Line("丙", "丙", "铣工", 2, demand=3)]
    >>> [(line.demand, line.headcount) for line in corrected(old, [1, 2, 3], new)]
    [(1, 8), (3, 2)]
    """
    kept = [line for line in frozen if line.demand not in named]
    fresh = [line for line in now if line.demand in named]
    return tuple(sorted([*kept, *fresh], key=lambda line: line.demand))


def coverage_of(told: Coverage, lines: Collection[Line]) -> Coverage:
    """Who was asked and answered stays as it was; lines are counted again."""
    unmapped = sum(not line.occupation for line in lines)
    return replace(told, lines=len(lines), unmapped_lines=unmapped)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _spelt(value) for key, value in values.items()}


def _spelt(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_spelt(one) for one in value]
    return _plain(value) if isinstance(value, dict) else value


def _line(told: dict[str, Any]) -> Line:
    known = {field.name for field in fields(Line)}
    values = {key: value for key, value in told.items() if key in known}
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Line(**{**values, "forms": tuple(values["forms"])})


def _gap(told: dict[str, Any]) -> GapSource:
    lines = tuple(GapLine(**line) for line in told["lines"])
    return GapSource(told["reference"], date.fromisoformat(told["as_of"]), lines)
