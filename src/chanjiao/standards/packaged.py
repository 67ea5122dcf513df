"""The code lists and alignment data that ship with the product, readable without a database."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from chanjiao.engines.taxonomy import Aligner, CodeList, Crosswalk, LinearModel, Link
from chanjiao.standards.choices import System

DATA = Path(__file__).parent / "data"
FILES = {System.EDUCATION: "education_level", System.OWNERSHIP: "org_ownership"}
SHOP_WORDS = {
    System.OCCUPATION: "occupation_aliases",
    System.MAJOR: "major_aliases",
    System.INDUSTRY: "industry_aliases",
}
MODELS = {
    System.OCCUPATION: "occupation_model",
    System.MAJOR: "major_model",
    System.INDUSTRY: "industry_model",
}
WORDINGS = {System.OCCUPATION: DATA / "occupation_wordings.csv"}


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


@cache
def shop_words(system: str) -> tuple[tuple[str, str], ...]:
    """Colloquial wordings of a system with their codes, the project's own table."""
    name = SHOP_WORDS.get(System(system))
    path = DATA / f"{name}.csv"
    if name is None or not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            (alias, row["code"])
            for row in csv.DictReader(stream)
            for alias in row["aliases"].split("|")
        )


@cache
def model(system: str) -> LinearModel | None:
    """The shipped model of a system, if there is one."""
    name = MODELS.get(System(system))
    path = DATA / f"{name}.npz"
    if name is None or not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return LinearModel.from_arrays({key: arrays[key] for key in arrays.files})


def packaged_links(relation: str) -> list[Link]:
    """Shipped proposals of a relation; a relation without any is empty."""
    path = DATA / f"{relation}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(Crosswalk.from_csv(relation, stream))


@cache
def packaged_aligner(system: str) -> Aligner:
    """The aligner of a shipped list, without anything that people decided."""
    return Aligner(packaged(system), shop=shop_words(system), model=model(system))
