"""What a sheet should look like, and what reading one says: columns, problems, faults, rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from chanjiao.engines.tabular.marks import folded

type Kind = Literal[
    "text",
    "integer",
    "decimal",
    "money_wan",
    "yuan",
    "date",
    "month",
    "year",
    "phone",
    "email",
    "uscc",
    "identity_number",
    "code",
    "boolean",
    "choice",
    "multi_choice",
]

#: Kinds whose values add up: copying one into each row of a merged cell would multiply it.
QUANTITIES = frozenset({"integer", "decimal", "money_wan", "yuan"})
SEPARATORS = re.compile(r"[、,，;；|\n]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value, without its place; ``zh`` and ``en`` are whole sentences.

    A warning may carry the ``value`` to go on with.
    """

    column: str
    code: str
    zh: str
    en: str
    remedy_zh: str = ""
    remedy_en: str = ""
    warning: bool = False
    value: object = None


#: What a checker gives: the value to store (usually a code), or a ``Problem``.
type Checked = object
type Checker = Callable[[str], Checked]
type RowCheck = Callable[[Mapping[str, object]], Iterable[Problem]]


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it holds and between which bounds.

    ``choices`` maps a stored value to ``(Chinese, English, *other words)``. ``minimum`` and
    ``maximum`` are in the column's own unit (万元 for ``money_wan``). A ``personal`` value is
    masked in faults. ``pattern`` must match the whole value of a ``text`` or ``code``.
    """

    name: str
    zh: str
    en: str
    kind: Kind
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None
    minimum: object = None
    maximum: object = None
    max_length: int | None = None
    pattern: str | None = None
    unit: str = ""
    note_zh: str = ""
    note_en: str = ""
    example: str = ""
    personal: bool = False

    def __post_init__(self) -> None:
        if self.kind in ("choice", "multi_choice"):
            self.check_choices()

    def check_choices(self) -> None:
        """A word that two choices share, or that holds a separator, could not be read back."""
        if not self.choices:
            raise ValueError(f"column {self.name}: kind {self.kind} needs choices")
        seen: dict[str, str] = {}
        for value, words in self.choices.items():
            for word in (value, *words):
                if seen.setdefault(folded(word), value) != value:
                    raise ValueError(f"column {self.name}: {word!r} names two choices")
                if self.kind == "multi_choice" and SEPARATORS.search(word):
                    raise ValueError(f"column {self.name}: {word!r} holds a separator")

    @cached_property
    def choice_of(self) -> dict[str, str]:
        """Folded word → stored value."""
        table: dict[str, str] = {}
        for value, words in (self.choices or {}).items():
            for word in (value, *words):
                table[folded(word)] = value
        return table

    @cached_property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Numeric bounds; dates are compared as they are."""

        def number(bound: object) -> Decimal | None:
            return Decimal(str(bound)) if isinstance(bound, int | float | Decimal) else None

        return number(self.minimum), number(self.maximum)

    @cached_property
    def regex(self) -> re.Pattern[str] | None:
        return re.compile(self.pattern) if self.pattern else None

    def label(self, language: str = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Sheet:
    """A table that can be read and written; ``key`` names the columns that identify a row.

    Two rows with one key are a fault; ``duplicates="warn"`` keeps the first and warns. Rows equal
    in every value are always a warning.
    """

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    checks: tuple[RowCheck, ...] = ()
    duplicates: Literal["refuse", "warn"] = "refuse"

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError(f"sheet {self.name}: two columns share a name")
        if missing := set(self.key) - set(names):
            raise ValueError(f"sheet {self.name}: no column {sorted(missing)}")

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def label(self, language: str = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def headings(self) -> Iterable[str]:
        for column in self.columns:
            yield from (column.name, column.zh, column.en, *column.aliases)


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem in its place. ``row`` is the spreadsheet's; file-wide faults have none."""

    row: int | None
    column: str | None
    letter: str | None
    heading: str | None
    value: str | None
    code: str
    zh: str
    en: str
    remedy_zh: str = ""
    remedy_en: str = ""

    def message(self, language: str = "zh") -> str:
        """Say where, what and how to mend it, in one line."""
        if language == "zh":
            return self.zh + self.remedy_zh
        return f"{self.en} {self.remedy_en}".rstrip()


@dataclass(slots=True)
class Row:
    """``values`` by column name, ``None`` where blank or faulty; ``raw`` as in the file."""

    number: int
    values: dict[str, object]
    raw: dict[str, str]
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """How a heading met its column: ``mapping``, ``exact``, ``alias`` or ``unit`` (cut off)."""

    heading: str
    index: int
    letter: str
    column: str
    how: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A heading without a column, and the columns it resembles, nearest first."""

    heading: str
    index: int
    letter: str
    suggestions: tuple[str, ...] = ()
    has_values: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data; ``why``: title, heading, total, note, example, duplicate."""

    number: int
    why: str
    text: str


@dataclass
class Reading:
    """All there is to say about a file.

    ``faults`` and ``warnings`` hold the first ``Limits.max_faults``; ``fault_counts`` and
    ``warning_counts`` count them all by code. ``rows`` holds faulty rows too (``Row.faulty``).
    """

    sheet: Sheet
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    fault_counts: Counter[str] = field(default_factory=Counter)
    warning_counts: Counter[str] = field(default_factory=Counter)
    matched: list[Match] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    blank_rows: int = 0
    header_row: int | None = None
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet_name: str = ""
    other_sheets: Sequence[str] = ()
    #: The first rows as they stand, for a page on which headings are mapped by hand.
    preview: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def outcome(self) -> Literal["accepted", "accepted_with_warnings", "refused"]:
        if self.fault_counts:
            return "refused"
        return "accepted_with_warnings" if self.warning_counts else "accepted"

    @property
    def fault_total(self) -> int:
        return self.fault_counts.total()

    @property
    def warning_total(self) -> int:
        return self.warning_counts.total()
