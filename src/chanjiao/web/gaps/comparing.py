"""Two studies side by side: what grew and what shrank, at the same code."""

from dataclasses import dataclass
from typing import Any

from chanjiao.core.actor import Actor
from chanjiao.gaps.queries import figures_visible_to
from chanjiao.web.gaps.naming import figure_url, name_of
from chanjiao.web.shared.paging import Slice


@dataclass(frozen=True, slots=True)
class Change:
    """One key in both studies; a side that lacks it is ``None``."""

    before: Any | None
    after: Any | None

    @property
    def figure(self) -> Any:
        return self.after or self.before

    @property
    def name(self) -> str:
        return name_of(self.figure)

    @property
    def url(self) -> str:
        return figure_url(self.figure)

    @property
    def numbers(self) -> list[tuple[int | None, int | None]]:
        """(value now, change) of demand, supply and gap."""
        return [(getattr(self.after, f, None), self.by(f)) for f in ("demand", "supply", "gap")]

    def by(self, field: str) -> int | None:
        """How much a number rose; unknown where either side does not have it."""
        one = getattr(self.before, field, None)
        other = getattr(self.after, field, None)
        return None if one is None or other is None else other - one


def changes(actor: Actor, before: Any, after: Any, view: str) -> list[Change]:
    """Leaves of either study, the largest change of the gap first."""
    old = {f.key: f for f in figures_visible_to(actor, before, view).filter(is_leaf=True)}
    new = {f.key: f for f in figures_visible_to(actor, after, view).filter(is_leaf=True)}
    found = [Change(old.get(key), new.get(key)) for key in sorted({*old, *new})]
    return sorted(found, key=lambda c: (-abs(c.by("gap") or 0), -abs(c.by("demand") or 0)))


def page_of_list(rows: list[Any], asked: str | None, size: int) -> Slice:
    """A page of a list that is already in memory."""
    pages = max(1, -(-len(rows) // size))
    number = int(asked) if asked and asked.isascii() and asked.isdigit() else 1
    number = max(1, min(number, pages))
    found = rows[(number - 1) * size : number * size]
    return Slice(found, number, size, len(rows), False, number < pages)
