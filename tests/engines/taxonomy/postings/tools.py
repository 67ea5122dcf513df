"""The parser of the tests: the project's own word tables, with small code lists behind them."""

from functools import cache

from chanjiao.engines.taxonomy import Aligner, CodeList
from chanjiao.engines.taxonomy.postings import (
    Alignments,
    CertificateReader,
    HazardReader,
    Parser,
    PayRules,
    PlaceReader,
    SkillReader,
    Tools,
)
from chanjiao.standards.postings import gazetteer, major_reader, table

PAY = PayRules(days_per_month=21.75, hours_per_day=8)
TRADES = CodeList.from_rows("trades", [
    {"code": "6-18-01-01", "name": "车工", "aliases": "数控车工"},
    {"code": "6-18-02-04", "name": "焊工"},
])  # fmt: skip
TRADES_OF_COMPANIES = CodeList.from_rows("industries", [
    {"code": "C3443", "name": "阀门和旋塞制造"}, {"code": "C3484", "name": "机械零部件加工"},
])  # fmt: skip


@cache
def tools(home: str = "") -> Tools:
    return Tools(
        places=PlaceReader(gazetteer(), home),
        majors=major_reader(),
        skills=SkillReader(table("posting_skills")),
        certificates=CertificateReader(table("posting_certificates")),
        hazards=HazardReader(table("posting_hazards")),
        occupations=Alignments(Aligner(TRADES)),
        industries=Alignments(Aligner(TRADES_OF_COMPANIES)),
        major_codes=Alignments(Aligner(TRADES)),
        pay=PAY,
    )


def parser(threshold: float = 0.8, home: str = "") -> Parser:
    return Parser(tools(home), threshold=threshold)
