"""Markets from files of people, positions and pairs, as the matching engine takes them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from chanjiao.core.marketfiles import (
    MarketFileFault,
    Sheet,
    days,
    levels,
    names,
    numbers,
    read,
    shares,
)
from chanjiao.engines.matching import (
    AllOf,
    AnyOf,
    Appeal,
    AtLeast,
    AtMost,
    Covers,
    Fit,
    Listed,
    Machine,
    Market,
    Merit,
    Pairs,
    Rise,
    Scheme,
    Table,
)
from chanjiao.engines.matching.declaring import Condition, Factor, refuse_protected

PERSON = ("person", "person_id", "id", "人员", "学生", "编号")
POSITION = ("position", "position_id", "id", "岗位", "编号")
SEATS = ("capacity", "vacancies", "quota", "seats", "headcount", "名额", "人数")
CONDITIONS: tuple[Condition, ...] = (
    AnyOf("majors", "majors", "majors"),
    AnyOf("regions", "regions", "region"),
    AnyOf("shifts", "shifts", "shift"),
    AtLeast("education", "education", "education"),
    AtMost("wage", "wage", "wage"),
    AtMost("dates", "available_on", "starts_on"),
    AllOf("certificates", "certificates", "certificates"),
)
FACTORS: tuple[Factor, ...] = (
    Fit("fit", "major", "occupation"),
    Fit("travel", "home", "region", same=1.0, otherwise=0.3),
    Rise("pay", "wage", "wage", span=0.5, relative=True),
    Covers("skills", "skills", "skills"),
    Merit("grade", "grade"),
    Appeal("appeal", "appeal"),
)
SCHEME = Scheme(
    "command-1",
    person={"fit": 2, "travel": 2, "pay": 3, "skills": 2, "appeal": 1},
    position={"fit": 3, "skills": 5, "grade": 2},
)


READERS: dict[str, Callable[[Sheet, str], list[Any]]] = {
    **dict.fromkeys(("majors", "regions", "region", "shifts", "shift", "certificates"), names),
    **dict.fromkeys(("major", "occupation", "home", "skills"), names),
    "education": levels,
    "wage": numbers,
    "available_on": days,
    "starts_on": days,
    "grade": shares,
    "appeal": shares,
}


def table(sheet: Sheet, ids: Sequence[str]) -> Table:
    """The columns that the command knows; others are left alone, protected ones are refused."""
    refuse_protected(sheet.columns)
    columns = {name: READERS[name](sheet, name) for name in sheet.columns if name in READERS}
    if "majors" not in columns and "major" in columns:
        columns["majors"] = columns["major"]
    return Table(_whole(sheet.ids(ids)), columns)


def _whole(ids: list[Any]) -> list[Any]:
    """Whole numbers where all ids are, so that 9 comes before 10."""
    if all(isinstance(each, int) or (isinstance(each, str) and _is_whole(each)) for each in ids):
        return [int(each) for each in ids]
    return [str(each) for each in ids]


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16 and str(int(text)) == text


def seats_of(sheet: Sheet) -> list[float]:
    """Whole numbers of seats; a file without such a column gives one each."""
    column = sheet.named(SEATS)
    if column is None:
        return [1.0] * sheet.rows
    found = []
    for row, value in enumerate(numbers(sheet, column)):
        if value is None or value < 0 or value != int(value):
            cell = sheet.columns[column][row]
            raise sheet.fault(
                row, column, f"名额 {cell!r} 须为不小于 0 的整数。",
                f"{cell!r} seats must be 0, 1, 2, …",
            )  # fmt: skip
        found.append(value)
    return found


def scheme_of(path: Path | None) -> Scheme:
    """Weights from a JSON file: version, person, position, person_share, position_share."""
    if path is None:
        return SCHEME
    try:
        given = json.loads(path.read_text("utf-8"))
        return Scheme(**given)
    except (OSError, ValueError, TypeError) as wrong:
        raise MarketFileFault(
            f"权重方案 {path.name} 读不懂：{wrong}。 The scheme {path.name} can't be read: {wrong}."
        ) from wrong


def fits_of(path: Path | None) -> dict[tuple[str, str], float]:
    """Values 0–1 of major × occupation, from columns major, occupation, value."""
    if path is None:
        return {}
    sheet = read(path)
    for name in ("major", "occupation", "value"):
        if name not in sheet.columns:
            raise MarketFileFault(f"{path.name} 缺少列 {name}。 {path.name} has no column {name}.")
    pairs = zip(sheet.columns["major"], sheet.columns["occupation"], strict=True)
    values = shares(sheet, "value")
    return {pair: value or 0.0 for pair, value in zip(pairs, values, strict=True)}


def market_of(
    people: Sheet, positions: Sheet, scheme: Scheme, fits: Mapping[tuple[str, str], float],
    machine: Machine,
) -> Market:  # fmt: skip
    """Conditions and factors for which both files have the columns; weights of others fall away."""
    one, other = table(people, PERSON), table(positions, POSITION)

    def there(given: Condition | Factor) -> bool:
        mine, theirs = getattr(given, "person", None), getattr(given, "position", None)
        return (mine is None or mine in one.columns) and (theirs is None or theirs in other.columns)

    fitted = [
        replace(f, table=fits) if isinstance(f, Fit) and f.same is None else f for f in FACTORS
    ]
    factors = [f for f in fitted if there(f) and (f.name != "fit" or fits)]
    known = {f.name for f in FACTORS}
    kept = {f.name for f in factors} | ({*scheme.person, *scheme.position} - known)
    return Market(
        one,
        Table(other.ids, {**other.columns, "capacity": seats_of(positions)}),
        conditions=[c for c in CONDITIONS if there(c)],
        factors=factors,
        scheme=replace(
            scheme,
            person={n: w for n, w in scheme.person.items() if n in kept},
            position={n: w for n, w in scheme.position.items() if n in kept},
        ),
        capacity="capacity",
        machine=machine,
    )


def pairs_of(people: Sheet, positions: Sheet, pairs: Sheet, machine: Machine) -> Pairs:
    """Only listed pairs are feasible; of u, v and w at least one column has to be there."""
    for sheet in (people, positions):
        refuse_protected(sheet.columns)
    person, position = pairs.named(PERSON), pairs.named(POSITION)
    given = {name: _values(pairs, name) for name in ("u", "v", "w") if name in pairs.columns}
    if person is None or position is None or person == position or not given:
        there = ", ".join(pairs.columns)
        raise MarketFileFault(
            f"{pairs.path.name} 须有列 person、position 和 u、v、w 之一，有：{there}。"
            f" {pairs.path.name} needs person, position and one of u, v, w; it has {there}."
        )
    ids = (people.ids(PERSON), positions.ids(POSITION))
    ends = (_known(pairs, person, ids[0]), _known(pairs, position, ids[1]))
    _once(pairs, person, ends)
    u = given.get("u", given.get("v", given.get("w")))
    v = given.get("v", given.get("u", given.get("w")))
    whole = [_whole(each) for each in ids]
    kinds = [int if each and isinstance(each[0], int) else str for each in whole]
    listed = Listed(
        [kinds[0](each) for each in ends[0]], [kinds[1](each) for each in ends[1]],
        u, v, given.get("w"),
    )  # fmt: skip
    return Pairs(*whole, listed, capacity=seats_of(positions), machine=machine)


def _values(sheet: Sheet, column: str) -> list[float]:
    found = []
    for row, value in enumerate(numbers(sheet, column)):
        if value is None:
            raise sheet.fault(row, column, "须填一个数。", "a number is missing.")
        found.append(value)
    return found


def _known(sheet: Sheet, column: str, ids: Sequence[Any]) -> list[str]:
    known = {str(each) for each in ids}
    found = [str(cell).strip() for cell in sheet.columns[column]]
    for row, each in enumerate(found):
        if each not in known:
            raise sheet.fault(row, column, f"名单里没有 {each!r}。", f"no file lists {each!r}.")
    return found


def _once(sheet: Sheet, column: str, ends: tuple[list[str], list[str]]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row, pair in enumerate(zip(*ends, strict=True)):
        if pair in seen:
            line = sheet.first + seen[pair]
            raise sheet.fault(
                row, column, f"配对 {pair} 与第 {line} 行重复。", f"{pair} is in line {line} too."
            )
        seen[pair] = row
