"""Columns of people, positions and pairs from CSV or Parquet files, cell by cell."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

LEVELS = {"初中": 1, "中职": 2, "中专": 2, "高中": 2, "高职": 3, "专科": 3, "大专": 3, "本科": 4,
          "硕士": 5, "博士": 6}  # fmt: skip
CUTS = "|；;、"


class MarketFileFault(ValueError):
    """Names the file, the row and the column, the value, and what would be right."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's columns by name; row ``n`` of the list stands in line ``first + n`` of the file."""

    path: Path
    columns: dict[str, list[Any]]
    first: int = 2

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def fault(self, row: int, column: str, zh: str, en: str) -> MarketFileFault:
        place = (self.path.name, self.first + row, column)
        return MarketFileFault(
            "{} 第 {} 行 {} 列：{}".format(*place, zh)
            + " {}, line {}, column {}: {}".format(*place, en)
        )

    def named(self, names: Sequence[str]) -> str | None:
        """The first of the names that is a column."""
        return next((name for name in names if name in self.columns), None)

    def ids(self, names: Sequence[str]) -> list[Any]:
        column = self.named(names)
        if column is None:
            there = ", ".join(self.columns) or "—"
            raise MarketFileFault(
                f"{self.path.name} 缺少编号列 {names[0]}，有：{there}。"
                f" {self.path.name} has no column {names[0]}; it has {there}."
            )
        seen: dict[str, int] = {}
        for row, value in enumerate(self.columns[column]):
            text = str(value).strip()
            if value is None or not text:
                raise self.fault(row, column, "没有编号。", "there is no id.")
            if text in seen:
                line = self.first + seen[text]
                raise self.fault(
                    row, column, f"{text} 与第 {line} 行重复。", f"{text} is in line {line} too."
                )
            seen[text] = row
        return [v.strip() if isinstance(v, str) else v for v in self.columns[column]]

    def kind(self, names: Sequence[str]) -> type:
        """What an id is in the file: text, or a whole number."""
        whole = all(isinstance(each, int) for each in self.ids(names))
        return int if whole and self.rows else str


def read(path: Path) -> Sheet:
    """A CSV file (UTF-8 or GB 18030) or, where pyarrow is installed, a Parquet file."""
    if not path.is_file():
        raise MarketFileFault(f"没有文件 {path}。 There is no file {path}.")
    if path.suffix.lower() in (".parquet", ".pq"):
        return _parquet(path)
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise MarketFileFault(
            f"{path.name} 既不是 UTF-8 也不是 GB 18030。 {path.name} is neither UTF-8 nor GB 18030."
        )
    return _csv(path, text)


def _csv(path: Path, text: str) -> Sheet:
    lines = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(lines, [])]
    if not any(header) or len(set(header)) != len(header):
        raise MarketFileFault(
            f"{path.name} 第 1 行须为互不相同的列名：{header}。"
            f" Line 1 of {path.name} must name the columns, each once: {header}."
        )
    columns: dict[str, list[Any]] = {name: [] for name in header}
    sheet = Sheet(path, columns)
    for row, cells in enumerate(line for line in lines if line):
        if len(cells) != len(header):
            raise sheet.fault(
                row, header[0], f"有 {len(cells)} 格，应有 {len(header)} 格。",
                f"{len(cells)} cells where there are {len(header)} columns.",
            )  # fmt: skip
        for name, cell in zip(header, cells, strict=True):
            columns[name].append(cell.strip())
    return sheet


def _parquet(path: Path) -> Sheet:
    try:
        from pyarrow import parquet
    except ImportError:
        raise MarketFileFault(
            f"读取 {path.name} 需要 pyarrow：pip install pyarrow，或改用 CSV。"
            f" Reading {path.name} needs pyarrow: pip install pyarrow, or use CSV."
        ) from None
    try:
        table = parquet.read_table(path)
    except Exception as wrong:
        raise MarketFileFault(
            f"{path.name} 不是 Parquet 文件：{wrong}。 {path.name} is no Parquet file."
        ) from wrong
    return Sheet(path, {name: table[name].to_pylist() for name in table.column_names}, 1)


def names(sheet: Sheet, column: str) -> list[dict[str, float]]:
    """Cells such as ``焊接|PLC:0.5``: names, each with a weight of 1 where none is given."""
    found = []
    for row, cell in enumerate(sheet.columns[column]):
        if isinstance(cell, Mapping):
            found.append({str(name): float(weight) for name, weight in cell.items()})
            continue
        parts = cell if isinstance(cell, list | tuple) else _cut("" if cell is None else str(cell))
        weights: dict[str, float] = {}
        for part in parts:
            name, colon, weight = str(part).rpartition(":")
            value = _number(weight) if colon else 1.0
            if value is None or value < 0:
                raise sheet.fault(
                    row, column, f"{part} 的权重须为不小于 0 的数。", f"bad weight in {part}."
                )
            weights[(name if colon else str(part)).strip()] = value
        found.append(weights)
    return found


def _cut(cell: str) -> list[str]:
    for mark in CUTS[1:]:
        cell = cell.replace(mark, CUTS[0])
    return [part.strip() for part in cell.split(CUTS[0]) if part.strip()]


def _number(cell: Any) -> float | None:
    try:
        value = float(cell)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def numbers(
    sheet: Sheet, column: str, words: Mapping[str, int] | None = None
) -> list[float | None]:  # fmt: skip
    found: list[float | None] = []
    for row, cell in enumerate(sheet.columns[column]):
        if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
            found.append(None)
            continue
        value = (words or {}).get(str(cell), None) or _number(cell)
        if value is None and cell != 0:
            told = "、".join(words) if words else ""
            raise sheet.fault(
                row, column, f"{cell!r} 须为数字{told}。", f"{cell!r} must be a number {told}."
            )
        found.append(value if value is not None else 0.0)
    return found


def days(sheet: Sheet, column: str) -> list[float | None]:
    """Dates such as 2026-07-01, as day numbers."""
    found: list[float | None] = []
    for row, cell in enumerate(sheet.columns[column]):
        try:
            day = cell if isinstance(cell, date) else date.fromisoformat(cell) if cell else None
        except (TypeError, ValueError):
            raise sheet.fault(
                row, column, f"{cell!r} 须为 2026-07-01 形式的日期。",
                f"{cell!r} must be a date such as 2026-07-01.",
            ) from None  # fmt: skip
        found.append(None if day is None else float(day.toordinal()))
    return found


def levels(sheet: Sheet, column: str) -> list[float | None]:
    return numbers(sheet, column, LEVELS)


def shares(sheet: Sheet, column: str) -> list[float | None]:
    """Numbers from 0 to 1."""
    found = numbers(sheet, column)
    for row, value in enumerate(found):
        if value is not None and not 0 <= value <= 1:
            raise sheet.fault(row, column, f"{value} 须在 0–1。", f"{value} must be 0 to 1.")
    return found
