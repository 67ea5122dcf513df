"""Rows of a table that was copied as text: 在校生人数, 人, 14386, 15002."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chanjiao.engines.text.facts.numerals import MYRIADS, number_at
from chanjiao.engines.text.facts.periods import periods
from chanjiao.engines.text.facts.units import unit_at

CELL = re.compile(r"[^\t|｜\n]+?(?=[ \u3000]*(?:[\t|｜\n]|[ \u3000]{2}|$))")
LINE = re.compile(r"[^\n]+")
# One blank parts cells only where the whole line has the shape of a row.
PLAIN_ROW = re.compile(
    r"(?P<label>[^\d\s，。；：][^\s，。；：]{1,30})[ \u3000]+(?:(?P<unit>[^\d\s]{1,6})[ \u3000]+)?"
    r"(?P<numbers>-?\d[\d,.]*%?(?:[ \u3000]+-?\d[\d,.]*%?)*)[ \u3000]*$"
)
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?\s*(?P<unit>[^\d\s]{0,6})$")
IN_LABEL = re.compile(r"[（(]\s*(?P<unit>[^（）()]{1,8})\s*[）)]\s*$")
PROSE = re.compile(r"[，。；]")
LABEL = re.compile(r"[\u4e00-\u9fff]")
HEAD = re.compile(r"[年月季届]")
SERIAL = re.compile(r"\d{1,3}[.、]?$|序号$")
FEWEST_CELLS = 2
LONGEST_ROW = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table with what its row and its column say."""

    start: int
    end: int
    row_start: int
    row_end: int
    label: str
    value: Decimal
    unit: str
    period: str


def cells(text: str, published_on: date | None) -> Iterator[Cell]:
    """Numbers of all rows, in order; a head of years or months gives them their period."""
    head: list[str] = []
    for line in LINE.finditer(text):
        parts = _parts(line) if len(line[0]) <= LONGEST_ROW else []
        if len(parts) < FEWEST_CELLS:
            head = []
            continue
        found = _head(parts, published_on)
        if found:
            head = found
            continue
        yield from _row(line, parts, head)


def _parts(line: re.Match[str]) -> list[tuple[int, int, str]]:
    """Cells of a line with their places; none for a line of prose."""
    told = line[0]
    if PROSE.search(told):
        return []
    if plain := PLAIN_ROW.match(told.strip()):
        offset = len(told) - len(told.lstrip())
        spans = [plain.span("label"), *([plain.span("unit")] if plain["unit"] else [])]
        at = plain.start("numbers")
        spans += [(at + n.start(), at + n.end()) for n in re.finditer(r"\S+", plain["numbers"])]
        return [
            (line.start() + offset + a, line.start() + offset + b, told[offset + a : offset + b])
            for a, b in spans
        ]
    found = []
    for cell in CELL.finditer(told):
        start = cell.start() + len(cell[0]) - len(cell[0].lstrip())
        if cell[0].strip():
            found.append((line.start() + start, line.start() + cell.end(), cell[0].strip()))
    return found


def _head(parts: Sequence[tuple[int, int, str]], today: date | None) -> list[str]:
    """Periods of the columns when this is a head row."""
    if not any(HEAD.search(text) for _, _, text in parts):
        return []
    told = [periods(text, today) for _, _, text in parts]
    values = [
        one[0].value for (_, _, text), one in zip(parts, told, strict=True)
        if one and len(text) <= one[0].end + 2
    ]  # fmt: skip
    has_plain_number = any(
        NUMBER.fullmatch(text) and not one for (_, _, text), one in zip(parts, told, strict=True)
    )
    return values if values and not has_plain_number else []


def _row(
    line: re.Match[str], parts: Sequence[tuple[int, int, str]], head: Sequence[str]
) -> Iterator[Cell]:
    if SERIAL.match(parts[0][2]):
        parts = parts[1:]
    if len(parts) < FEWEST_CELLS or not LABEL.search(parts[0][2]):
        return
    label, unit = _labelled(parts[0][2])
    rest = list(parts[1:])
    if rest and not NUMBER.fullmatch(rest[0][2]) and len(rest) > 1:
        unit = _usual(rest[0][2]) or unit
        rest = rest[1:]
    numbers = [one for one in rest if NUMBER.fullmatch(one[2])]
    if len(numbers) != len(rest):
        return
    for index, (start, end, told) in enumerate(numbers):
        number = number_at(told, 0)
        own = NUMBER.fullmatch(told)
        if number is None or own is None:
            continue
        period = head[index] if len(head) == len(numbers) else ""
        name, times = _written_out(_usual(own["unit"]) or unit)
        value = number.value * times
        value = Decimal(int(value)) if value == value.to_integral_value() else value
        yield Cell(start, end, line.start(), line.end(), label, value, name, period)


def _labelled(told: str) -> tuple[str, str]:
    """Label and unit of 就业率（%）."""
    found = IN_LABEL.search(told)
    unit = _usual(found["unit"]) if found else ""
    return (told[: found.start()].strip() if found and unit else told), unit


def _usual(told: str) -> str:
    told = re.sub(r"^单位[:：]?", "", told.strip())
    bare = told.removeprefix("万").removeprefix("亿")
    found = unit_at(bare, 0) if bare else None
    if not found or found.end != len(bare):
        return ""
    return told[: len(told) - len(bare)] + found.name


def _written_out(unit: str) -> tuple[str, int]:
    """万元 as 元 and ten thousand."""
    if unit[:1] in MYRIADS and len(unit) > 1:
        return unit[1:], MYRIADS[unit[0]]
    return unit, 1
