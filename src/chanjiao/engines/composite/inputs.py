"""iData and iMeta, the two tables of COINr's conventions, read from text and compared."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from math import isfinite, nan

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.scheme import Node, Scheme
from chanjiao.engines.composite.table import Floats, Table, ordered

GAPS = frozenset({"", "NA", "N/A", "NaN", "nan", "na", "NULL", "null"})
TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
SPECIAL = ("uCode", "uName", "Time")
NEEDED = ("iCode", "Type")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the two tables hold: values with groups and bases, the tree, names, further columns.

    Rows are in order of ``Time`` and ``uCode``, as COINr puts them. ``others`` are columns of
    type Other: numbers where they are numbers, such as an indicator by another definition.
    ``meta`` keeps every cell of iMeta by code.
    """

    table: Table
    scheme: Scheme
    names: Mapping[str, str]
    others: Mapping[str, Floats]
    meta: Mapping[str, Mapping[str, str]]

    def number(self, code: str, column: str) -> float | None:
        """A number from iMeta; ``None`` where the cell or the column is empty."""
        said = self.meta[code].get(column, "").strip()
        return None if said in GAPS else _number(said, f"iMeta {code}", column)


def read_inputs(data: str, meta: str) -> Inputs:
    r"""From the text of both files. Raises :class:`Refused` naming file, row, column and value.

    >>> meta = '''iCode,Level,Weight,Direction,Parent,Type
    ... x,1,1,1,I,Indicator
    ... I,2,1,1,,Aggregate'''
    >>> inputs = read_inputs("uCode,x\nB,2\nA,NA", meta)
    >>> inputs.table.units, inputs.table.values.ravel().tolist(), inputs.scheme.root
    (('A', 'B'), [nan, 2.0], 'I')
    """
    described = _meta(meta)
    scheme = _scheme(described)
    rows, heads = _rows(data, "iData")
    kinds = {code: line["Type"] for code, line in described.items()}
    _check_heads(heads, kinds)
    rows = _in_order(rows)
    units = [row["uCode"] for _, row in rows]
    periods = tuple(row["Time"] for _, row in rows) if _is_panel(rows) else ()
    columns = {
        code: _column(rows, code)
        for code in heads
        if kinds.get(code) in ("Indicator", "Denominator")
    }
    table = Table(
        tuple(units),
        scheme.leaves,
        np.column_stack([columns[code] for code in scheme.leaves]),
        periods,
        {
            code: tuple(None if row[code] in GAPS else row[code] for _, row in rows)
            for code in heads
            if kinds.get(code) == "Group"
        },
        {code: columns[code] for code in heads if kinds.get(code) == "Denominator"},
    )
    table.check()
    names = {row["uCode"]: row.get("uName") or row["uCode"] for _, row in rows}
    others = {
        code: _column(rows, code, strict=False) for code in heads if kinds.get(code) == "Other"
    }
    return Inputs(table, scheme, names, others, described)


# ------------------------------------------------------------------------------------- iMeta


def _meta(text: str) -> dict[str, dict[str, str]]:
    rows, heads = _rows(text, "iMeta")
    for head in NEEDED:
        if head not in heads:
            raise Refused(f"iMeta 缺 {head} 一列。", f"iMeta lacks the column {head}.", line=1)
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        code = row["iCode"]
        kind = next((one for one in TYPES if one.lower() == row["Type"].lower()), None)
        if not code:
            raise _fault("iMeta", line, "iCode", "", ("请写代码", "give a code"))
        if kind is None:
            remedy = (f"请写 {'、'.join(TYPES)} 之一", f"give one of {', '.join(TYPES)}")
            raise _fault("iMeta", line, "Type", row["Type"], remedy)
        if code in found:
            remedy = (f"第 {lines[code]} 行已有", f"stands already on line {lines[code]}")
            raise _fault("iMeta", line, "iCode", code, remedy)
        found[code] = {**row, "Type": kind, "": str(line)}
        lines[code] = line
    return found


def _scheme(described: Mapping[str, Mapping[str, str]]) -> Scheme:
    nodes = []
    for code, row in described.items():
        if row["Type"] not in ("Indicator", "Aggregate"):
            continue
        line = int(row[""])
        parent = _word(row, "Parent")
        weight = 1.0 if _word(row, "Weight") is None else _number(row["Weight"], line, "Weight")
        direction = 1.0
        if row["Type"] == "Indicator" and _word(row, "Direction") is not None:
            direction = _number(row["Direction"], line, "Direction")
        level = 0.0 if _word(row, "Level") is None else _number(row["Level"], line, "Level")
        if direction not in (1, -1) or level != int(level):
            at = "Direction" if direction not in (1, -1) else "Level"
            raise _fault("iMeta", line, at, row[at], ("须为 1 或 -1，层级须为整数",
                         "give 1 or -1; levels are whole numbers"))  # fmt: skip
        name = row.get("iName") or code
        nodes.append(Node(code, parent, weight, int(direction), name, name, int(level)))
    try:
        scheme = Scheme(nodes)
    except Refused as fault:
        raise Refused(f"iMeta：{fault.zh}", f"iMeta: {fault.en}") from fault
    for node in scheme:
        _check_node(node, node.code in scheme.leaves, described[node.code])
    return scheme


def _check_node(node: Node, is_leaf: bool, row: Mapping[str, str]) -> None:
    line = int(row[""])
    if is_leaf != (row["Type"] == "Indicator"):
        remedy = (
            "有下级的是 Aggregate，没有下级的是 Indicator",
            "what has children is an Aggregate, what has none an Indicator",
        )
        raise _fault("iMeta", line, "Type", row["Type"], remedy)
    given = _word(row, "Level")
    if given is not None and float(given) != node.level:
        remedy = (
            f"下级的层级使它至少为 {node.level}",
            f"its children put it at {node.level} or above",
        )
        raise _fault("iMeta", line, "Level", given, remedy)


def _word(row: Mapping[str, str], key: str) -> str | None:
    said = row.get(key, "").strip()
    return None if said in GAPS else said


# ------------------------------------------------------------------------------------- iData


def _check_heads(heads: list[str], kinds: Mapping[str, str]) -> None:
    if "uCode" not in heads:
        raise Refused("iData 缺 uCode 一列。", "iData lacks the column uCode.", line=1)
    strangers = [head for head in heads if head not in SPECIAL and head not in kinds]
    if strangers:
        raise Refused(
            f"iData 的列 {'、'.join(strangers)} 在 iMeta 里没有说明；不用的列请标为 Other。",
            f"iData has columns {', '.join(strangers)} that iMeta does not describe; mark what "
            "is not used as Other.",
            line=1,
        )
    lost = [c for c, kind in kinds.items() if kind != "Aggregate" and c not in heads]
    if lost:
        raise Refused(
            f"iMeta 里的 {'、'.join(lost)} 在 iData 里没有这一列。",
            f"iMeta describes {', '.join(lost)}, columns that iData lacks.",
            line=1,
        )


def _is_panel(rows: list[tuple[int, dict[str, str]]]) -> bool:
    return bool(rows) and len({row.get("Time", "") for _, row in rows}) > 1


def _in_order(rows: list[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        key = (row.get("Time", ""), row["uCode"])
        if not row["uCode"] or key in seen:  # NA is a code: Namibia's
            raise _fault("iData", line, "uCode", row["uCode"], (
                f"与第 {seen[key]} 行重复" if key in seen else "请写单位代码",
                f"the same as on line {seen[key]}" if key in seen else "give the unit's code",
            ))  # fmt: skip
        seen[key] = line
    place = {period: n for n, period in enumerate(ordered({key[0] for key in seen}))}
    return sorted(rows, key=lambda one: (place[one[1].get("Time", "")], one[1]["uCode"]))


def _column(rows: list[tuple[int, dict[str, str]]], code: str, strict: bool = True) -> Floats:
    found = []
    for line, row in rows:
        said = row[code]
        if said in GAPS:
            found.append(nan)
            continue
        try:
            found.append(_number(said, line, code, "iData"))
        except Refused:
            if strict:
                raise
            found.append(nan)
    return np.array(found)


def _number(said: str, where: int | str, column: str, table: str = "iMeta") -> float:
    try:
        number = float(said)
    except ValueError:
        number = nan
    if not isfinite(number):
        remedy = ("须为数，缺的留空或写 NA", "give a number, or nothing or NA where there is none")
        raise _fault(table, where, column, said, remedy)
    return number


def _fault(
    table: str, where: int | str, column: str, said: str, remedy: tuple[str, str]
) -> Refused:
    line = where if isinstance(where, int) else None
    zh, en = remedy
    at = f"{table} {column}" if line is not None else f"{where} {column}"
    return Refused(f"{at} 的值“{said}”：{zh}。", f"{at} = {said!r}: {en}.", line=line)


def _rows(text: str, table: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Lines as dictionaries with their numbers in the file, and the headings."""
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        listed = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise Refused(
            f"{table} 不是可读的 CSV：{fault}。", f"{table} is not readable CSV: {fault}.",
            line=reader.line_num,
        ) from None  # fmt: skip
    if len(listed) < 2:
        raise Refused(f"{table} 没有数据行。", f"{table} has no rows.", line=1)
    heads = [head.strip() for head in listed[0][1]]
    twice = _twice(heads)
    if twice is not None:
        raise Refused(
            f"{table} 有两列都叫“{twice}”。", f"{table} has two columns called {twice!r}.", line=1
        )
    found = []
    for line, row in listed[1:]:
        if len(row) != len(heads):
            raise Refused(
                f"{table} 这一行有 {len(row)} 格，表头有 {len(heads)} 格。",
                f"{table} has {len(row)} cells here and {len(heads)} headings.",
                line=line,
            )
        cells = (cell.strip() for cell in row)
        found.append((line, dict(zip(heads, cells, strict=True))))
    return found, heads


def _twice(words: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            return word
        seen.add(word)
    return None
