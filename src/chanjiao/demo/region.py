"""The facts of the invented city, read from the packaged file into plain records."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

SEED = 20230628


@dataclass(frozen=True, slots=True)
class Occupation:
    """A job family: what it is called, how many were wanted each year, what leads to it.

    ``demand`` is the 12-month headcount of the two years before the present one and of the
    present one; ``majors`` maps a major's code to the strength of its link, 0 to 1.
    """

    code: str
    plain: str
    demand: Sequence[int]
    chains: Sequence[str]
    pay: Sequence[int]
    majors: Mapping[str, float]
    titles: Sequence[str]


@dataclass(frozen=True, slots=True)
class School:
    """A school with its majors and the graduates expected of each in a year."""

    name: str
    kind: str
    level: str
    majors: Sequence[tuple[str, int]]
    name_en: str = ""
    is_lead: bool = False
    role: str = ""
    park: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    name: str
    name_en: str
    companies: int
    park: str
    leader: str
    industries: Sequence[str]
    words: Sequence[str]
    nodes: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Region:
    """Everything the packaged file says."""

    city: Mapping[str, str]
    consortium: Mapping[str, Any]
    parks: Sequence[Mapping[str, Any]]
    bodies: Sequence[Mapping[str, str]]
    schools: Sequence[School]
    own_majors: Mapping[str, tuple[str, str]]
    occupations: Sequence[Occupation]
    queue_titles: Sequence[str]
    chains: Sequence[Chain]

    @property
    def founded_on(self) -> date:
        return self.consortium["founded_on"]  # type: ignore[no-any-return]


@cache
def region() -> Region:
    """The region as packaged; the same object for everybody who asks."""
    text = files("chanjiao.demo").joinpath("data/region.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Region(
        city=raw["city"],
        consortium=raw["consortium"],
        parks=raw["parks"],
        bodies=raw["bodies"],
        schools=[
            School(**{**row, "majors": [(code, size) for code, size in row["majors"]]})
            for row in raw["schools"]
        ],
        own_majors={code: (name, parent) for code, (name, parent) in raw["own_majors"].items()},
        occupations=[Occupation(**row) for row in raw["occupations"]],
        queue_titles=raw["queue"]["titles"],
        chains=[
            Chain(**{**row, "nodes": [tuple(node) for node in row["nodes"]]})
            for row in raw["chains"]
        ],
    )
