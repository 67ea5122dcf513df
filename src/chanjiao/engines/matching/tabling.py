"""Tables with absences, or that have to stay close to an earlier one."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

Pair = tuple[Hashable, Hashable]
Place = tuple[int, int]  # slot and panel
EXACT = 6_000  # talks × slots up to which the programme is solved
NODES = 500


def kept_most(
    pairs: Sequence[Pair], panels: Mapping[Hashable, int], slots: int, worth: Sequence[float]
) -> list[Pair]:
    """The pairs of greatest weight that fit: the matrix of a bipartite graph has whole corners."""
    students = {s: n for n, s in enumerate(dict.fromkeys(s for s, _c in pairs))}
    companies = {c: n + len(students) for n, c in enumerate(dict.fromkeys(c for _s, c in pairs))}
    count = len(pairs)
    rows = [students[s] for s, _c in pairs] + [companies[c] for _s, c in pairs]
    shape = (len(students) + len(companies), count)
    matrix = csr_matrix((np.ones(2 * count), (rows, [*range(count)] * 2)), shape)
    most = [slots] * len(students) + [slots * panels.get(c, 1) for c in companies]
    answer = linprog(
        -(np.array(worth) + 1e-9), A_ub=matrix, b_ub=most, bounds=(0, 1), method="highs-ds"
    )
    return [pair for pair, x in zip(pairs, answer.x, strict=True) if x > 0.5]


def dropped_first(pairs: Sequence[Pair], placed: Mapping[Pair, Place]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair not in placed)


class Desk:
    """The talks to be placed in the usable slots, with what was placed before."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        panels: Mapping[Hashable, int],
        away: Mapping[Hashable, Collection[int]],
        usable: Sequence[int],
        old: Mapping[Pair, Place],
    ) -> None:
        self.pairs, self.panels, self.away, self.old = pairs, panels, away, old
        self.usable = list(usable)
        self.slots = {p: [t for t in usable if self._can(p, t)] for p in pairs}
        self.student: dict[tuple[Hashable, int], Pair] = {}
        self.desk: dict[tuple[Hashable, int, int], Pair] = {}
        self.place: dict[Pair, Place] = {}

    def solve(self, worth: Sequence[float]) -> tuple[dict[Pair, Place], bool]:
        """Where everything goes, and whether no other table could hold more or move less."""
        if len(self.pairs) * len(self.usable) <= EXACT:
            exact = self._programme(worth)
            if exact is not None:
                return exact, True
        self._keep()
        hardest = sorted(
            (n for n, p in enumerate(self.pairs) if p not in self.place),
            key=lambda n: (-worth[n], len(self.slots[self.pairs[n]]), n),
        )
        for n in hardest:
            self._insert(self.pairs[n])
        return self.place, False

    def _can(self, pair: Pair, slot: int) -> bool:
        return not any(slot in self.away.get(end, ()) for end in pair)

    def _keep(self) -> None:
        for pair in self.pairs:
            slot, panel = self.old.get(pair, (-1, -1))
            free = (pair[0], slot) not in self.student and (pair[1], panel, slot) not in self.desk
            if slot in self.slots[pair] and panel < self.panels.get(pair[1], 1) and free:
                self._put(pair, slot, panel)

    def _put(self, pair: Pair, slot: int, panel: int) -> None:
        self.place[pair] = (slot, panel)
        self.student[pair[0], slot] = self.desk[pair[1], panel, slot] = pair

    def _insert(self, pair: Pair) -> None:
        """In a slot that both have free; else by the shortest path of swaps of two slots."""
        panels = range(self.panels.get(pair[1], 1))
        mine = [t for t in self.slots[pair] if (pair[0], t) not in self.student]
        for slot in mine:
            for panel in panels:
                if (pair[1], panel, slot) not in self.desk:
                    self._put(pair, slot, panel)
                    return
        best = self._shortest(pair, mine)
        if best is not None:
            panel, a, b, path = best
            self._swap(path, a, b)
            self._put(pair, a, panel)

    def _shortest(self, pair: Pair, mine: list[int]) -> tuple[int, int, int, list[Pair]] | None:
        """Panel, two slots and the path whose swap makes the first of them free at the panel."""
        best: tuple[int, int, int, list[Pair]] | None = None
        for panel in range(self.panels.get(pair[1], 1)):
            theirs = [t for t in self.usable if (pair[1], panel, t) not in self.desk]
            for a, b in product(mine, theirs):
                path = self._path(pair[1], panel, a, b)
                if path and (best is None or len(path) < len(best[3])):
                    best = (panel, a, b, path)
        return best

    def _path(self, company: Hashable, panel: int, a: int, b: int) -> list[Pair]:
        """Talks that change places between slots a and b; none where an absence forbids it."""
        path: list[Pair] = []
        talk, wanted, at_desk = self.desk.get((company, panel, a)), b, True
        while talk is not None:
            if wanted not in self.slots[talk]:
                return []
            path.append(talk)
            key = (talk[1], self.place[talk][1], wanted)
            talk = self.student.get((talk[0], wanted)) if at_desk else self.desk.get(key)
            wanted, at_desk = (a if wanted == b else b), not at_desk
        return path

    def _swap(self, path: list[Pair], a: int, b: int) -> None:
        places = [self.place[talk] for talk in path]
        for talk, (slot, panel) in zip(path, places, strict=True):
            del self.student[talk[0], slot], self.desk[talk[1], panel, slot]
        for talk, (slot, panel) in zip(path, places, strict=True):
            self._put(talk, b if slot == a else a, panel)

    def _programme(self, worth: Sequence[float]) -> dict[Pair, Place] | None:
        """Weight held first, then few moves, then early slots; ``None`` where it was not proved."""
        cells = [(n, slot) for n, pair in enumerate(self.pairs) for slot in self.slots[pair]]
        if not cells:
            return {}
        count, late = len(self.pairs), max(self.usable) + 2
        moved = [self.old.get(self.pairs[n], (slot, 0))[0] != slot for n, slot in cells]
        scale = max([*worth, 1e-9])
        fine = 1.0 / ((count + 1) * late)
        cost = [
            -(worth[n] / scale + 1e-6) * 100 * (count + 1) + m + fine * (slot + 1) / late
            for (n, slot), m in zip(cells, moved, strict=True)
        ]
        rows: dict[tuple[Hashable, ...], list[int]] = {}
        most: dict[tuple[Hashable, ...], int] = {}
        for c, (n, slot) in enumerate(cells):
            student, company = self.pairs[n]
            limits = {("talk", n): 1, ("student", student, slot): 1}
            limits["company", company, slot] = self.panels.get(company, 1)
            for key, limit in limits.items():
                rows.setdefault(key, []).append(c)
                most[key] = limit
        row = [r for r, key in enumerate(rows) for _c in rows[key]]
        column = [c for key in rows for c in rows[key]]
        matrix = csr_matrix((np.ones(len(row)), (row, column)), (len(rows), len(cells)))
        answer = milp(
            cost,
            integrality=np.ones(len(cells)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, -np.inf, np.array(list(most.values()), float)),
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        if answer.status != 0 or answer.x is None:
            return None
        return self._seated([cells[c] for c in np.flatnonzero(answer.x > 0.5)])

    def _seated(self, chosen: list[tuple[int, int]]) -> dict[Pair, Place]:
        """Panels for the talks of each slot: an earlier one again where it is free."""
        place: dict[Pair, Place] = {}
        taken: set[tuple[Hashable, int, int]] = set()
        later: list[tuple[Pair, int]] = []
        for n, slot in chosen:
            pair = self.pairs[n]
            before, panel = self.old.get(pair, (-1, -1))
            if before == slot and panel < self.panels.get(pair[1], 1):
                place[pair] = (slot, panel)
                taken.add((pair[1], slot, panel))
            else:
                later.append((pair, slot))
        for pair, slot in later:
            panel = next(p for p in range(len(self.pairs)) if (pair[1], slot, p) not in taken)
            taken.add((pair[1], slot, panel))
            place[pair] = (slot, panel)
        return place
