"""``chanjiao match run --people P --positions Q``: a matching from files, without any database."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.core.marketfiles import MarketFileFault, read
from chanjiao.core.marketinputs import (
    PERSON,
    POSITION,
    fits_of,
    market_of,
    pairs_of,
    scheme_of,
)
from chanjiao.engines.matching import (
    Audit,
    Machine,
    MarketFault,
    Matching,
    Side,
    Source,
    audit,
    balanced,
    compare,
    optimal,
    stable,
)

MODES = ("stable", "optimal", "balanced")


class Command(BaseCommand):
    help = "Match people to positions from CSV or Parquet files (docs/engines/matching.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        run = acts.add_parser("run", help="one matching, audited")
        run.add_argument("--people", type=Path, required=True, metavar="P")
        run.add_argument("--positions", type=Path, required=True, metavar="Q")
        run.add_argument("--pairs", type=Path, help="person, position, u, v, w; only these pairs")
        run.add_argument("--mode", choices=MODES, default="stable")
        run.add_argument("--json", action="store_true", help="print one JSON object")
        run.add_argument("--proposer", choices=[side.value for side in Side], default="people")
        run.add_argument("--ties", choices=("id", "most"), default="id")
        run.add_argument("--gap", type=float, help="of optimal, to be proved; 0: exact")
        run.add_argument("--beta", type=float, default=0.05, help="temperature of balanced")
        run.add_argument("--lists", type=int, help="cut everyone's list (it is told)")
        run.add_argument("--scheme", type=Path, help="weights as JSON")
        run.add_argument("--fit", type=Path, help="major, occupation, value")
        run.add_argument("--beside", action="store_true", help="tell what the other answer gives")
        run.add_argument("--backend", choices=("auto", "c", "numpy"), default="auto")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self._run(options)
        except (MarketFileFault, MarketFault) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._tell(answer)

    def _run(self, options: dict[str, Any]) -> dict[str, Any]:
        machine = Machine(options["backend"])
        people, positions = read(options["people"]), read(options["positions"])
        source: Source
        if options["pairs"]:
            source = pairs_of(people, positions, read(options["pairs"]), machine)
        else:
            scheme, fits = scheme_of(options["scheme"]), fits_of(options["fit"])
            source = market_of(people, positions, scheme, fits, machine)
        began = time.perf_counter()
        matching, extra = solve(source, options)
        seconds = time.perf_counter() - began
        answer = told(matching, audit(matching), extra, seconds)
        if options["beside"]:
            answer["beside"] = beside(matching)
        for name, kind in (("person", people.kind(PERSON)), ("position", positions.kind(POSITION))):
            for pair in (*answer["pairs"], *answer["blocking_examples"]):
                pair[name] = kind(pair[name])
        return answer

    def _tell(self, answer: dict[str, Any]) -> None:
        totals, certificate = answer["totals"], answer["certificate"]
        self.stdout.write(
            f"{answer['mode']} · placed 已安排 {totals['placed']} · u {totals['u']:.6f} · "
            f"v {totals['v']:.6f} · w {totals['w']:.6f}"
        )
        shown = {name: value for name, value in certificate.items() if name != "prices"}
        self.stdout.write(
            f"blocking pairs 互相更中意的配对 {answer['blocking_pairs']} · "
            f"{json.dumps(shown)} · {answer['seconds']:.3f} s"
        )
        for pair in answer["pairs"]:
            self.stdout.write(f"{pair['person']}\t{pair['position']}\t{pair['w']:.6f}")


def prices_of(matching: Matching) -> dict[str, float]:
    """What a seat is worth where it is wanted by more than get one."""
    if matching.price is None:
        return {}
    wanted = matching.price.nonzero()[0]
    positions = matching.source.positions
    return {str(positions[q]): float(matching.price[q]) for q in wanted}


def solve(source: Source, options: dict[str, Any]) -> tuple[Matching, dict[str, Any]]:
    """The matching that was asked for, and what its certificate says besides."""
    if options["mode"] == "stable":
        if options["lists"] is not None:
            raise CommandError("stable 用完整名单，不接受 --lists。 stable takes no --lists.")
        side = Side(options["proposer"])
        found = stable(source, side, ties=options["ties"])
        largest = {} if options["ties"] == "id" else {"largest": bool(found.largest)}
        return found, {"proposer": side.value, "ties": options["ties"], **largest}
    if options["mode"] == "optimal":
        if options["lists"] is not None and options["lists"] < 1:
            raise CommandError(f"--lists {options['lists']} 须至少为 1 must be at least 1.")
        return optimal(source, gap=options["gap"], lists=options["lists"]), {}
    lists = 50 if options["lists"] is None else options["lists"]
    balance = balanced(source, beta=options["beta"], lists=lists)
    told = {"beta": options["beta"], "rounds": balance.rounds, "residual": balance.residual}
    return balance.matching(), told | {"exposure_gini": balance.exposure_gini()}


def beside(matching: Matching) -> dict[str, Any]:
    """Stable and maximum utility side by side, and what each costs."""
    found = {"stable": stable, "optimal": optimal}
    both = {
        mode: matching if mode == matching.mode else find(matching.source)
        for mode, find in found.items()
    }
    totals = {mode: answer.totals() for mode, answer in both.items()}
    return {**totals, **compare(both["stable"], both["optimal"])}


def told(
    matching: Matching, second: Audit, extra: dict[str, Any], seconds: float
) -> dict[str, Any]:  # fmt: skip
    """Pairs, totals, certificate, blocking pairs and seconds, as the paper of the engine says."""
    scores, unit, total = matching.scores(), matching.source.unit, matching.source.total_unit
    columns = zip(scores.u.tolist(), scores.v.tolist(), scores.w.tolist(), strict=True)
    pairs = [
        {"person": p, "position": q, "u": u / unit, "v": v / unit, "w": w / total}
        for (p, q), (u, v, w) in zip(matching.pairs(), columns, strict=True)
    ]
    proof = second.certificate
    certificate: dict[str, Any] = {
        "kind": {"stable": "stability", "optimal": "optimality"}.get(matching.mode, "balance"),
        "truncated": second.truncated,
        "hard_ok": second.hard_ok,
        "capacity_ok": second.capacity_ok,
        "audited_by": second.by,
        **extra,
    }
    if proof is not None:
        certificate |= {"primal": proof.primal, "dual": proof.dual, "gap": proof.gap}
        certificate["optimal"] = second.is_optimal
        certificate["prices"] = prices_of(matching)
    else:
        certificate["stable"] = second.is_stable
    return {
        "mode": matching.mode,
        "pairs": pairs,
        "totals": second.totals | {"people": second.people, "seats": second.seats},
        "certificate": certificate,
        "blocking_pairs": second.blocking_pairs,
        "blocking_examples": [
            {"person": b.person, "position": b.position} for b in second.examples
        ],
        "exposure_gini": second.exposure_gini,
        "seconds": seconds,
    }
