"""Sheet values as JSON and back, so that a preview can be applied tomorrow as it was seen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chanjiao.engines.tabular import Column, Sheet

DATES = frozenset({"date"})  # a month stays text, as the engine reads it
DECIMALS = frozenset({"decimal", "money_wan"})


def packed(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _packed(value) for name, value in values.items() if name in sheet.by_name}


def unpacked(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of :func:`packed` for the types that the sheet's column kinds parse to."""
    return {name: _unpacked(sheet.by_name[name], value) for name, value in values.items()}


def same(column: Column, one: Any, other: Any) -> bool:
    """Whether two values say the same: no text equals empty text, and order of choices is idle."""
    if column.kind == "multi_choice":
        return sorted(map(str, one or ())) == sorted(map(str, other or ()))
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    if column.kind in DECIMALS:
        return Decimal(str(one)) == Decimal(str(other))
    return bool(one == other)


def _packed(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple | set | frozenset):
        return [_packed(one) for one in value]
    return value


def _unpacked(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind in DATES:
        return date.fromisoformat(value)
    if column.kind in DECIMALS:
        return Decimal(value)
    if column.kind == "multi_choice":
        return tuple(value)
    return value
