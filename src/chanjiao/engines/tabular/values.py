"""One column's cells to values: each distinct cell is judged once."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from chanjiao.engines.tabular import amounts, moments, wording
from chanjiao.engines.tabular.cells import Cell, Marked, shown
from chanjiao.engines.tabular.choices import choice, choices, yes_or_no
from chanjiao.engines.tabular.cleaning import CONTROL, DAMAGED, clean
from chanjiao.engines.tabular.identifiers import (
    EMAIL,
    IDENTITY_CHARACTERS,
    USCC_ALPHABET,
    birth_date,
    identity_check_character,
    phone_number,
    uscc_check_character,
)
from chanjiao.engines.tabular.marks import folded
from chanjiao.engines.tabular.model import Checker, Column, Problem

PLACEHOLDERS = frozenset({"-", "--", "—", "——", "/", "\\", "n/a", "na", "null", "none", "暂无"})
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
#: Kinds whose digits are a name and not a quantity.
DIGIT_NAMES = frozenset({"uscc", "identity_number", "phone", "code"})
FREE = frozenset({"text", "boolean", "choice", "multi_choice"})
BOUNDED = frozenset({"integer", "decimal", "money_wan", "yuan", "year"})
LONGEST_CODE = 64
WAN = Decimal(10_000)
FACTORS = {"万": WAN, "千": Decimal(1000), "百": Decimal(100)}

type Value = object


def as_text(column: Column, cell: Cell, text: str) -> Value:
    if isinstance(cell, Marked) and cell.kind == "percent":
        return f"{plain(Decimal(cell.text) * 100)}%"
    return text


def as_code(column: Column, cell: Cell, text: str) -> Value:
    if len(text) > LONGEST_CODE:
        return wording.too_long(text, LONGEST_CODE)
    fits = column.regex is None or column.regex.fullmatch(text)
    if fits or not isinstance(cell, Marked) or column.regex is None:
        return text
    for width in range(len(text) + 1, 20):
        if column.regex.fullmatch(text.zfill(width)):
            return wording.lost_zeros(text, text.zfill(width))
    return text


def as_uscc(column: Column, cell: Cell, text: str) -> Value:
    code = re.sub(r"[\s-]", "", amounts.halved(text)).upper()
    if len(code) != 18:
        return wording.wrong_length(text, 18, len(code))
    strange = [c for c in code if c not in USCC_ALPHABET]
    if strange:
        return wording.strange_characters(text, "".join(dict.fromkeys(strange)))
    expected = uscc_check_character(code[:17])
    return code if code[17] == expected else wording.wrong_check(text, expected, code[17])


def as_identity(column: Column, cell: Cell, text: str) -> Value:
    number = amounts.halved(text).upper()
    if len(number) != 18:
        return wording.wrong_length(text, 18, len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        known = (*IDENTITY_CHARACTERS,)
        strange = [c for c in number if c not in known] or ["X"]
        return wording.strange_characters(text, "".join(dict.fromkeys(strange)))
    if birth_date(number) is None:
        return wording.no_birth_date(number[6:14])
    expected = identity_check_character(number[:17])
    return number if number[17] == expected else wording.wrong_check(text, expected, number[17])


def as_phone(column: Column, cell: Cell, text: str) -> Value:
    return phone_number(amounts.halved(text)) or wording.not_a_phone(text)


def as_email(column: Column, cell: Cell, text: str) -> Value:
    bare = amounts.halved(text)
    if len(bare) > 254 or not EMAIL.fullmatch(bare):
        return wording.not_an_email(text)
    name, _, host = bare.rpartition("@")
    return f"{name}@{host.lower()}"


def as_date(column: Column, cell: Cell, text: str) -> Value:
    return moments.parse_date(text)


def as_month(column: Column, cell: Cell, text: str) -> Value:
    return moments.parse_month(text)


def as_year(column: Column, cell: Cell, text: str) -> Value:
    return moments.parse_year(text)


def as_boolean(column: Column, cell: Cell, text: str) -> Value:
    return yes_or_no(text)


def as_choice(column: Column, cell: Cell, text: str) -> Value:
    return choice(column, text)


def as_choices(column: Column, cell: Cell, text: str) -> Value:
    return choices(column, text)


CONVERTERS: dict[str, Callable[[Column, Cell, str], Value]] = {
    "text": as_text,
    "code": as_code,
    "uscc": as_uscc,
    "identity_number": as_identity,
    "phone": as_phone,
    "email": as_email,
    "date": as_date,
    "month": as_month,
    "year": as_year,
    "boolean": as_boolean,
    "choice": as_choice,
    "multi_choice": as_choices,
}


def plain(number: Decimal) -> Decimal:
    """Drop the zeros after the point that only multiplication left there."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return Decimal(format(number.normalize(), "f"))


class Converter:
    """Judges the cells of one column.

    ``unit`` is what the heading in the file says in brackets; it outranks the column's own unit.
    """

    def __init__(self, column: Column, unit: str = "", checker: Checker | None = None) -> None:
        self.column = column
        self.checker = checker
        self.known: dict[Cell, Value] = {}
        self.checked: dict[str, Value] = {}
        own = {"money_wan": WAN, "yuan": Decimal(1)}.get(column.kind)
        self.money = amounts.money_unit(unit) if unit else None
        if self.money is None:
            self.money = own
        self.scale = weight(unit, column.unit) / weight(column.unit, column.unit)

    def __call__(self, cell: Cell) -> Value:
        """Give the value, ``None`` for a blank, or a ``Problem``."""
        try:
            return self.known[cell]
        except KeyError:
            value = self.known[cell] = self.judge(cell)
            return value

    def judge(self, cell: Cell) -> Value:
        unreadable = self.unreadable(cell)
        if unreadable is not None:
            return unreadable
        text = clean(shown(cell))
        if self.column.kind not in FREE:
            text = text.removeprefix("'")
        if not text:
            return wording.required() if self.column.required else None
        if self.column.kind != "text" and text.lower() in PLACEHOLDERS and self.is_blank(text):
            return wording.required() if self.column.required else wording.placeholder(text)
        value = self.convert(cell, text)
        if not isinstance(value, Problem):
            value = self.within(value, text)
        return self.asked(text, value)

    def asked(self, text: str, value: Value) -> Value:
        """What the column's checker makes of a value that could be read."""
        if self.checker is None or value is None:
            return value
        if isinstance(value, Problem):
            return self.second_reading(text, value)
        return self.check(str(value))

    def second_reading(self, text: str, problem: Problem) -> Value:
        """An unknown choice is asked of the column's checker before it is refused."""
        if problem.code != "unknown_choice" or self.column.kind != "choice":
            return problem
        answer = self.check(text)
        is_told = not isinstance(answer, Problem) or answer.warning
        return answer if is_told and answer is not None else problem

    def is_blank(self, text: str) -> bool:
        """A placeholder is a blank unless the column knows it as a choice."""
        return folded(text) not in self.column.choice_of if folded(text) else True

    def unreadable(self, cell: Cell) -> Problem | None:
        if isinstance(cell, Marked):
            return self.unreadable_mark(cell)
        if self.column.kind in DIGIT_NAMES and SCIENTIFIC.fullmatch(cell.strip()):
            return wording.digits_lost(cell)
        if CONTROL.search(cell):
            return wording.control_character()
        return wording.damaged_text(cell) if DAMAGED.search(cell) else None

    def unreadable_mark(self, cell: Marked) -> Problem | None:
        if cell.kind == "error":
            return wording.cell_error(cell.text)
        if cell.kind == "formula":
            return wording.formula_without_value()
        if cell.kind == "lost":
            return wording.digits_lost(cell.text)
        if cell.kind == "date" and self.column.kind not in ("date", "month", "year", "text"):
            return wording.date_instead(cell.text)
        return None

    def convert(self, cell: Cell, text: str) -> Value:
        convert = CONVERTERS.get(self.column.kind)
        if convert is not None:
            return convert(self.column, cell, text)
        if self.money is not None:
            return self.amount(text)
        return self.number(cell, text)

    def amount(self, text: str) -> Value:
        yuan = amounts.parse_money(text, self.money or Decimal(1))
        if isinstance(yuan, Problem):
            return yuan
        if self.column.kind == "money_wan":
            return plain(yuan / WAN)
        return self.whole(yuan, text)

    def number(self, cell: Cell, text: str) -> Value:
        column = self.column
        percent = isinstance(cell, Marked) and cell.kind == "percent"
        if column.kind == "decimal" and (
            percent or column.unit == "%" or "%" in text or "％" in text
        ):
            return self.percentage(text, percent)
        number = amounts.parse_count(text, column.unit)
        if isinstance(number, Problem):
            return number
        number *= self.scale
        return self.whole(number, text) if column.kind == "integer" else plain(number)

    def percentage(self, text: str, fraction: bool) -> Value:
        """Percent cells store a fraction; texts say percent; a bare 0.3 under % is worth a look."""
        found = amounts.parse_percent(text)
        if isinstance(found, Problem):
            return found
        number, signed = found
        if self.column.unit != "%":
            return plain(number / 100 if signed else number)
        if fraction:
            return plain(number * 100)
        if not signed and 0 < number < 1:
            return wording.small_percent(text, plain(number))
        return plain(number)

    def whole(self, number: Decimal, text: str) -> Value:
        if number != number.to_integral_value():
            return wording.not_whole(text)
        return int(number)

    def within(self, value: Value, text: str) -> Value:
        column = self.column
        if column.kind in ("text", "code"):
            return self.text_within(str(value))
        if column.kind in BOUNDED:
            low, high = column.bounds
            return bounded(value, Decimal(str(value)), (low, high), text, column.unit)
        if isinstance(value, date):
            bounds = (column.minimum, column.maximum)
            return bounded(value, value, bounds, str(value), "")
        return value

    def text_within(self, text: str) -> Value:
        column = self.column
        if column.max_length is not None and len(text) > column.max_length:
            return wording.too_long(text, column.max_length)
        if column.regex is not None and not column.regex.fullmatch(text):
            return wording.pattern(text, column.example, column.note_zh, column.note_en)
        return text

    def check(self, text: str) -> Value:
        if text not in self.checked:
            self.checked[text] = self.checker(text) if self.checker else text
        return self.checked[text]


def bounded(value: Value, measure: Any, bounds: tuple[Any, Any], text: str, unit: str) -> Value:
    low, high = bounds
    if low is not None and measure < low:
        return wording.below(text, low, unit)
    if high is not None and measure > high:
        return wording.above(text, high, unit)
    return value


def weight(unit: str, own: str) -> Decimal:
    """Give the factor in a unit such as 万人; 百强企业 in brackets is no unit.

    >>> weight("万人", "人"), weight("百强企业", "家"), weight("", "人")
    (Decimal('10000'), Decimal('1'), Decimal('1'))
    """
    factor = FACTORS.get(unit[:1])
    thing = unit[1:]
    known = thing in ("", *amounts.COUNTERS) or thing == own.lstrip("".join(FACTORS))
    return factor if factor is not None and known else Decimal(1)
