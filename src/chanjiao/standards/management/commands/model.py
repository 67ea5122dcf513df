"""``chanjiao model train|card``: the occupation model made anew, and what it can do."""

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from chanjiao.standards.choices import System
from chanjiao.standards.packaged import DATA, MODELS, model
from chanjiao.standards.services import models


class Command(BaseCommand):
    help = "对齐模型：train 训练、card 说明 Train the alignment model, or print its card"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("card")
        train = acts.add_parser("train")
        train.add_argument("--titles", required=True, help="csv: job_name, expected_code")
        train.add_argument("--out", default=str(DATA / f"{MODELS[System.OCCUPATION]}.npz"))
        train.add_argument("--held-out", type=float, default=0.2, help="share kept for the card")
        train.add_argument("--seed", type=int, default=20260101)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "card":
            self._card()
        else:
            self._train(options)

    def _card(self) -> None:
        found = model(System.OCCUPATION)
        if found is None:
            raise CommandError("没有随产品提供的模型 No model ships with this installation.")
        self.stdout.write(json.dumps(dict(found.card), ensure_ascii=False, indent=2))

    def _train(self, options: dict[str, Any]) -> None:
        path = Path(options["titles"])
        if not path.is_file():
            raise CommandError(f"没有文件 {path} There is no such file.")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [(row["job_name"], row["expected_code"]) for row in csv.DictReader(stream)]
        made = models.trained(rows, held_out=options["held_out"], seed=options["seed"])
        np.savez_compressed(options["out"], allow_pickle=False, **made.arrays())
        self.stdout.write(json.dumps(dict(made.card), ensure_ascii=False, indent=2))
