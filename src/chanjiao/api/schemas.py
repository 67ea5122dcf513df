"""What the API answers, field by field; money in yuan, dates as ISO, missing is null."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema
from pydantic import Field


class Fault(Schema):
    code: str
    message: str = Field(description="中文说明")
    message_en: str = Field(description="the same in English")
    field: str | None = None
    details: list[str] | None = None


class Failure(Schema):
    error: Fault


class Page(Schema):
    next: str | None = Field(description="下一页的 cursor；没有下一页时为 null")


class CodeSystem(Schema):
    system: str = Field(description="代码系统的标识，用于下列地址")
    title: str
    codes: int


class CodeSystems(Schema):
    items: list[CodeSystem]


class CodeOut(Schema):
    system: str
    code: str
    name: str
    name_en: str
    parent: str | None
    level: int
    aliases: list[str]
    flags: list[str]
    valid_from: date | None
    valid_to: date | None


class CodePage(Page):
    items: list[CodeOut]


class CodeHits(Schema):
    items: list[CodeOut]


class VersionOut(Schema):
    number: int
    as_of: date
    published_at: datetime
    seal: str = Field(description="快照内容的 SHA-256")
    correction: str
    rows: int
    headcount: int | None
    companies: int | None
    asked: int
    answered: int


class ListOut(Schema):
    number: str
    title: str
    title_en: str
    quarter: str
    state: str
    withdrawn_at: datetime | None
    withdrawal_reason: str
    versions: list[VersionOut]


class ListPage(Page):
    items: list[ListOut]


class ListRow(Schema):
    position: int
    occupation: str
    name: str
    name_en: str
    industry: str
    industry_name: str
    education: str
    education_name: str
    skill_level: str
    headcount: int
    companies: int | None
    pay_low: int | None
    pay_high: int | None


class ListRowPage(Page):
    publication: str
    version: int
    seal: str
    items: list[ListRow]


class BodyOut(Schema):
    id: int
    name: str


class CodeRef(Schema):
    code: str
    name: str


class NodeRef(Schema):
    """产业链的一个环节 A step of a chain."""

    chain: str
    code: str
    name: str


class DemandOut(Schema):
    id: int
    number: str
    company: BodyOut
    year: int
    title: str
    occupation: CodeRef | None
    headcount: int
    filled: int
    education: str
    pay_min_yuan: int | None
    pay_max_yuan: int | None
    area: str | None
    area_code: str | None
    node: NodeRef | None
    source: str
    state: str
    confirmed_on: date | None
    valid_until: date


class DemandPage(Page):
    items: list[DemandOut]


class OfferingOut(Schema):
    id: int
    school: BodyOut
    code: str
    name: str
    major: CodeRef | None = Field(description="目录专业；未对上目录时为 null")
    direction: str
    level: str
    form: str
    duration: Decimal
    state: str
    confirmed_on: date | None


class OfferingPage(Page):
    items: list[OfferingOut]


class YearOut(Schema):
    offering: int
    year: int
    plan: int | None
    applied: int | None
    admitted: int | None
    registered: int | None
    enrolled: int
    graduates: int | None
    further_study: int | None


class YearPage(Page):
    items: list[YearOut]


class CohortOut(Schema):
    id: int
    offering: int
    grade: int
    class_name: str
    size: int | None
    graduates_on: date


class CohortPage(Page):
    items: list[CohortOut]


class RateOut(Schema):
    value: Decimal
    basis: str = Field(description="history 本专业历史；parameter 规则参数")
    source: str = Field(description="历史的分子/分母，或参数的出处")


class ExpectedOut(Schema):
    offering: int
    school: int
    major: str
    level: str
    year: int
    size: int
    loss: RateOut
    further_study: RateOut
    expected: Decimal
    source: str = Field(description="cohort 在读班级；intake 报到数")


class ExpectedAnswer(Schema):
    year: int
    as_of: date
    method: str
    items: list[ExpectedOut]


class EvidenceOut(Schema):
    id: int
    title: str
    kind: str
    organisation: BodyOut
    formed_on: date
    visibility: str
    grade: str = Field(description="self 自报；other_party 对方确认；administrative 行政记录")
    state: str
    sha256: str = Field(description="文件内容的 SHA-256")
    quotes: int = Field(description="引用的原句数")


class EvidencePage(Page):
    items: list[EvidenceOut]


class StatementOut(Schema):
    id: int
    evidence: int
    kind: str
    summary: str
    content: dict[str, str | list[str] | None] = Field(
        description="figure：subject、indicator、value、upper、unit、qualifier、status、period；"
        "organisation：name、surfaces、kind；relation：predicate、subjects、object、date、status"
    )
    quote: str
    start: int = Field(description="原句在修复后正文中的位置（字）")
    end: int
    organisation: BodyOut | None
    is_corrected: bool
    reported_grade: str | None = Field(description="记为自报指标值时的佐证等级；否则为 null")


class StatementPage(Page):
    items: list[StatementOut]
