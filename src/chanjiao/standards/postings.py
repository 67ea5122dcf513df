"""The posting parser with the lists and tables that ship, and with what the people decided."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from chanjiao.core import clock
from chanjiao.core.reference import shipped_value
from chanjiao.engines.taxonomy import Aligner
from chanjiao.engines.taxonomy.postings import (
    Alignments,
    CertificateReader,
    Gazetteer,
    HazardReader,
    MajorReader,
    Parser,
    PayRules,
    PlaceReader,
    SkillReader,
    Tools,
    major_lexicon,
)
from chanjiao.standards.aligning import aligner_for
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged, packaged_aligner, shop_words

DATA = Path(__file__).parent / "data"
type Threshold = float | Mapping[str, float]


def packaged_parser(
    *, threshold: Threshold | None = None, pay: PayRules | None = None, home: str = ""
) -> Parser:
    """The parser of the shipped tables, without a database and without anybody's decisions.

    Where no ``threshold`` or ``pay`` is given, the shipped rule parameters hold; ``home`` is the
    code of the area to prefer where a name is shared.
    """
    today = clock.today()
    occupations, industries, majors = (
        _packaged(one) for one in (System.OCCUPATION, System.INDUSTRY, System.MAJOR)
    )
    tools = _tools(occupations, industries, majors, pay or shipped_pay(today), home)
    if threshold is None:
        threshold = float(shipped_value("posting_field_from", today))
    return Parser(tools, threshold=threshold)


def running_parser(*, threshold: Threshold, pay: PayRules, home: str = "") -> Parser:
    """The parser of the running system, whose aligner knows what was adopted for everybody."""
    occupations, industries, majors = (
        Alignments(aligner_for(one)) for one in (System.OCCUPATION, System.INDUSTRY, System.MAJOR)
    )
    return Parser(_tools(occupations, industries, majors, pay, home), threshold=threshold)


def shipped_pay(on: date) -> PayRules:
    days, hours = (shipped_value(n, on) for n in ("pay_days_per_month", "pay_hours_per_day"))
    return PayRules(float(days), float(hours))


def _tools(
    occupations: Alignments, industries: Alignments, majors: Alignments, pay: PayRules, home: str
) -> Tools:
    return Tools(
        places=PlaceReader(gazetteer(), home),
        majors=major_reader(),
        skills=SkillReader(table("posting_skills")),
        certificates=CertificateReader(table("posting_certificates")),
        hazards=HazardReader(table("posting_hazards")),
        occupations=occupations,
        industries=industries,
        major_codes=majors,
        pay=pay,
    )


@cache
def _packaged(system: str) -> Alignments:
    def made() -> Aligner:
        return packaged_aligner(system)

    return Alignments(made)


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one of the project's own word tables."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def gazetteer() -> Gazetteer:
    streets = {row["county"]: row["streets"] for row in table("gbt2260_streets")}
    return Gazetteer(packaged(System.REGION), table("place_zones"), streets)


@cache
def major_reader() -> MajorReader:
    wordings = [
        (w, row["code"]) for row in table("posting_majors") for w in row["words"].split("|")
    ]
    return MajorReader(major_lexicon(packaged(System.MAJOR), wordings, shop_words(System.MAJOR)))
