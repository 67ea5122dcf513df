"""The arithmetic of one study: lines in, figures by occupation, major, area and chain out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chanjiao.engines.gaps.apportioning import largest_remainder
from chanjiao.engines.gaps.cohorts import leavers, placed
from chanjiao.engines.gaps.figures import Figure, Key
from chanjiao.engines.gaps.lines import Basis, LineFault, Link, Trained, Wanted

# The place, or the major, of people who have none.
NOWHERE = ""
SITE = "|"


@dataclass(frozen=True, slots=True)
class Study:
    """All figures at the finest codes; ``rolled_up`` makes their parents.

    ``by_area``, ``by_node`` and ``by_industry`` have keys (occupation, place), ``by_major`` has
    (major, occupation). A site is an area and an industry, joined by ``SITE``.
    People whose line has no code, and graduates whose major has no link, are in none of them.
    """

    by_occupation: Mapping[Key, Figure]
    by_major: Mapping[Key, Figure]
    by_area: Mapping[Key, Figure]
    by_node: Mapping[Key, Figure]
    by_industry: Mapping[Key, Figure]
    by_site: Mapping[Key, Figure]
    people: Mapping[str, int]
    uncoded: Sequence[Wanted]
    unlinked: Sequence[Trained]
    unsized: Sequence[Trained]

    @property
    def unmapped_demand(self) -> int:
        return sum(line.people for line in self.uncoded)

    @property
    def unlinked_supply(self) -> int:
        return sum(self.people.get(line.line, 0) for line in self.unlinked)


def balance(
    demand: Iterable[Wanted], supply: Iterable[Trained], links: Iterable[Link]
) -> Study:  # fmt: skip
    """Hold supply against demand; the order of lines does not matter, every total is conserved.

    A class's people go to occupations by the strength of its major's links (share = strength ÷
    the sum of the major's strengths). The supply of an occupation goes to areas and steps of
    chains as its demand lies there, since graduates look for work in the whole city. Raises
    :class:`LineFault` where a line or link stands twice.
    """
    wanted = _once(demand, lambda one: one.line)
    trained = _once(supply, lambda one: one.line)
    shares = _shares(_once(links, lambda one: (one.major, one.occupation)))
    coded = [line for line in wanted if line.occupation is not None]
    people = leavers([line for line in trained if line.basis is Basis.DECLARED])
    people |= leavers([line for line in trained if line.basis is Basis.PROJECTED])
    flows = placed(trained, people, shares)
    by_occupation = _by_occupation(coded, trained, flows, shares)
    return Study(
        by_occupation=by_occupation,
        by_major=_by_major(by_occupation, trained, flows),
        by_area=_by_place(by_occupation, coded, lambda line: line.area),
        by_node=_by_place(by_occupation, coded, lambda line: line.node),
        by_industry=_by_place(by_occupation, coded, lambda line: line.industry),
        by_site=_by_place(by_occupation, coded, site_of),
        people=people,
        uncoded=[line for line in wanted if line.occupation is None],
        unlinked=[line for line in trained if not shares.get(line.major)],
        unsized=[line for line in trained if line.size is None],
    )


def site_of(line: Wanted) -> str:
    """Area and industry of a line as one place."""
    return f"{line.area}{SITE}{line.industry}"


def _by_occupation(
    coded: Sequence[Wanted], trained: Sequence[Trained], flows: Mapping[tuple[str, str], int],
    shares: Mapping[str, Mapping[str, Fraction]],
) -> dict[Key, Figure]:  # fmt: skip
    of_line = {line.line: line for line in trained}
    supply: dict[str, int] = {code: 0 for of_major in shares.values() for code in of_major}
    projected: dict[str, int] = defaultdict(int)
    lines: dict[str, set[str]] = defaultdict(set)
    for (line, occupation), count in flows.items():
        if of_line[line].basis is Basis.DECLARED:
            supply[occupation] += count
        else:
            projected[occupation] += count
        lines[occupation].add(line)
    unknown: dict[str, set[str]] = defaultdict(set)
    for one in trained:
        if one.size is None:
            for occupation in shares.get(one.major, {}):
                unknown[occupation].add(one.line)
    asked = _asked(coded, lambda line: (str(line.occupation),))
    figures = {}
    for key in sorted({*asked, *((code,) for code in supply if supply[code] or projected[code])}):
        code = key[0]
        known = _known(supply.get(code), unknown[code])
        figures[key] = _met(
            replace(
                asked.get(key, Figure(key)),
                supply=known,
                projected_supply=projected[code],
                supply_lines=frozenset(lines[code]),
                unknown_lines=frozenset(unknown[code]),
            )
        )
    return figures


def _known(supply: int | None, unknown: set[str]) -> int | None:
    """Where the only people who lead there are in classes of unknown size: unknown, not zero."""
    return None if not supply and unknown else supply


def _asked(coded: Sequence[Wanted], key_of: Callable[[Wanted], Key]) -> dict[Key, Figure]:
    groups: dict[Key, list[Wanted]] = defaultdict(list)
    for line in coded:
        groups[key_of(line)].append(line)
    return {
        key: Figure(
            key,
            demand=sum(one.people for one in lines if one.basis is Basis.DECLARED),
            projected_demand=sum(one.people for one in lines if one.basis is Basis.PROJECTED),
            companies=frozenset(one.company for one in lines if one.basis is Basis.DECLARED),
            demand_lines=frozenset(one.line for one in lines),
        )
        for key, lines in groups.items()
    }


def _met(figure: Figure) -> Figure:
    """The figure with what its supply covers, if it has one."""
    if figure.supply is None:
        return figure
    covered = min(figure.demand, figure.supply)
    return replace(figure, matched=figure.demand, covered=covered)


def _by_place(
    by_occupation: Mapping[Key, Figure], coded: Sequence[Wanted], place_of: Callable[[Wanted], str]
) -> dict[Key, Figure]:
    asked = _asked(coded, lambda line: (str(line.occupation), place_of(line)))
    places: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for (occupation, place), figure in asked.items():
        places[occupation][place] = Fraction(figure.demand)
    found: dict[Key, Figure] = {}
    for (occupation,), whole in by_occupation.items():
        weights = places.get(occupation, {})
        supply = _parted(weights, whole.supply or 0)
        projected = _parted(weights, whole.projected_supply)
        for place in sorted({*weights, *supply, *projected}):
            key = (occupation, place)
            figure = replace(
                asked.get(key, Figure(key)),
                supply=None if whole.supply is None else supply.get(place, 0),
                projected_supply=projected.get(place, 0),
                supply_lines=whole.supply_lines,
                unknown_lines=whole.unknown_lines,
            )
            found[key] = _met(figure)
    return dict(sorted(found.items()))


def _parted(weights: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """By weight; people whom no weight draws anywhere stay without a place or a major."""
    if not total:
        return {}
    if not sum(weights.values()):
        return {NOWHERE: total}
    return {key: count for key, count in largest_remainder(weights, total).items() if count}


def _by_major(
    by_occupation: Mapping[Key, Figure], trained: Sequence[Trained],
    flows: Mapping[tuple[str, str], int],
) -> dict[Key, Figure]:  # fmt: skip
    """An occupation's demand goes to majors as its graduates come from them."""
    of_line = {line.line: line for line in trained}
    supply: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    projected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines: dict[Key, set[str]] = defaultdict(set)
    for (line, occupation), count in flows.items():
        one = of_line[line]
        side = supply if one.basis is Basis.DECLARED else projected
        side[occupation][one.major] += count
        lines[one.major, occupation].add(line)
    found: dict[Key, Figure] = {}
    for (occupation,), whole in by_occupation.items():
        weights = {major: Fraction(count) for major, count in supply[occupation].items()}
        wanted = _parted(weights, whole.demand)
        planned = _parted(weights, whole.projected_demand)
        unknown = {of_line[line].major for line in whole.unknown_lines}
        for major in {*supply[occupation], *projected[occupation], *wanted, *planned, *unknown}:
            key = (major, occupation)
            behind = {line for line in whole.unknown_lines if of_line[line].major == major}
            figure = Figure(
                key,
                demand=wanted.get(major, 0),
                supply=_known_of(whole, supply[occupation].get(major), behind, major),
                projected_demand=planned.get(major, 0),
                projected_supply=projected[occupation].get(major, 0),
                companies=whole.companies,
                demand_lines=whole.demand_lines,
                supply_lines=frozenset(lines[key]),
                unknown_lines=frozenset(behind),
            )
            found[key] = _met(figure)
    return dict(sorted(found.items()))


def _known_of(whole: Figure, supply: int | None, unknown: set[str], major: str) -> int | None:
    """What one major gives: nothing is known of classes without a size, nor where nobody links."""
    if major == NOWHERE:
        return None if whole.supply is None else 0
    return _known(supply or 0, unknown)


def _shares(links: Sequence[Link]) -> dict[str, dict[str, Fraction]]:
    strengths: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for link in links:
        strengths[link.major][link.occupation] = link.strength
    return {
        major: {code: strength / sum(found.values()) for code, strength in sorted(found.items())}
        for major, found in sorted(strengths.items())
    }


def _once[T](rows: Iterable[T], key_of: Callable[[T], str | tuple[str, str]]) -> list[T]:
    found: dict[str | tuple[str, str], T] = {}
    for row in rows:
        key = key_of(row)
        if key in found:
            raise LineFault(
                f"{key} 出现了两次，须只有一次。 {key} stands twice; it must stand once."
            )
        found[key] = row
    return [found[key] for key in sorted(found, key=str)]
