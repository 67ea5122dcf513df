"""The code lists that ship with the product, readable where no database is."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from chanjiao.engines.taxonomy import CodeList
from chanjiao.standards.choices import System

DATA = Path(__file__).parent / "data"
FILES = {System.EDUCATION: "education_level", System.OWNERSHIP: "org_ownership"}


@cache
def packaged(system: str) -> CodeList:
    """The shipped list of a system; a system whose codes are the office's own is empty."""
    path = DATA / f"{FILES.get(System(system), system)}.csv"
    if not path.exists():
        return CodeList(system, [])
    with path.open(encoding="utf-8", newline="") as stream:
        return CodeList.from_csv(system, stream)


def streets() -> Iterator[tuple[str, str, str]]:
    """Code, name and county of the 41,352 streets and towns, in the order of the list."""
    with (DATA / "gbt2260_streets.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for street in row["streets"].split("|"):
                yield row["county"] + street[:3], street[3:], row["county"]
