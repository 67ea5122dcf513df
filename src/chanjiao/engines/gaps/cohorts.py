"""From classes to people who will look for work."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from chanjiao.engines.gaps.apportioning import largest_remainder, rounded
from chanjiao.engines.gaps.lines import Trained


def expected(size: int | None, loss: Fraction, further: Fraction) -> Fraction | None:
    """Size × (1 − loss) × (1 − further study), exactly; an unknown size stays unknown.

    >>> expected(40, Fraction(5, 100), Fraction(25, 100))
    Fraction(57, 2)
    """
    return None if size is None else size * (1 - loss) * (1 - further)


def leavers(lines: Sequence[Trained]) -> dict[str, int]:
    """Whole people for each class of known size.

    First the grand total is rounded, then it is parted among majors and, within a major,
    among its classes, by largest remainder: no total on any page differs from its parts.
    """
    exact = {
        line.line: value
        for line in lines
        if (value := expected(line.size, line.loss, line.further)) is not None
    }
    by_major: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for line in lines:
        if line.line in exact:
            by_major[line.major][line.line] = exact[line.line]
    majors = {major: sum(parts.values(), Fraction()) for major, parts in by_major.items()}
    totals = largest_remainder(majors, rounded(sum(majors.values(), Fraction())))
    found: dict[str, int] = {}
    for major in sorted(by_major):
        parts = by_major[major]
        found |= (
            largest_remainder(parts, totals[major]) if totals[major] else dict.fromkeys(parts, 0)
        )
    return found


def placed(
    lines: Sequence[Trained],
    people: Mapping[str, int],
    shares: Mapping[str, Mapping[str, Fraction]],
) -> dict[tuple[str, str], int]:
    """(class, occupation) → people, by the shares of each class's major.

    Classes of a major are served one after another, each person going to the occupation that
    is furthest behind its share so far: a class adds up to its people, and a major's
    occupations stay within one person of their shares however small its classes are.
    """
    behind: dict[str, dict[str, Fraction]] = {}
    found: dict[tuple[str, str], int] = {}
    for line in sorted(lines, key=lambda one: one.line):
        count = people.get(line.line, 0)
        if not count or not shares.get(line.major):
            continue
        due = behind.setdefault(line.major, dict.fromkeys(sorted(shares[line.major]), Fraction()))
        for occupation, share in shares[line.major].items():
            due[occupation] += share * count
        for _ in range(count):
            occupation = max(due, key=due.__getitem__)
            due[occupation] -= 1
            found[line.line, occupation] = found.get((line.line, occupation), 0) + 1
    return found
