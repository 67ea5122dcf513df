"""Code lists as trees: the nation's standards, read from rows and searched by people."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TextIO

from chanjiao.engines.taxonomy.codesearch import Hit, SearchIndex
from chanjiao.engines.taxonomy.faults import TaxonomyFault, row_fault


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One code of a list; a record keeps the code, never the name."""

    code: str
    name: str
    parent: str = ""
    level: int = 1
    aliases: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    name_en: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Both ends count as valid days; an open end never passes."""
        starts, ends = self.valid_from, self.valid_to
        return (starts is None or starts <= day) and (ends is None or day <= ends)


class CodeList:
    """An immutable list of codes that knows its tree, its dates and how people ask for a code.

    ``rows`` need the columns ``code`` and ``name``; ``parent``, ``level``, ``aliases`` and
    ``flags`` (both parted by ``|``), ``valid_from``, ``valid_to`` (ISO dates) and ``name_en``
    may be missing. Raises `TaxonomyFault` for an empty or doubled code, an unknown parent, a
    ring of parents, an unreadable date or level.

    >>> rows = [{"code": "6", "name": "生产制造人员"},
    ...         {"code": "6-18", "name": "机械制造人员", "parent": "6", "level": "2"},
    ...         {"code": "6-18-01", "name": "车工", "parent": "6-18", "level": "3"}]
    >>> trades = CodeList.from_rows("trades", rows)
    >>> [item.code for item in trades.ancestors("6-18-01")]
    ['6-18', '6']
    >>> [hit.item.name for hit in trades.search("cg")]
    ['车工']
    """

    def __init__(self, name: str, items: Iterable[CodeItem]) -> None:
        self.name = name
        self._items: dict[str, CodeItem] = {}
        for number, item in enumerate(items, start=1):
            self._add(number, item)
        self._children: dict[str, list[str]] = {}
        for number, item in enumerate(self._items.values(), start=1):
            if item.parent and item.parent not in self._items:
                remedy = ("请先收录上级代码", "add the parent's row")
                raise row_fault(name, number, "parent", item.parent, remedy)
            self._children.setdefault(item.parent, []).append(item.code)
        self._refuse_rings()

    @classmethod
    def from_rows(cls, name: str, rows: Iterable[Mapping[str, str]]) -> "CodeList":
        return cls(name, (_item(name, number, row) for number, row in enumerate(rows, start=1)))

    @classmethod
    def from_csv(cls, name: str, stream: TextIO) -> "CodeList":
        return cls.from_rows(name, csv.DictReader(stream))

    def _add(self, number: int, item: CodeItem) -> None:
        for field, value in (("code", item.code), ("name", item.name)):
            if not value:
                raise row_fault(self.name, number, field, value, ("不能为空", "must not be empty"))
        if item.code in self._items:
            remedy = ("代码重复，请保留一行", "doubled code, keep one row")
            raise row_fault(self.name, number, "code", item.code, remedy)
        self._items[item.code] = item

    def _refuse_rings(self) -> None:
        safe: set[str] = set()
        for code in self._items:
            path: list[str] = []
            while code and code not in safe:
                if code in path:
                    zh, en = "上级代码成环", "parents form a ring"
                    raise TaxonomyFault(f"{self.name} {code}：{zh}", f"{self.name} {code}: {en}")
                path.append(code)
                code = self._items[code].parent
            safe.update(path)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[CodeItem]:
        return iter(self._items.values())

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def __getitem__(self, code: str) -> CodeItem:
        return self._items[code]

    def get(self, code: str) -> CodeItem | None:
        return self._items.get(code)

    def parent(self, code: str) -> CodeItem | None:
        return self._items.get(self._items[code].parent)

    def children(self, code: str = "") -> list[CodeItem]:
        """The items just below ``code``; without a code, the roots; in the order of the list."""
        return [self._items[child] for child in self._children.get(code, [])]

    def ancestors(self, code: str) -> list[CodeItem]:
        """From the parent up to the root."""
        line: list[CodeItem] = []
        above = self.parent(code)
        while above is not None:
            line.append(above)
            above = self._items.get(above.parent)
        return line

    def descendants(self, code: str) -> list[CodeItem]:
        """Everything below ``code``, depth first."""
        found: list[CodeItem] = []
        for child in self.children(code):
            found.append(child)
            found.extend(self.descendants(child.code))
        return found

    def is_within(self, code: str, group: str) -> bool:
        """True where ``code`` is ``group`` or lies below it."""
        return code == group or any(above.code == group for above in self.ancestors(code))

    def at_level(self, code: str, level: int) -> CodeItem | None:
        """The item of ``level`` on the way from ``code`` to its root, if there is one."""
        line = [self._items[code], *self.ancestors(code)]
        return next((item for item in line if item.level == level), None)

    def valid_on(self, day: date) -> list[CodeItem]:
        return [item for item in self if item.is_valid_on(day)]

    def named(self, name: str) -> list[CodeItem]:
        """Items whose name or alias is exactly ``name``: names first, then aliases."""
        return [self._items[code] for code in self._by_name.get(name.strip(), [])]

    def resolve(self, text: str) -> CodeItem | None:
        """Read a code as people write it: without letter or dashes, padded with zeros, full width.

        >>> from chanjiao.engines.taxonomy.codebook import CodeItem
        >>> CodeList("x", [CodeItem("C3491", "工业机器人制造")]).resolve(" 3491 ").code
        'C3491'
        """
        wide = str.maketrans("０１２３４５６７８９－—", "0123456789--")
        plain = text.translate(wide).strip().upper().replace(" ", "")
        found = self._items.get(plain) or self._items.get(plain.replace(".0", ""))
        if found is None:
            bare = plain.replace("-", "").replace(".", "")
            short = _unpadded(bare)
            code = self._by_digits.get(bare) or self._by_digits.get(short) or short
            found = self._items.get(code)
        return found

    def search(
        self, query: str, limit: int = 20, *, on: date | None = None
    ) -> list["Hit[CodeItem]"]:
        """Find by code, name, alias, part of either, pinyin or its initials; the best come first.

        Several words must all match. The order is deterministic: kind of match, position,
        length, code. An empty query finds nothing. ``on`` keeps the items valid that day.
        """
        hits = self._index.search(query)
        kept = (hit for hit in hits if on is None or hit.item.is_valid_on(on))
        return [hit for hit, _ in zip(kept, range(limit), strict=False)]

    @cached_property
    def _index(self) -> "SearchIndex[CodeItem]":
        return SearchIndex(
            (item, item.code, item.name, item.aliases) for item in self._items.values()
        )

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for item in self:
            table.setdefault(item.name, []).append(item.code)
        for item in self:
            for alias in item.aliases:
                codes = table.setdefault(alias, [])
                if item.code not in codes:
                    codes.append(item.code)
        return table

    @cached_property
    def _by_digits(self) -> dict[str, str]:
        """Digits without letter or dashes, where that points at one code only."""
        table: dict[str, str] = {}
        for code in self._items:
            bare = code.replace("-", "")
            keys = {bare, bare.lstrip("ABCDEFGHIJKLMNOPQRST")} - {"", code}
            for key in keys:
                table[key] = "" if key in table else code
        return table


def _unpadded(digits: str) -> str:
    """Occupations above the leaf are often written with zeros: 6180000 is 6-18."""
    while len(digits) > 1 and digits.endswith("00"):
        digits = digits[:-2]
    return digits


def _item(table: str, number: int, row: Mapping[str, str]) -> CodeItem:
    def text(field: str) -> str:
        return (row.get(field) or "").strip()

    def parts(field: str) -> tuple[str, ...]:
        return tuple(part for part in text(field).split("|") if part)

    level = text("level") or "1"
    if not level.isascii() or not level.isdigit():
        remedy = ("应为从 1 起的整数", "give a whole number from 1")
        raise row_fault(table, number, "level", level, remedy)
    return CodeItem(
        code=text("code"),
        name=text("name"),
        parent=text("parent"),
        level=int(level),
        aliases=parts("aliases"),
        flags=frozenset(parts("flags")),
        valid_from=_day(table, number, "valid_from", text("valid_from")),
        valid_to=_day(table, number, "valid_to", text("valid_to")),
        name_en=text("name_en"),
    )


def _day(table: str, number: int, field: str, value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        remedy = ("日期应写作 2024-07-31", "write the date as 2024-07-31")
        raise row_fault(table, number, field, value, remedy) from None
