"""Cutting a list into cells that give no company away, without losing anybody from the total.

Hiding small cells leaves holes that neighbours and totals betray. Here nothing is hidden: lines
are split from coarse to fine, and a split is made only where each part may be shown. What may
not stand alone is pooled into "others" of the same parent, so every sum of published cells is
itself a sum over enough companies and people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chanjiao.publishing.lines import Line

Level = Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines shown as one row: ``path`` says how far they are told apart.

    ``is_rest`` marks the pool of all that could not stand alone below ``path``.
    """

    path: tuple[str, ...]
    is_rest: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """The least number of companies and of people behind any published figure."""

    companies: int
    people: int

    def is_safe(self, lines: Sequence[Line]) -> bool:
        """Enough in all, and enough (or nothing) left when the lines shown by name are taken off.

        Lines published under a company's name can be subtracted by anybody who reads them.
        """
        unnamed = [line for line in lines if not line.is_public]
        return self._is_enough(lines) and (not unnamed or self._is_enough(unnamed))

    def _is_enough(self, lines: Sequence[Line]) -> bool:
        companies = {line.company for line in lines}
        return len(companies) >= self.companies and people(lines) >= self.people


def people(lines: Sequence[Line]) -> int:
    return sum(line.headcount for line in lines)


def cells(lines: Sequence[Line], levels: Sequence[Level], rule: Rule) -> list[Cell]:
    """Partition ``lines`` into safe cells; no cells at all when even the whole is too small.

    >>> a = [Line(c, c, "车工", 5, occupation="6-18") for c in "甲乙丙"]
    >>> b = [Line("丁", "丁", "钳工", 9, occupation="6-20")]
    >>> found = cells([*a, *b], [lambda line: line.occupation], Rule(3, 10))
    >>> [(cell.path, cell.is_rest, people(cell.lines)) for cell in found]
    [((), False, 24)]
    """
    everything = tuple(sorted(lines, key=_order))
    if not rule.is_safe(everything):
        return []
    return _split(everything, (), levels, rule)


def _split(
    lines: tuple[Line, ...], path: tuple[str, ...], levels: Sequence[Level], rule: Rule
) -> list[Cell]:
    if len(path) == len(levels):
        return [Cell(path, False, lines)]
    groups = _groups(lines, levels[len(path)])
    standing, rest = _sorted_out(groups, rule)
    if not standing:
        return [Cell(path, False, lines)]
    found = [
        cell
        for key in sorted(standing)
        for cell in _split(standing[key], (*path, key), levels, rule)
    ]
    if rest:
        found.append(Cell(path, True, rest))
    return found


def _groups(lines: Sequence[Line], level: Level) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(level(line), []).append(line)
    return {key: tuple(group) for key, group in found.items()}


def _sorted_out(
    groups: dict[str, tuple[Line, ...]], rule: Rule
) -> tuple[dict[str, tuple[Line, ...]], tuple[Line, ...]]:
    """Groups that may stand alone, and the pool of the others, itself safe or empty.

    While the pool is too small it takes in the smallest group that could have stood alone.
    """
    standing = {key: group for key, group in groups.items() if rule.is_safe(group)}
    rest = [line for key, group in groups.items() if key not in standing for line in group]
    while rest and standing and not rule.is_safe(rest):
        smallest = min(standing, key=lambda key: (people(standing[key]), key))
        rest.extend(standing.pop(smallest))
    return standing, tuple(sorted(rest, key=_order))


def _order(line: Line) -> tuple[str, ...]:
    return (
        line.occupation, line.industry, line.education, line.skill_level,
        line.company, line.title, f"{line.headcount:09d}", line.source, str(line.is_public),
        str(line.pay_low), str(line.pay_high), str(line.confirmed_on), str(line.valid_until),
    )  # fmt: skip


def occupation_level(depth: int) -> Level:
    """The first ``depth`` parts of the occupation code; lines without one stay together."""

    def level(line: Line) -> str:
        return "-".join(line.occupation.split("-")[:depth])

    return level


# Coarse to fine: four steps of the occupation list, then who is wanted there.
LEVELS: tuple[Level, ...] = (
    occupation_level(1),
    occupation_level(2),
    occupation_level(3),
    occupation_level(4),
    lambda line: line.industry[:1],
    lambda line: line.education,
    lambda line: line.skill_level,
)
