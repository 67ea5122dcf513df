"""How a value is written so that reading it gives the same value back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chanjiao.engines.tabular.model import Column, Row

UNITS = {"money_wan": ("万元", "10,000 yuan"), "yuan": ("元", "yuan")}
YES_NO = (("No", "Yes"), ("否", "是"))
#: Excel keeps 15 digits; a longer number is written as text rather than rounded.
DIGITS_OF_A_NUMBER = 15

type Record = Mapping[str, object] | Row


def heading(column: Column, language: str) -> str:
    """Give label, unit and required-mark: ``月薪下限（元）*``."""
    label = column.label(language)
    own = UNITS.get(column.kind, ("", ""))
    unit = column.unit or own[0]
    if unit:
        label += f"（{unit}）" if language == "zh" else f" ({unit})"
    return label + "*" if column.required else label


def exported(column: Column, value: object, language: str) -> str | int | Decimal | date:
    """Give text, number or date for a stored value; ``""`` for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[language == "zh"][value]
    if column.kind in ("choice", "multi_choice"):
        many = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
        words = [chosen(column, one, language) for one in many]
        return ("、" if language == "zh" else ", ").join(words)
    if isinstance(value, int | date) and column.kind not in ("text", "code", "phone"):
        return value
    return number(Decimal(str(value))) if isinstance(value, Decimal | float) else str(value)


def chosen(column: Column, value: object, language: str) -> str:
    words = (column.choices or {}).get(str(value))
    if words is None:
        return str(value)
    return words[0] if language == "zh" or len(words) < 2 else words[1]


def number(value: Decimal) -> Decimal | str:
    digits = value.normalize().as_tuple().digits
    return value if len(digits) <= DIGITS_OF_A_NUMBER else format(value, "f")


def cell_of(column: Column, record: Record, language: str) -> str | int | Decimal | date:
    """Give what to write; a row that was read and could not be understood keeps its own text."""
    if not isinstance(record, Row):
        return exported(column, record.get(column.name), language)
    value = record.values.get(column.name)
    if value is None:
        return record.raw.get(column.name, "")
    return exported(column, value, language)
