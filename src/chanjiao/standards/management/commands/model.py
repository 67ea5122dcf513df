"""``chanjiao model train|card [LIST]``: an alignment model made anew, and what it can do."""

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from chanjiao.standards.choices import System
from chanjiao.standards.packaged import DATA, MODELS, model, packaged
from chanjiao.standards.services import models

LISTS = {"occupation": System.OCCUPATION, "major": System.MAJOR, "industry": System.INDUSTRY}


class Command(BaseCommand):
    help = "对齐模型：train 训练、card 说明 Train an alignment model, or print its card"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        card = acts.add_parser("card")
        card.add_argument("list", choices=LISTS, nargs="?", default="occupation")
        train = acts.add_parser("train")
        train.add_argument("list", choices=LISTS, nargs="?", default="occupation")
        train.add_argument("--titles", help="csv: job_name, expected_code (occupations only)")
        train.add_argument(
            "--phrases", nargs="*", default=[], help="tsv: text, codes parted by |; only measured"
        )
        train.add_argument("--out", help="where to write; the shipped file unless said")
        train.add_argument("--held-out", type=float, default=0.2, help="share kept for the card")
        train.add_argument("--folds", type=int, default=10, help="each held out once; 0 for none")
        train.add_argument("--seed", type=int, default=20260101)

    def handle(self, *args: Any, **options: Any) -> None:
        system = LISTS[options["list"]]
        if options["act"] == "card":
            self._card(system)
        else:
            self._train(system, options)

    def _card(self, system: System) -> None:
        found = model(system)
        if found is None:
            raise CommandError("没有随产品提供的模型 No model ships with this installation.")
        size = (DATA / f"{MODELS[system]}.npz").stat().st_size
        told = {**found.card, "bytes": size, "terms": len(found.vocabulary.terms)}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _train(self, system: System, options: dict[str, Any]) -> None:
        rows = _titles(options["titles"])
        if system is System.OCCUPATION and not rows:
            raise CommandError("请用 --titles 给出职位名表 Give labelled titles with --titles.")
        if not 0 < options["held_out"] < 1:
            raise CommandError(
                f"--held-out {options['held_out']} 须在 0 与 1 之间 must be between 0 and 1"
            )
        if options["folds"] != 0 and options["folds"] < 2:
            raise CommandError(
                f"--folds {options['folds']} 须为 0 或至少 2 must be 0 or at least 2"
            )
        phrases = dict(_phrases(system, name) for name in options["phrases"])
        made = models.trained(
            system,
            rows,
            held_out=options["held_out"],
            seed=options["seed"],
            folds=options["folds"],
            phrases=phrases,
        )
        path = options["out"] or DATA / f"{MODELS[system]}.npz"
        np.savez_compressed(path, allow_pickle=False, **made.arrays())
        self.stdout.write(json.dumps(dict(made.card), ensure_ascii=False, indent=2))


def _titles(given: str | None) -> list[tuple[str, str]]:
    if given is None:
        return []
    path = Path(given)
    if not path.is_file():
        raise CommandError(f"没有文件 {path} There is no such file.")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"job_name", "expected_code"} - set(reader.fieldnames or ())
        if missing:
            lacks = "、".join(sorted(missing))
            raise CommandError(f"{path.name} 缺少列 {lacks} {path.name} lacks the column {lacks}.")
        return [(row["job_name"], row["expected_code"]) for row in reader]


def _phrases(system: System, given: str) -> tuple[str, list[tuple[str, list[str]]]]:
    path = Path(given)
    if not path.is_file():
        raise CommandError(f"没有文件 {path} There is no such file.")
    known, found = packaged(system), []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text, _tab, codes = line.partition("\t")
        for code in codes.split("|"):
            if code not in known:
                raise CommandError(
                    f"{path.name} 第 {number} 行的代码“{code}”不在目录中 "
                    f"line {number}: code {code!r} is not in the list"
                )
        found.append((text, codes.split("|")))
    return path.stem, found
