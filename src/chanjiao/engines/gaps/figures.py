"""A figure of both sides, what follows from it, and how figures add up to their parents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Both sides at one key. All counts add up; ``supply`` is ``None`` where nothing is known.

    ``matched`` is the part of ``demand`` that has a supply to be held against; ``covered`` the
    part of it that the supply meets, occupation by occupation. Projected people stand apart and
    enter none of the derived figures. ``demand_lines`` and ``supply_lines`` are the rows behind.
    """

    key: Key
    demand: int = 0
    matched: int = 0
    supply: int | None = None
    covered: int = 0
    projected_demand: int = 0
    projected_supply: int = 0
    companies: frozenset[str] = frozenset()
    demand_lines: frozenset[str] = frozenset()
    supply_lines: frozenset[str] = frozenset()
    unknown_lines: frozenset[str] = frozenset()

    @property
    def gap(self) -> int | None:
        """People wanted whom the supply does not meet; unknown where the supply is."""
        return None if self.supply is None else self.matched - self.covered

    @property
    def surplus(self) -> int | None:
        return None if self.supply is None else self.supply - self.covered

    @property
    def ratio(self) -> Fraction | None:
        """求人倍率: demand for each person of the supply; without a supply there is no ratio."""
        return Fraction(self.matched, self.supply) if self.supply else None

    @property
    def coverage(self) -> Fraction | None:
        """需求覆盖率: the share of demand that the supply meets."""
        return Fraction(self.covered, self.matched) if self.matched else None


def added(key: Key, parts: Iterable[Figure]) -> Figure:
    """The sum of ``parts`` under ``key``; companies and lines are counted once each."""
    found = list(parts)
    known = [figure.supply for figure in found if figure.supply is not None]
    return Figure(
        key,
        demand=sum(f.demand for f in found),
        matched=sum(f.matched for f in found),
        supply=sum(known) if known else None,
        covered=sum(f.covered for f in found),
        projected_demand=sum(f.projected_demand for f in found),
        projected_supply=sum(f.projected_supply for f in found),
        companies=frozenset().union(*(f.companies for f in found)),
        demand_lines=frozenset().union(*(f.demand_lines for f in found)),
        supply_lines=frozenset().union(*(f.supply_lines for f in found)),
        unknown_lines=frozenset().union(*(f.unknown_lines for f in found)),
    )


def rolled_up(
    figures: Mapping[Key, Figure], *parents: Mapping[str, str]
) -> dict[Key, Figure]:  # fmt: skip
    """``figures`` and the sums for all nodes above them, one tree (child → parent) a key part.

    >>> found = rolled_up({("电工",): Figure(("电工",), 8), ("焊工",): Figure(("焊工",), 5)},
    ...                   {"电工": "全部", "焊工": "全部"})
    >>> {key[0]: figure.demand for key, figure in found.items()}
    {'全部': 13, '焊工': 5, '电工': 8}
    """
    found = dict(figures)
    for place, tree in enumerate(parents):
        groups: dict[Key, list[Figure]] = {}
        for key, figure in found.items():
            for above in _above(key[place], tree):
                groups.setdefault((*key[:place], above, *key[place + 1 :]), []).append(figure)
        for key, parts in groups.items():
            own = [found[key]] if key in found else []
            found[key] = added(key, [*own, *parts])
    return dict(sorted(found.items()))


def _above(node: str, tree: Mapping[str, str]) -> list[str]:
    above: list[str] = []
    while (parent := tree.get(node)) is not None:
        if parent in above or len(above) > 50:
            raise ValueError(f"树有环：{parent}。 The tree has a cycle at {parent}.")
        above.append(parent)
        node = parent
    return above
