"""From frozen lines to figures of every view, still in the engine's own terms."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chanjiao.engines.gaps import (
    Basis,
    Figure,
    Link,
    Study,
    Trained,
    Wanted,
    balance,
    rolled_up,
)
from chanjiao.engines.gaps.balancing import SITE
from chanjiao.engines.gaps.figures import Key, added
from chanjiao.gaps.choices import Side, View
from chanjiao.gaps.models import GapLine
from chanjiao.gaps.trees import TOTAL, UNSTATED, Tree

# A heat map that a person can read, and that a page can hold.
CELL_OCCUPATIONS = 40
CELL_AREAS = 12
GRID_AREAS = 6


@dataclass(frozen=True, slots=True)
class Balanced:
    """A study's figures by view, at every level of its tree, with the trees themselves.

    ``graduates`` counts all leavers of majors and (by their schools' place) of areas.
    """

    study: Study
    trees: Mapping[str, Tree]
    views: Mapping[str, Mapping[Key, Figure]]
    graduates: Mapping[str, Mapping[str, int]]
    cell_depths: tuple[int, int]
    grid_depth: int


def balanced(lines: Sequence[GapLine], reference: Mapping[str, Any]) -> Balanced:
    """All views of one balance; parents are sums of their children everywhere."""
    wanted = [line for line in lines if line.side == Side.DEMAND]
    trained = [line for line in lines if line.side == Side.SUPPLY]
    links = [Link(a, b, Fraction(strength)) for a, b, strength in reference["links"]]
    study = balance([_wanted(line) for line in wanted], [_trained(line) for line in trained], links)
    trees = _trees(study, wanted, trained, reference)
    area = trees[View.AREA]
    wanted_areas = {area.leaf(key[1]) for key in study.by_area}
    wanted_codes = {trees[View.OCCUPATION].leaf(key[0]) for key in study.by_area}
    depths = (
        trees[View.OCCUPATION].finest(wanted_codes, CELL_OCCUPATIONS),
        area.finest(wanted_areas, CELL_AREAS),
    )
    grid = area.finest(wanted_areas, GRID_AREAS)
    views = _views(study, trees, depths) | {View.GRID: _grid(study, trees, grid)}
    return Balanced(study, trees, views, _graduates(study, trees, trained), depths, grid)


def grid_key(made_trees: Mapping[str, Tree], depth: int, site: str) -> Key:
    """(industry, area) of a site, the area at the level of the grid."""
    place, _sign, industry = site.partition(SITE)
    area = made_trees[View.AREA]
    return (
        made_trees[View.INDUSTRY].leaf(industry),
        area.above(area.leaf(place), depth),
    )


def _grid(study: Study, trees: Mapping[str, Tree], depth: int) -> dict[Key, Figure]:
    """One county, one industry: what it wants, and what of it is met."""
    return summed(study.by_site.values(), lambda key: grid_key(trees, depth, key[1]))


def line_key(line: GapLine) -> str:
    """The engine's name of a line; padded, so that lines sort as their numbers do."""
    return f"{line.source_id:012d}"


def summed(
    figures: Iterable[Figure], key_of: Callable[[Key], Key], *trees: Tree
) -> dict[Key, Figure]:
    """Figures regrouped under new keys and added up to every ancestor.

    With one tree every leaf of it is there, if only with nobody: a step of a chain where no one
    is wanted, a major that no crosswalk links.
    """
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(key_of(figure.key), []).append(figure)
    leaves = {key: added(key, parts) for key, parts in groups.items()}
    if len(trees) == 1:
        for key in trees[0].parents:
            if key not in trees[0].inner:
                leaves.setdefault((key,), Figure((key,)))
    found = rolled_up(leaves, *(tree.parents for tree in trees))
    total = (TOTAL,) * len(trees)
    if trees:
        found.setdefault(total, Figure(total))
    return found


def _views(
    study: Study, trees: Mapping[str, Tree], depths: tuple[int, int]
) -> dict[str, dict[Key, Figure]]:
    occupation, area = trees[View.OCCUPATION], trees[View.AREA]

    def cell(key: Key) -> Key:
        return (
            occupation.above(occupation.leaf(key[0]), depths[0]),
            area.above(area.leaf(key[1]), depths[1]),
        )

    def by_place(tree: Tree) -> Callable[[Key], Key]:
        return lambda key: (tree.leaf(key[1]),)

    return {
        View.OCCUPATION: summed(
            study.by_occupation.values(), lambda key: (occupation.leaf(key[0]),), occupation
        ),
        View.MAJOR: summed(
            study.by_major.values(), lambda key: (trees[View.MAJOR].leaf(key[0]),),
            trees[View.MAJOR],
        ),
        View.AREA: summed(study.by_area.values(), by_place(area), area),
        View.CHAIN: summed(
            study.by_node.values(), by_place(trees[View.CHAIN]), trees[View.CHAIN]
        ),
        View.INDUSTRY: summed(
            study.by_industry.values(), by_place(trees[View.INDUSTRY]), trees[View.INDUSTRY]
        ),
        View.CELL: summed(study.by_area.values(), cell),
        View.FLOW: {
            (trees[View.MAJOR].leaf(key[0]), occupation.leaf(key[1])): figure
            for key, figure in study.by_major.items()
            if key[0] and figure.supply
        },
    }  # fmt: skip


def _trees(
    study: Study, wanted: Sequence[GapLine], trained: Sequence[GapLine],
    reference: Mapping[str, Any],
) -> dict[str, Tree]:  # fmt: skip
    return {
        View.OCCUPATION: Tree.of(reference["occupation"], (key[0] for key in study.by_occupation)),
        View.MAJOR: Tree.of(
            reference["major"],
            {*(key[0] for key in study.by_major), *(line.code for line in trained)},
        ),
        View.AREA: Tree.of(
            reference["area"],
            {*(key[1] for key in study.by_area), *(line.area for line in trained)},
        ),
        View.CHAIN: Tree.of(
            reference["node"], {*(key[1] for key in study.by_node), *_leaves(reference["node"])}
        ),
        View.INDUSTRY: Tree.of(reference["industry"], (key[1] for key in study.by_industry)),
    }


def _leaves(nodes: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Steps of chains stand on the map even where nobody is wanted."""
    inner = {node["parent"] for node in nodes.values()}
    return {key for key in nodes if key not in inner}


def _graduates(
    study: Study, trees: Mapping[str, Tree], trained: Sequence[GapLine]
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {View.MAJOR: {}, View.AREA: {}}
    for line in trained:
        count = study.people.get(line_key(line), 0)
        for view, code in ((View.MAJOR, line.code), (View.AREA, line.area)):
            tree, counts = trees[view], found[view]
            key = tree.leaf(code)
            counts[key] = counts.get(key, 0) + count
            while key != TOTAL:
                key = tree.parents[key]
                counts[key] = counts.get(key, 0) + count
    return found


def _wanted(line: GapLine) -> Wanted:
    return Wanted(
        line_key(line), str(line.organisation_id), line.code or None, line.people or 0,
        line.area, line.node, Basis(line.basis), line.industry,
    )  # fmt: skip


def _trained(line: GapLine) -> Trained:
    return Trained(
        line_key(line), str(line.organisation_id), line.code, line.people,
        Fraction(str(line.loss)), Fraction(str(line.further)), line.area,
    )  # fmt: skip


__all__ = ["UNSTATED", "Balanced", "balanced", "line_key", "summed"]
