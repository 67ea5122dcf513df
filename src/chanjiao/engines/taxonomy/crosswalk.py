"""Links between two code lists, each with a strength, a basis and the person who reviewed it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TextIO

from chanjiao.engines.taxonomy.faults import row_fault

BASES: Final = ("official", "standard", "expert", "statistical")


@dataclass(frozen=True, slots=True)
class Link:
    """``strength`` is between 0 and 1; an official link is read-only for people."""

    source: str
    target: str
    strength: float
    basis: str
    reason: str = ""
    reviewer: str = ""

    @property
    def is_read_only(self) -> bool:
        return self.basis == "official"


class Crosswalk:
    """Immutable links; a review gives a new crosswalk through `with_links` or `without`.

    Rows need ``from``, ``to``, ``strength`` and ``basis`` (official, standard, expert or
    statistical); ``reason`` and ``reviewer`` may be missing. Raises `TaxonomyFault` for an
    unknown basis, a strength outside 0–1 or a doubled pair.

    >>> links = Crosswalk.from_rows("x", [
    ...     {"from": "460103", "to": "6-18-01-07", "strength": "0.9", "basis": "expert"}])
    >>> [link.target for link in links.targets("460103")]
    ['6-18-01-07']
    """

    def __init__(self, name: str, links: Iterable[Link]) -> None:
        self.name = name
        self._links: dict[tuple[str, str], Link] = {}
        for number, link in enumerate(links, start=1):
            self._check(number, link)
            self._links[link.source, link.target] = link
        self._forward: dict[str, list[Link]] = {}
        self._backward: dict[str, list[Link]] = {}
        for link in sorted(self._links.values(), key=lambda each: -each.strength):
            self._forward.setdefault(link.source, []).append(link)
            self._backward.setdefault(link.target, []).append(link)

    @classmethod
    def from_rows(cls, name: str, rows: Iterable[Mapping[str, str]]) -> "Crosswalk":
        return cls(name, (_link(name, number, row) for number, row in enumerate(rows, start=1)))

    @classmethod
    def from_csv(cls, name: str, stream: TextIO) -> "Crosswalk":
        return cls.from_rows(name, csv.DictReader(stream))

    def _check(self, number: int, link: Link) -> None:
        if link.basis not in BASES:
            remedy = ("应为 " + "、".join(BASES), "give one of " + ", ".join(BASES))
            raise row_fault(self.name, number, "basis", link.basis, remedy)
        if not 0 <= link.strength <= 1:
            remedy = ("应在 0 与 1 之间", "give a number from 0 to 1")
            raise row_fault(self.name, number, "strength", str(link.strength), remedy)
        if (link.source, link.target) in self._links:
            pair = f"{link.source} → {link.target}"
            remedy = ("对照重复，请保留一行", "doubled link, keep one row")
            raise row_fault(self.name, number, "to", pair, remedy)

    def __len__(self) -> int:
        return len(self._links)

    def __iter__(self) -> Iterator[Link]:
        return iter(self._links.values())

    def targets(self, source: str, *, at_least: float = 0.0) -> list[Link]:
        """Links from ``source``, the strongest first."""
        return [link for link in self._forward.get(source, []) if link.strength >= at_least]

    def sources(self, target: str, *, at_least: float = 0.0) -> list[Link]:
        """Links to ``target``, the strongest first."""
        return [link for link in self._backward.get(target, []) if link.strength >= at_least]

    def with_links(self, links: Iterable[Link]) -> "Crosswalk":
        """Add links or put them in the place of the same pair; an official link stays as it is."""
        merged = dict(self._links)
        for link in links:
            held = merged.get((link.source, link.target))
            if held is None or not held.is_read_only:
                merged[link.source, link.target] = link
        return Crosswalk(self.name, merged.values())

    def without(self, pairs: Iterable[tuple[str, str]]) -> "Crosswalk":
        """Drop reviewed-away pairs; official links stay."""
        gone = set(pairs)
        kept = (link for pair, link in self._links.items() if pair not in gone or link.is_read_only)
        return Crosswalk(self.name, kept)

    def coverage(self, sources: Iterable[str], *, at_least: float = 0.0) -> float | None:
        """Share of ``sources`` with at least one link; None where there is nothing to cover."""
        codes = list(sources)
        linked = sum(bool(self.targets(code, at_least=at_least)) for code in codes)
        return linked / len(codes) if codes else None


def _link(table: str, number: int, row: Mapping[str, str]) -> Link:
    def text(field: str) -> str:
        return (row.get(field) or "").strip()

    try:
        strength = float(text("strength"))
    except ValueError:
        remedy = ("应在 0 与 1 之间", "give a number from 0 to 1")
        raise row_fault(table, number, "strength", text("strength"), remedy) from None
    return Link(text("from"), text("to"), strength, text("basis"), text("reason"), text("reviewer"))
