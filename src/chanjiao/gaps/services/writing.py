"""Rows of results for both audiences, from balanced figures and what is hidden of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from chanjiao.engines.disclosure import Hidden
from chanjiao.engines.gaps import (
    Bands,
    Figure,
    band_of,
    fit,
    index_of,
    reference_gap,
)
from chanjiao.engines.gaps.figures import Key
from chanjiao.gaps.choices import Audience, HiddenReason, View
from chanjiao.gaps.models import GapFigure, GapStudy
from chanjiao.gaps.services.balancing import Balanced, grid_key, summed
from chanjiao.gaps.services.shielding import Shield
from chanjiao.gaps.trees import TOTAL, Tree

GRID_MAJORS = 3
COMPARED = (View.OCCUPATION, View.MAJOR, View.CHAIN, View.AREA, View.INDUSTRY)


@dataclass
class Writer:
    """Writes one study's rows; indexes compare figures of one view and level."""

    study: GapStudy
    made: Balanced
    shield: Shield
    rows: list[GapFigure] = field(default_factory=list)
    references: dict[str, int | None] = field(default_factory=dict)

    def write(self) -> list[GapFigure]:
        for view in (*COMPARED, View.CELL, View.GRID):
            self._office(view)
        self._others(View.OCCUPATION, self._open_occupations(), self._shows_occupation)
        self._others(View.MAJOR, self._open_majors(), self._shows_major)
        for view in (View.CHAIN, View.AREA, View.INDUSTRY, View.CELL, View.GRID):
            self._others(view, {}, self._shows_place)
        self._flows()
        return self.rows

    def _office(self, view: str) -> None:
        figures = self.made.views[view]
        indexed = self._indexed(view, figures)
        for key, figure in figures.items():
            row = self._row(view, key, Audience.OFFICE)
            self._fill(row, figure, figure, indexed.get(key))
            row.projected_demand = figure.projected_demand
            row.projected_supply = figure.projected_supply
            if view in self.made.graduates:
                row.local_supply = self.made.graduates[view].get(key[0], 0)
            if view == View.MAJOR:
                row.fit_wanted, row.fit_linked = self._fit(key[0], set(), set())
            if view == View.GRID:
                row.majors = self._grid_majors.get(key, [])
            self._mark(row, self._hidden(view, key))
            self.rows.append(row)

    def _others(self, view: str, open_figures: Mapping[Key, Figure], shows: Any) -> None:
        """``open_figures`` are sums over published leaves only, so they tell nothing else."""
        indexed = self._indexed(view, open_figures) if open_figures else {}
        for key, figure in self.made.views[view].items():
            row = self._row(view, key, Audience.OTHERS)
            hidden = shows(row, key, figure)
            if hidden is None and key in open_figures:
                self._derive(row, open_figures[key], indexed.get(key))
            self._mark(row, hidden)
            self.rows.append(row)

    def _shows_occupation(self, row: GapFigure, key: Key, figure: Figure) -> Hidden | None:
        demand = self.shield.of_demand(View.OCCUPATION, key)
        supply = self.shield.of_supply(View.OCCUPATION, key)
        if demand is None:
            row.demand, row.companies = figure.demand, len(figure.companies)
        if supply is None:
            row.supply = figure.supply
        return demand or supply

    def _shows_major(self, row: GapFigure, key: Key, _figure: Figure) -> Hidden | None:
        hidden = self.shield.of_supply(View.MAJOR, key)
        if hidden is None:
            row.local_supply = self.made.graduates[View.MAJOR].get(key[0], 0)
            row.fit_wanted, row.fit_linked = self._fit(key[0], self._closed, self._closed_majors)
        return hidden

    def _shows_place(self, row: GapFigure, key: Key, figure: Figure) -> Hidden | None:
        """The supply of a place is shared out by its demand and would give that away."""
        hidden = self.shield.of_demand(row.view, key)
        if hidden is None:
            row.demand, row.companies = figure.demand, len(figure.companies)
            if row.view == View.GRID:
                row.majors = self._grid_majors.get(key, [])
        return hidden

    @cached_property
    def _grid_majors(self) -> dict[Key, list[list[str]]]:
        """The majors that most of a grid cell's demand leads back to, without any numbers."""
        study, trees = self.made.study, self.made.trees
        found: dict[Key, dict[str, Fraction]] = {}
        sources: dict[str, list[tuple[str, int]]] = {}
        for (major, occupation), figure in study.by_major.items():
            if major and figure.supply:
                sources.setdefault(occupation, []).append((major, figure.supply))
        for (occupation, site), figure in study.by_site.items():
            weights = found.setdefault(grid_key(trees, self.made.grid_depth, site), {})
            whole = sum(count for _major, count in sources.get(occupation, []))
            for major, count in sources.get(occupation, []):
                part = Fraction(figure.demand * count, whole)
                weights[major] = weights.get(major, Fraction()) + part
        names = trees[View.MAJOR].names
        return {
            key: [
                [major, *names[trees[View.MAJOR].leaf(major)]]
                for major in sorted(weights, key=lambda m: (-weights[m], m))[:GRID_MAJORS]
                if weights[major]
            ]
            for key, weights in found.items()
        }

    def _open_occupations(self) -> dict[Key, Figure]:
        tree = self.made.trees[View.OCCUPATION]
        closed = self._closed
        found = [
            figure
            for key, figure in self.made.study.by_occupation.items()
            if tree.leaf(key[0]) not in closed and figure.supply is not None
        ]
        return summed(found, lambda key: (tree.leaf(key[0]),), tree)

    def _open_majors(self) -> dict[Key, Figure]:
        tree, occupations = self.made.trees[View.MAJOR], self.made.trees[View.OCCUPATION]
        closed = self._closed
        found = [
            figure
            for key, figure in self.made.study.by_major.items()
            if key[0]
            and occupations.leaf(key[1]) not in closed
            and key[0] not in self._closed_majors
        ]
        return summed(found, lambda key: (tree.leaf(key[0]),), tree)

    @cached_property
    def _closed_majors(self) -> set[str]:
        tree = self.made.trees[View.MAJOR]
        majors = {key[0] for key in self.made.study.by_major if key[0]}
        return {m for m in majors if self.shield.of_supply(View.MAJOR, (tree.leaf(m),))}

    @cached_property
    def _closed(self) -> set[str]:
        """Leaves of occupations of which one side or the other is hidden."""
        tree = self.made.trees[View.OCCUPATION]
        leaves = {tree.leaf(key[0]) for key in self.made.study.by_occupation}
        return {
            leaf
            for leaf in leaves
            if self.shield.of_demand(View.OCCUPATION, (leaf,))
            or self.shield.of_supply(View.OCCUPATION, (leaf,))
        }

    def _flows(self) -> None:
        closed = self._closed
        for key, figure in self.made.views[View.FLOW].items():
            for audience in Audience:
                is_open = key[1] not in closed and not self.shield.of_supply(View.MAJOR, key)
                if audience == Audience.OFFICE or is_open:
                    row = self._row(View.FLOW, key, audience)
                    row.supply = figure.supply
                    self.rows.append(row)

    def _hidden(self, view: str, key: Key) -> Hidden | None:
        if view == View.MAJOR:
            return self.shield.of_supply(view, key)
        demand = self.shield.of_demand(view, key)
        return demand or (self.shield.of_supply(view, key) if view == View.OCCUPATION else None)

    def _fit(self, key: str, closed: set[str], closed_majors: set[str]) -> tuple[int, int]:
        """Over all majors at or below a key, leaving out what is closed to the reader."""
        tree, occupations = self.made.trees[View.MAJOR], self.made.trees[View.OCCUPATION]
        study = self.made.study
        open_pairs = {
            pair: figure
            for pair, figure in study.by_major.items()
            if occupations.leaf(pair[1]) not in closed
        }
        majors = ({pair[0] for pair in open_pairs if pair[0]} & tree.beneath(key)) - closed_majors
        parts = [fit(major, open_pairs, study.by_occupation) for major in sorted(majors)]
        return sum(part[0] for part in parts), sum(part[1] for part in parts)

    def _indexed(
        self, view: str, figures: Mapping[Key, Figure]
    ) -> dict[Key, tuple[Fraction | None, str]]:
        if view not in COMPARED:
            return {}
        tree, bands = self.made.trees[view], self._bands()
        percentile = Fraction(self.study.parameters["gap_reference_percentile"]["value"])
        levels: dict[int, list[Figure]] = {}
        for key, figure in figures.items():
            levels.setdefault(tree.depth(key[0]), []).append(figure)
        reference = {
            depth: reference_gap(level, percentile) for depth, level in levels.items() if depth
        }
        found: dict[Key, tuple[Fraction | None, str]] = {}
        for key, figure in figures.items():
            index = index_of(figure, reference.get(tree.depth(key[0])))
            if key[0] == TOTAL:
                index = None
            band = band_of(index, bands)
            found[key] = (index, band.value if band else "")
        self.references |= {f"{view}/{depth}": value for depth, value in reference.items()}
        return found

    def _bands(self) -> Bands:
        value = {name: row["value"] for name, row in self.study.parameters.items()}
        return Bands(Fraction(value["gap_band_short"]), Fraction(value["gap_band_severe"]))

    def _fill(
        self, row: GapFigure, whole: Figure, derived: Figure,
        indexed: tuple[Fraction | None, str] | None,
    ) -> None:  # fmt: skip
        row.demand, row.companies, row.supply = whole.demand, len(whole.companies), whole.supply
        row.unknown = len(whole.unknown_lines)
        self._derive(row, derived, indexed)

    def _derive(
        self, row: GapFigure, figure: Figure, indexed: tuple[Fraction | None, str] | None
    ) -> None:
        if row.view == View.MAJOR and row.audience == Audience.OTHERS:
            row.demand, row.supply = figure.demand, figure.supply
        row.matched, row.covered = figure.matched, figure.covered
        row.gap, row.surplus = figure.gap, figure.surplus
        if indexed is not None:
            index, row.band = indexed
            row.index = None if index is None else round(Decimal(float(index)), 4)

    def _mark(self, row: GapFigure, hidden: Hidden | None) -> None:
        if hidden is not None:
            row.hidden = HiddenReason(hidden.reason.value)
            row.hidden_for = [list(key) for key in hidden.protects[:20]]

    def _row(self, view: str, key: Key, audience: str) -> GapFigure:
        first, second = self._trees_of(view)
        name, name_en = first.names[key[0]]
        row = GapFigure(
            study=self.study, audience=audience, view=view, key=key[0], name=name, name_en=name_en,
            depth=first.depth(key[0]), parent=first.parents.get(key[0], ""),
            is_leaf=len(key) > 1 or key[0] not in first.inner,
        )  # fmt: skip
        if second is not None:
            row.key2 = key[1]
            row.name2, row.name2_en = second.names[key[1]]
        return row

    def _trees_of(self, view: str) -> tuple[Tree, Tree | None]:
        trees = self.made.trees
        if view == View.CELL:
            return trees[View.OCCUPATION], trees[View.AREA]
        if view == View.FLOW:
            return trees[View.MAJOR], trees[View.OCCUPATION]
        if view == View.GRID:
            return trees[View.INDUSTRY], trees[View.AREA]
        return trees[view], None


def as_plain(rows: Iterable[GapFigure]) -> list[list[Any]]:
    """Rows in a fixed order as plain values, for a hash that says whether two runs agree."""
    fields = [f.attname for f in GapFigure._meta.concrete_fields if f.name not in ("id", "study")]
    found = [[_plain(getattr(row, name)) for name in fields] for row in rows]
    return sorted(found, key=lambda one: [str(value) for value in one])


def _plain(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
