"""Reading one mapping field by field: every fault is told with its place, none stops the rest."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from chanjiao.engines.rules.faults import Fault, shown

_MAGNITUDE = 30  # powers of ten; what is larger is a slip, or meant to use up the memory
_EARLIEST, _LATEST = 1900, 2199  # other years are slips, and arithmetic stays inside the calendar


class Fields:
    """The fields of one mapping at one place; ``done`` tells of the fields nobody asked for."""

    def __init__(self, value: Any, place: str, faults: list[Fault]) -> None:
        self.place, self._faults = place, faults
        self._asked: set[str] = set()
        self._held: Mapping[Any, Any] = {}
        if isinstance(value, Mapping):
            self._held = value
        else:
            self.blame("", "应为一组字段（对象）。", "this should be a set of fields (an object).")

    def blame(self, name: str, zh: str, en: str) -> None:
        place = f"{self.place}.{name}".strip(".") if name else self.place or "(root)"
        self._faults.append(Fault(place, zh, en))

    def raw(self, name: str) -> Any:
        """The value as it stands, ``None`` where it is absent or null."""
        self._asked.add(name)
        return self._held.get(name)

    def has(self, name: str) -> bool:
        return self.raw(name) is not None

    def done(self) -> None:
        for name in self._held:
            if name in self._asked:
                continue
            near = difflib.get_close_matches(str(name), self._asked, 1)
            zh, en = (f"是否为 {near[0]}？", f" did you mean {near[0]}?") if near else ("", "")
            self.blame(shown(name), f"没有这个字段。{zh}", f"there is no such field.{en}")

    def needed(self, name: str, read: Callable[[str], Any]) -> Any:
        """What ``read(name)`` gives; its absence is a fault."""
        if self.raw(name) is None:
            self.blame(name, "必须填写。", "this field is required.")
            return None
        return read(name)

    def text(self, name: str) -> str | None:
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self._wrong(name, value, "非空文字", "text that is not empty")
            return None
        return value.strip()

    def flag(self, name: str) -> bool | None:
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, value, "true 或 false", "true or false")
        return None

    def day(self, name: str) -> date | None:
        return self._day(name, self.raw(name))

    def day_in(self, name: str, place: int) -> date | None:
        """A date in a list."""
        return self._day(f"{name}[{place}]", self.raw(name)[place])

    def _day(self, name: str, value: Any) -> date | None:
        found = day_of(value)
        if found is None and value is not None:
            self._wrong(name, value, "YYYY-MM-DD 的真实日期", "a date that exists, YYYY-MM-DD")
        return found

    def number(self, name: str) -> int | Fraction | None:
        value = self.raw(name)
        found = number_of(value)
        if found is None and value is not None:
            self._wrong(name, value, "数字", "a number")
        return found

    def count(self, name: str, least: int = 0) -> int | None:
        """A whole number, not below ``least``."""
        value = self.raw(name)
        found = number_of(value)
        if isinstance(found, int) and found >= least:
            return found
        if value is not None:
            self._wrong(name, value, f"不小于 {least} 的整数", f"a whole number from {least} up")
        return None

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        value = self.raw(name)
        if isinstance(value, str) and value in choices:
            return value
        if value is not None:
            self._wrong(name, value, "、".join(choices), " or ".join(choices))
        return None

    def each(self, name: str) -> list["Fields"] | None:
        """The mappings of a list, each with its place."""
        values = self.items(name)
        if values is None:
            return None
        return [
            Fields(value, f"{self.place}.{name}[{n}]".lstrip("."), self._faults)
            for n, value in enumerate(values)
        ]

    def items(self, name: str) -> list[Any] | None:
        value = self.raw(name)
        if value is None or isinstance(value, list):
            return value
        self._wrong(name, value, "列表", "a list")
        return None

    def group(self, name: str) -> "Fields | None":
        value = self.raw(name)
        if value is None:
            return None
        return Fields(value, f"{self.place}.{name}".lstrip("."), self._faults)

    def named(self) -> list[str]:
        """Names of all fields, for mappings whose names are data; each counts as asked for."""
        self._asked |= set(self._held)
        return [str(name) for name in self._held]

    def _wrong(self, name: str, value: Any, zh: str, en: str) -> None:
        self.blame(
            name, f"“{shown(value)}”不行，应为{zh}。", f"{shown(value)!r} won't do; give {en}."
        )


def day_of(value: Any) -> date | None:
    """A date from a date or ISO text; never from a moment, whose day depends on the place."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _day_of_text(value) if isinstance(value, str) else None


@lru_cache(1 << 14)
def _day_of_text(value: str) -> date | None:
    if len(value) != len("YYYY-MM-DD") or value[4] + value[7] != "--":
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def number_of(value: Any) -> int | Fraction | None:
    """An exact number; a float counts as the decimal it is written as.

    >>> number_of(0.1), number_of("3200.00"), number_of(True), number_of("1e9")
    (Fraction(1, 10), 3200, None, None)
    """
    if type(value) is int:
        return value
    exact = value if isinstance(value, Fraction) else _exactly(value)
    return exact.numerator if exact is not None and exact.denominator == 1 else exact


def _exactly(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, float | Decimal | str):
        return None
    text = str(value).strip()
    if isinstance(value, str) and not text.removeprefix("-").replace(".", "", 1).isdecimal():
        return None
    try:
        written = Decimal(text)
    except ArithmeticError:
        return None
    is_sane = written.is_finite() and abs(written.adjusted()) <= _MAGNITUDE
    return Fraction(written) if is_sane else None
