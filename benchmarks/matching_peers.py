"""Peers of the matching engine, each given its input ready-made; only its own work is timed."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from matching_market import GROUPS, MAJORS, SIZES, market
from scipy import sparse

from chanjiao.engines.matching import Machine, Market, topk
from chanjiao.engines.matching.assigning import graph_of
from chanjiao.engines.matching.terms import OverlapTerm, View

K, DIM, NEAR, SAMPLE = 50, 40, 1000, 1024
Figures = dict[str, Any]
Array = np.ndarray


def clock() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def since(start: tuple[float, float], scale: float = 1.0) -> Figures:
    cpu, wall = (now - then for now, then in zip(clock(), start, strict=True))
    told: Figures = {"cpu": round(cpu * scale, 4), "wall": round(wall * scale, 4)}
    if scale != 1.0:
        told["scaled_from"] = round(1 / scale, 6)
    return told


def some_people(found: Market) -> tuple[Array, float]:
    """All people of the fair, an even sample of larger markets, and what to scale by."""
    people = len(found.people)
    count = people if people <= 5000 else SAMPLE
    return np.linspace(0, people - 1, count).astype(np.int32), people / count


def recall(found: Market, some: Array, lists: list[Array]) -> float:
    """The share of the true best 50 that was found, places of equal score being alike."""
    step = max(1, len(some) // 200)
    some, lists = some[::step], lists[::step]
    truth = topk(found, K, ids=[found.people[p].item() for p in some]).lists
    hits = total = 0
    for row, (p, got) in enumerate(zip(some, lists, strict=True)):
        worst = truth.w[row, truth.found[row] - 1] if truth.found[row] else 0
        scores = found.scores(np.full(len(got), p, np.int32), np.asarray(got, np.int32))
        hits += int((scores.ok & (scores.w >= worst)).sum())
        total += int(truth.found[row])
    return round(hits / max(1, total), 4)


def dense(size: str) -> Figures:
    """Blocks of people × all positions in single precision, conditions as masks, argpartition."""
    found = market(*SIZES[size])
    some, scale = some_people(found)
    work = _Dense(found.view)
    start, lists = clock(), []
    step = max(1, 8_000_000 // len(found.positions))
    for begin in range(0, len(some), step):
        score = work.block(some[begin : begin + step])
        best = np.argpartition(-score, K - 1, axis=1)[:, :K]
        value = np.take_along_axis(score, best, axis=1)
        order = np.argsort(-value, axis=1)
        for row, place, got in zip(best, order, value, strict=True):
            kept = row[place]
            lists.append(kept[got[place] > 0])
    return since(start, scale) | {"recall": recall(found, some, lists)}


class _Dense:
    """The same market as plain arrays; skills by one product of matrices."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.tests = view.tests
        self.skills = next(t for t in view.terms if isinstance(t, OverlapTerm))
        self.rest = View(
            view.queries, view.items, tuple(t for t in view.terms if t is not self.skills), ()
        )
        everyone = np.arange(view.items)
        self.wanted = self.skills.item.matrix(everyone).T.toarray().astype(np.float32)
        self.weight = np.float32(self.skills.u + self.skills.v)

    def block(self, people: Array) -> Array:
        query, item = people.astype(np.intp)[:, None], np.arange(self.view.items)[None, :]
        u, v = self.rest.points(query, item)
        has = self.skills.query.matrix(people).toarray().astype(np.float32)
        score = (u + v).astype(np.float32) + (has @ self.wanted) * self.weight
        score[~self.view.feasible(query, item)] = -1
        return score


def faiss_flat(size: str) -> Figures:
    """234 features (major, place, appeal, pay, skills projected to 40); 1,000 nearest, filtered."""
    import faiss

    found = market(*SIZES[size])
    some, scale = some_people(found)
    mine, theirs = features(found, some)
    index = faiss.IndexFlatIP(mine.shape[1])
    start, lists = clock(), []
    index.add(theirs)
    for begin in range(0, len(some), 1024):
        part = some[begin : begin + 1024]
        near = index.search(mine[begin : begin + 1024], min(NEAR, len(theirs)))[1]
        for p, row in zip(part, near, strict=True):
            scores = found.scores(np.full(len(row), p, np.int32), row.astype(np.int32))
            w = np.where(scores.ok, scores.w, -1)
            best = np.argsort(-w, kind="stable")[:K]
            lists.append(row[best[w[best] >= 0]])
    told = since(start, scale) | {"recall": recall(found, some, lists)}
    return told | {"features": mine.shape[1]}


def features(found: Market, some: Array) -> tuple[Array, Array]:
    """Vectors whose inner product is the sum of both utilities but for the projected skills."""
    dice = np.random.default_rng(7)
    people, positions = found.people_table.columns, found.position_table.columns
    person, position = found.scheme.person, found.scheme.position
    both = {name: person.get(name, 0) + position.get(name, 0) for name in {**person, **position}}
    project = dice.normal(size=(400, DIM)).astype(np.float32) / DIM**0.5

    def skills(side: Any) -> Array:
        matrix = sparse.csr_matrix((side.weight, side.code, side.start), (len(side), 400))
        length = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
        return np.asarray(sparse.diags(1 / np.maximum(length, 1e-9)) @ matrix @ project)

    def one_hot(codes: Array, width: int, value: float) -> Array:
        found_ = np.zeros((len(codes), width), np.float32)
        found_[np.arange(len(codes)), codes] = value
        return found_

    wage = people["wage"][some]
    mine = [
        one_hot(people["major"].code[some], MAJORS, both["major"] * 0.65),
        one_hot(people["home"].code[some], GROUPS, both["travel"] * 0.6),
        np.full((len(some), 1), both["appeal"]),
        (both["pay"] / (0.6 * wage))[:, None],
        skills(people["skills"].rows(some)) * both["skills"],
    ]
    theirs = [
        one_hot(positions["major"].code, MAJORS, 1.0),
        one_hot(positions["region"].code, GROUPS, 1.0),
        positions["appeal"][:, None],
        positions["wage"][:, None],
        skills(positions["skills"]),
    ]
    return tuple(np.ascontiguousarray(np.hstack(p), np.float32) for p in (mine, theirs))


def prepare(size: str, folder: Path, limit: int | None) -> None:
    """Arcs of a market for the flow, made by another process so that its memory is its own."""
    code = "import sys; import matching_peers as p; p.write_arcs(sys.argv[1], sys.argv[2])"
    path = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]
    line = f"import sys; sys.path[:0] = {path!r}; {code}"
    subprocess.run([sys.executable, "-c", line, size, str(limit)], cwd=folder, check=True)


def write_arcs(size: str, limit: str) -> None:
    found = market(*SIZES[size])
    graph = graph_of(found, limit=None if limit == "None" else int(limit))
    np.save("person.npy", graph.person)
    np.save("item.npy", graph.item)
    np.save("weight.npy", graph.weight.astype(np.int32))
    np.save("seats.npy", found.capacity)


def flow(_size: str, _limit: int | None = None) -> Figures:
    """Minimum-cost flow on ready-made arcs; everyone may stay without a position."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    person, item, weight, seats = (
        np.load(f"{name}.npy") for name in ("person", "item", "weight", "seats")
    )
    people, positions = int(person.max()) + 1, len(seats)
    sink = people + positions
    solver = SimpleMinCostFlow()
    start = clock()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        person, item + people, np.ones(len(item), np.int64), -weight.astype(np.int64)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(positions) + people, np.full(positions, sink), seats, np.zeros(positions, int)
    )
    everyone = np.arange(people)
    ones = np.ones(people, np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(everyone, np.full(people, sink), ones, ones * 0)
    solver.set_nodes_supplies(np.append(everyone, sink), np.append(ones, -people))
    status = solver.solve()
    told = since(start)
    placed = int(solver.flows(arcs).sum())
    return told | {
        "objective": round(-solver.optimal_cost() / 2e6, 3), "placed": placed,
        "arcs": len(item), "status": str(status),
    }  # fmt: skip


def assignment(size: str) -> Figures:
    """A dense matrix of people × single seats."""
    from scipy.optimize import linear_sum_assignment

    found = market(*SIZES[size])
    graph = graph_of(found)
    seats = np.minimum(found.capacity, len(found.people))
    matrix = sparse.csr_matrix(
        (graph.weight.astype(float), graph.item, graph.start), (len(found.people), len(seats))
    ).toarray()[:, np.repeat(np.arange(len(seats)), seats)]
    start = clock()
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return since(start) | {"objective": round(float(matrix[rows, columns].sum()) / 2e6, 3)}


def matching_package(size: str) -> Figures:
    """HospitalResident of the package ``matching`` on everyone's best 50."""
    here = Path(__file__).parent
    sys.path[:] = [p for p in sys.path if Path(p or ".").resolve() != here]  # our file, their name
    from matching.games import HospitalResident

    sys.setrecursionlimit(10**6)
    found = market(*SIZES[size], machine=Machine("auto"))
    ranking = topk(found, K)
    lists = ranking.lists
    mine: dict[str, list[str]] = {}
    theirs: dict[str, list[tuple[int, int]]] = {}
    for p in range(len(found.people)):
        used = int(lists.found[p])
        order = np.lexsort((lists.item[p, :used], -lists.u[p, :used]))
        mine[f"p{p}"] = [f"q{lists.item[p, n]}" for n in order]
        for n in range(used):
            theirs.setdefault(f"q{lists.item[p, n]}", []).append((-int(lists.v[p, n]), p))
    ranked = {q: [f"p{p}" for _v, p in sorted(held)] for q, held in theirs.items()}
    seats = {q: int(found.capacity[int(q[1:])]) for q in ranked}
    mine = {p: wishes for p, wishes in mine.items() if wishes}
    start = clock()
    game = HospitalResident.create_from_dictionaries(mine, ranked, seats)
    answer = game.solve(optimal="resident")
    return since(start) | {"placed": sum(len(held) for held in answer.values())}


def cp_sat(pairs: list[tuple[int, int]], panels: int) -> Figures:
    """Booleans talk × slot, at most one a student and as many a company as it has panels."""
    from ortools.sat.python import cp_model

    students = np.bincount([s for s, _c in pairs])
    companies = np.bincount([c for _s, c in pairs])
    slots = int(max(students.max(), -(-companies.max() // panels)))
    start = clock()
    model = cp_model.CpModel()
    at: dict[tuple[str, int, int], list[Any]] = {}
    for s, c in pairs:
        cells = [model.new_bool_var("") for _ in range(slots)]
        model.add_exactly_one(cells)
        for slot, cell in enumerate(cells):
            at.setdefault(("s", s, slot), []).append(cell)
            at.setdefault(("c", c, slot), []).append(cell)
    for (kind, _who, _slot), cells in at.items():
        if kind == "s":
            model.add_at_most_one(cells)
        else:
            model.add(sum(cells) <= panels)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = 600
    status = solver.solve(model)
    return since(start) | {"slots": slots, "status": solver.status_name(status)}
