"""Which counts others than the office may not see, for one balanced study."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chanjiao.engines.disclosure import Cell, Hidden, Key, Rule, Sum, sums_of, suppress
from chanjiao.engines.gaps import Figure
from chanjiao.gaps.choices import View
from chanjiao.gaps.services.balancing import Balanced
from chanjiao.gaps.trees import TOTAL, Tree

# Under which letter a view's places stand in the one table of demand.
PLACES = {View.AREA: "a:", View.CHAIN: "n:", View.INDUSTRY: "i:"}
MAJORS, OCCUPATIONS = "m", "o"


@dataclass(frozen=True, slots=True)
class Shield:
    """Hidden cells of demand, keyed (occupation, place), and of supply, keyed (kind, code)."""

    demand: Mapping[Key, Hidden]
    supply: Mapping[Key, Hidden]

    def of_demand(self, view: str, key: Key) -> Hidden | None:
        return self.demand.get(demand_key(view, key))

    def of_supply(self, view: str, key: Key) -> Hidden | None:
        kind = MAJORS if view == View.MAJOR else OCCUPATIONS
        return self.supply.get((kind, key[0]))


def shield(made: Balanced, parameters: Mapping[str, Any]) -> Shield:
    """Small cells and what would give them away, over all tables of the study at once."""
    rule = Rule(
        min_contributors=int(Fraction(parameters["small_cell_companies"]["value"])),
        min_value=int(Fraction(parameters["small_cell_people"]["value"])),
        share=float(parameters["small_cell_doubt_share"]["value"]),
    )
    return Shield(
        suppress(*demand_table(made), rule),
        suppress(*supply_table(made), rule),
    )


def demand_key(view: str, key: Key) -> Key:
    if view == View.CELL:
        return (key[0], PLACES[View.AREA] + key[1])
    if view == View.GRID:
        return (TOTAL, f"g:{key[0]}|{key[1]}")
    if view in PLACES:
        return (TOTAL, PLACES[view] + key[0] if key[0] != TOTAL else TOTAL)
    return (key[0], TOTAL)


def demand_table(made: Balanced) -> tuple[dict[Key, Cell], list[Sum]]:
    """Every count of demand on any page, and every sum that ties two of them together."""
    cells: dict[Key, Cell] = {}
    for view in (View.OCCUPATION, *PLACES, View.CELL, View.GRID):
        for key, figure in made.views[view].items():
            cells[demand_key(view, key)] = _cell(figure)
    occupation = made.trees[View.OCCUPATION]
    down = [key for key in cells if key[1] == TOTAL]
    sums = sums_of(down, occupation.parents, {})
    for view, letter in PLACES.items():
        across = [key for key in cells if key[0] == TOTAL and key[1][:2] in ("", letter)]
        sums += sums_of(across, {}, _lettered(made.trees[view], letter))
    return cells, sums + _cell_sums(made, cells) + _grid_sums(made, cells)


def supply_table(made: Balanced) -> tuple[dict[Key, Cell], list[Sum]]:
    """Graduates by major, and the estimates by occupation that known shares make of them."""
    major, occupation = made.trees[View.MAJOR], made.trees[View.OCCUPATION]
    counts = made.graduates[View.MAJOR]
    cells = {(MAJORS, key): Cell(count) for key, count in counts.items()}
    sums = sums_of(cells, {}, major.parents)
    estimates = {
        (OCCUPATIONS, key[0]): Cell(figure.supply, is_estimate=True)
        for key, figure in made.views[View.OCCUPATION].items()
        if figure.supply is not None
    }
    sums += sums_of(estimates, {}, occupation.parents)
    shares: dict[Key, dict[Key, float]] = {}
    for (of_major, to), figure in made.views[View.FLOW].items():
        part = (figure.supply or 0) / counts[of_major]
        shares.setdefault((OCCUPATIONS, to), {})[MAJORS, of_major] = part
    sums += [Sum(key, tuple(parts), tuple(parts.values())) for key, parts in shares.items()]
    return cells | estimates, sums


def _cell_sums(made: Balanced, cells: Mapping[Key, Cell]) -> list[Sum]:
    """The heat map adds up to its own margins, whatever levels of the trees it shows."""
    rows: dict[str, list[Key]] = {}
    columns: dict[str, list[Key]] = {}
    for key in made.views[View.CELL]:
        inside = demand_key(View.CELL, key)
        rows.setdefault(key[0], []).append(inside)
        columns.setdefault(inside[1], []).append(inside)
    sums = [Sum((row, TOTAL), tuple(sorted(parts))) for row, parts in rows.items()]
    sums += [Sum((TOTAL, column), tuple(sorted(parts))) for column, parts in columns.items()]
    return [one for one in sums if one.total in cells]


def _grid_sums(made: Balanced, cells: Mapping[Key, Cell]) -> list[Sum]:
    """The grid adds up to its industries and to its areas."""
    groups: dict[Key, list[Key]] = {}
    for key in made.views[View.GRID]:
        inside = demand_key(View.GRID, key)
        groups.setdefault(demand_key(View.INDUSTRY, key[:1]), []).append(inside)
        groups.setdefault(demand_key(View.AREA, key[1:]), []).append(inside)
    return [Sum(total, tuple(sorted(parts))) for total, parts in groups.items() if total in cells]


def _lettered(tree: Tree, letter: str) -> dict[str, str]:
    return {
        letter + key: TOTAL if parent == TOTAL else letter + parent
        for key, parent in tree.parents.items()
    }


def _cell(figure: Figure) -> Cell:
    return Cell(figure.demand, len(figure.companies))
