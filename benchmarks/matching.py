"""How fast, how small and how good matching is, beside the programs that install.

    python benchmarks/matching.py [--sizes fair,fair10,region,province] [--only WORD …] [--out FILE]

Every figure comes from a process of its own. Peers (faiss-cpu, ortools, matching; scipy is there)
are no dependencies: install them beside chanjiao where this is to run; what is missing is skipped.
Peers get their input ready-made (feature vectors, arcs, lists): only their own work is timed. Where
a peer would take too long it runs on a sample of people and is scaled, which is told. Seconds are
of the processor; ``wall`` is the clock, on a machine where others may be at work.
"""

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import matching_peers as peers  # noqa: E402
from matching_market import CONDITIONS, FACTORS, SCHEME, SIZES, market, sides  # noqa: E402

from chanjiao.engines.matching import (  # noqa: E402
    Hall,
    Machine,
    Market,
    Sets,
    Side,
    Table,
    Threads,
    audit,
    balanced,
    interview_table,
    optimal,
    stable,
    topk,
)

Figures = dict[str, Any]
K = 50
PROVINCE = (5_000_000, 1_000_000, 20_000)  # people, positions, people of the sample


def timed(work: Callable[[], Any]) -> tuple[Any, Figures]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, {
        "cpu": round(time.process_time() - cpu, 4),
        "wall": round(time.perf_counter() - wall, 4),
    }


def built(size: str, backend: str = "auto", workers: int | None = None) -> Market:
    return market(*SIZES[size], machine=Machine(backend, Threads(workers)))


def ours_top50(size: str) -> Figures:
    """Index and ranking; recall and equality against looking at every pair of a sample."""
    found = built(size)
    ranking, told = timed(lambda: topk(found, K))
    truth = built(size, "numpy")
    some = np.linspace(0, len(found.people) - 1, 500).astype(np.int32)
    exact = topk(truth, K, ids=[found.people[p].item() for p in some])
    same = np.array_equal(ranking.lists.item[some], exact.lists.item)
    pairs = int(ranking.lists.feasible.sum())
    density = pairs / len(found.people) / len(found.positions)
    return told | {
        "recall": float(same), "feasible": pairs, "density": round(density, 4),
        "ns_a_pair": round(told["cpu"] / pairs * 1e9, 1),
    }  # fmt: skip


def ours_top50_numpy(size: str) -> Figures:
    found = built(size, "numpy")
    return timed(lambda: topk(found, K))[1]


def ours_stable(size: str, backend: str = "auto") -> Figures:
    found = built(size, backend)
    answer, told = timed(lambda: stable(found))
    second, checking = timed(lambda: audit(answer))
    told |= {"placed": second.placed, "objective": round(second.totals["w"], 3)}
    return told | {
        "blocking": second.blocking_pairs, "audited_by": second.by, "audit_cpu": checking["cpu"],
        "digest": int(answer.partner.astype(np.int64) @ np.arange(len(answer.partner)) % 10**9),
    }  # fmt: skip


def ours_optimal(size: str, backend: str = "auto", gap: float | None = 1e-3) -> Figures:
    found = built(size, backend)
    answer, told = timed(lambda: optimal(found, gap=gap))
    proof = answer.certificate
    assert proof is not None
    return told | {
        "placed": len(answer.placed), "objective": round(proof.primal, 3),
        "bound": round(proof.dual, 3), "gap": round(proof.gap, 6),
        "digest": int(answer.partner.astype(np.int64) @ np.arange(len(answer.partner)) % 10**9),
    }  # fmt: skip


def ours_again(size: str) -> Figures:
    """After 3 % changes: people gone, seats fewer, wages higher; cold and from earlier prices."""
    people, positions = sides(*SIZES[size], seed=1)
    dice = np.random.default_rng(5)
    before = optimal(of(people, positions), gap=1e-3)
    keep = np.flatnonzero(dice.random(len(people.ids)) > 0.03)
    hit, paid = (dice.random(len(positions.ids)) < 0.03 for _ in range(2))
    seats, wage = (positions.columns[name] for name in ("vacancies", "wage"))
    other = Table(
        positions.ids,
        {**positions.columns, "vacancies": np.maximum(seats - hit, 0), "wage": wage + 300 * paid},
    )
    now = of(chosen(people, keep), other)
    now.scan_of(Side.PEOPLE)
    cold, one = timed(lambda: optimal(now, gap=1e-3))
    warm, told = timed(lambda: optimal(now, gap=1e-3, prices=before.price))
    assert cold.certificate is not None
    assert warm.certificate is not None
    return told | {
        "cold_cpu": one["cpu"], "cold_wall": one["wall"], "gap": round(warm.certificate.gap, 6),
        "objective": round(warm.certificate.primal, 3), "cold": round(cold.certificate.primal, 3),
    }  # fmt: skip


def of(people: Table, positions: Table) -> Market:
    return Market(
        people, positions, conditions=CONDITIONS, factors=FACTORS, scheme=SCHEME,
        capacity="vacancies",
    )  # fmt: skip


def chosen(table: Table, rows: np.ndarray) -> Table:
    columns = {
        name: values.rows(rows) if isinstance(values, Sets) else values[rows]
        for name, values in table.columns.items()
    }
    return Table(np.asarray(table.ids)[rows], columns)


def ours_balanced(size: str) -> Figures:
    found = built(size)
    answer, told = timed(lambda: balanced(found, rounds=200))
    return told | {
        "rounds": answer.rounds, "residual": answer.residual,
        "gini": round(answer.exposure_gini(), 3), "each": round(told["cpu"] / answer.rounds, 5),
    }  # fmt: skip


def ours_threads(size: str) -> Figures:
    """One and two threads, C and numpy (at the fair), and rows in another order: the same pairs."""
    one, two = (built(size, workers=n) for n in (1, 2))
    a, told = timed(lambda: (stable(one), optimal(one, gap=1e-3)))
    b = (stable(two), optimal(two, gap=1e-3))
    same = [(x.partner == y.partner).all() for x, y in zip(a, b, strict=True)]
    people, positions = sides(*SIZES[size], seed=1)
    dice = np.random.default_rng(3)
    mixed = of(*(chosen(t, dice.permutation(len(t.ids))) for t in (people, positions)))
    c = (stable(mixed), optimal(mixed, gap=1e-3))
    same += [(x.partner == y.partner).all() for x, y in zip(a, c, strict=True)]
    return told | {"equal": bool(all(same))}


def ours_province(_size: str) -> Figures:
    people, positions, sample = PROVINCE
    one, _other = sides(sample, 1000, seed=1)
    _one, other = sides(people // 100, positions, seed=1)
    found = of(one, other)
    _scan, index = timed(lambda: found.scan_of(Side.PEOPLE))
    ranking, told = timed(lambda: topk(found, K))
    return told | {
        "index_cpu": index["cpu"], "ms_a_person": round(told["cpu"] / sample * 1e3, 4),
        "feasible_each": round(float(ranking.lists.feasible.mean())),
    }  # fmt: skip


def talks(count: int = 24_439) -> list[tuple[int, int]]:
    dice = np.random.default_rng(2)
    popular = 1 / np.arange(1, 201) ** 0.3
    company = dice.choice(200, 3 * count, p=popular / popular.sum())
    pairs = np.unique(np.stack((dice.integers(0, 5000, 3 * count), company), axis=1), axis=0)
    return [(int(s), int(c)) for s, c in pairs[dice.permutation(len(pairs))[:count]]]


def ours_interviews(_size: str) -> Figures:
    pairs = talks()
    hall = Hall(panels=dict.fromkeys(range(200), 6))
    table, told = timed(lambda: interview_table(pairs, hall))
    return told | {"slots": table.slots, "least": table.least, "talks": len(table.interviews)}


PROGRAMS: dict[str, tuple[Callable[[str], Figures], tuple[str, ...]]] = {
    "top-50: ours": (ours_top50, ("fair", "fair10", "region")),
    "top-50: ours, numpy only": (ours_top50_numpy, ("fair",)),
    "top-50: dense numpy": (peers.dense, ("fair", "fair10", "region")),
    "top-50: faiss flat k=1000 and filter": (peers.faiss_flat, ("fair", "fair10", "region")),
    "top-50: ours, 20,000 of 5,000,000 × 1,000,000": (ours_province, ("province",)),
    "stable: ours": (ours_stable, ("fair", "fair10", "region")),
    "stable: ours, numpy only": (lambda size: ours_stable(size, "numpy"), ("fair",)),
    "stable: matching (top-50 lists)": (peers.matching_package, ("fair",)),
    "optimal: ours": (ours_optimal, ("fair", "fair10", "region")),
    "optimal: ours, exact": (lambda size: ours_optimal(size, gap=0), ("fair",)),
    "optimal: ours, numpy only": (lambda size: ours_optimal(size, "numpy"), ("fair",)),
    "optimal: OR-Tools min-cost flow, all arcs": (peers.flow, ("fair", "fair10")),
    "optimal: OR-Tools min-cost flow, top-200": (lambda size: peers.flow(size, 200), ("region",)),
    "optimal: scipy linear_sum_assignment": (peers.assignment, ("fair",)),
    "again after 3 % changes: ours": (ours_again, ("fair", "fair10", "region")),
    "balanced: ours": (ours_balanced, ("fair", "fair10")),
    "equal: threads and order": (ours_threads, ("fair", "fair10")),
    "interviews: ours": (ours_interviews, ("fair",)),
    "interviews: OR-Tools CP-SAT": (lambda _size: peers.cp_sat(talks(), 6), ("fair",)),
}
NEEDS = {"faiss": "faiss", "OR-Tools": "ortools", "matching (": "matching"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="fair")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        name, size = given.child
        figures = PROGRAMS[name][0](size)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(figures | {"peak_mb": peak}))  # noqa: T201
        return
    results = []
    for size in given.sizes.split(","):
        for name, (_work, sizes) in PROGRAMS.items():
            if size in sizes and (not given.only or any(word in name for word in given.only)):
                results.append({"program": name, "size": size} | child(name, size))
                say(results[-1])
    if given.out:
        given.out.write_text(json.dumps(results, indent=1), "utf-8")


def child(name: str, size: str) -> Figures:
    for word, module in NEEDS.items():
        if word in name and importlib.util.find_spec(module) is None:
            return {"skipped": f"{module} is not installed"}
    with tempfile.TemporaryDirectory() as folder:
        if "min-cost flow" in name:
            peers.prepare(size, Path(folder), 200 if "top-200" in name else None)
        command = [sys.executable, __file__, "--child", name, size]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    answer: Figures = json.loads(done.stdout.splitlines()[-1])
    return answer


def say(figures: Figures) -> None:
    rest = {k: v for k, v in figures.items() if k not in ("program", "size")}
    told = "  ".join(f"{k} {v}" for k, v in rest.items())
    print(f"{figures['size']:9}{figures['program']:48}{told}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
