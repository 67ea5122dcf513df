"""``chanjiao index build|uncertainty|compare``: a composite index from two tables and a spec."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.measurement.indexfiles import (
    FileRefused,
    built,
    read_all,
    write_build,
    write_digests,
)
from chanjiao.measurement.indexruns import write_comparison, write_uncertainty


class Command(BaseCommand):
    help = (
        "综合指数：build 计算、uncertainty 不确定性、compare 比较 Build, vary or compare an index"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        build = acts.add_parser("build", help="results.csv and the decision tables of each step")
        vary = acts.add_parser("uncertainty", help="rank intervals and shares of variance")
        compare = acts.add_parser("compare", help="two builds and what their difference is due to")
        for act in (build, vary, compare):
            act.add_argument("--data", required=True, help="iData.csv")
            act.add_argument("--meta", required=True, help="iMeta.csv")
            act.add_argument("--spec", required=True, help="spec.yaml")
            act.add_argument("--out", required=True, help="folder to write to")
        vary.add_argument("--reps", type=int, help="instead of the specification's")
        vary.add_argument("--seed", type=int, help="instead of the specification's")
        for what in ("data", "meta", "spec"):
            compare.add_argument(f"--{what}-after", help=f"{what} of the second build, if another")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options, Path(options["out"]))
        except FileRefused as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}") from fault

    def _build(self, options: dict[str, Any], out: Path) -> None:
        inputs, spec = read_all(options["data"], options["meta"], options["spec"])
        made = built(inputs, spec, options["spec"])
        write_build(made, inputs, out)
        write_digests(out, {key: options[key] for key in ("data", "meta", "spec")})
        known = made.coverage()
        self.stdout.write(
            f"{len(made.result)} 单位 units × {len(made.scheme.leaves)} 指标 indicators · "
            f"数据齐备 coverage {known.min():.0%}–{known.max():.0%} → {out / 'results.csv'}"
        )

    def _uncertainty(self, options: dict[str, Any], out: Path) -> None:
        inputs, spec = read_all(options["data"], options["meta"], options["spec"])
        runs = write_uncertainty((inputs, spec), options, out)
        write_digests(out, {key: options[key] for key in ("data", "meta", "spec")})
        self.stdout.write(f"{runs} 次计算 runs → {out / 'ranks.csv'}")

    def _compare(self, options: dict[str, Any], out: Path) -> None:
        sources = {key: options[key] for key in ("data", "meta", "spec")}
        later = {key: options[f"{key}_after"] or options[key] for key in sources}
        first = (*read_all(**sources), options["spec"])
        second = (*read_all(**later), later["spec"])
        count = write_comparison(first, second, out)
        write_digests(out, sources | {f"{k}_after": v for k, v in later.items()})
        self.stdout.write(f"{count} 个单位 units compared → {out / 'compare.csv'}")
