"""Opens the reference data that ships with the product."""

import csv
from functools import cache
from pathlib import Path

from chanjiao.engines.taxonomy import CodeList, Crosswalk

DATA = Path(__file__).parents[3] / "src/chanjiao/standards/data"


@cache
def code_list(name: str) -> CodeList:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return CodeList.from_csv(name, stream)


@cache
def crosswalk(name: str) -> Crosswalk:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return Crosswalk.from_csv(name, stream)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
