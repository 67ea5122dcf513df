"""The companies of a round as a file: who was asked, who answered, who was last reminded when."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.demand.choices import NothingReason, TargetState
from chanjiao.demand.models import SurveyRound
from chanjiao.demand.policies import oversees_silence
from chanjiao.engines.tabular import Column, Sheet, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

STATES = {
    TargetState.WAITING: ("未答复", "No answer yet"),
    TargetState.ANSWERED: ("已填报", "Answered"),
    TargetState.NOTHING: ("暂无需求", "Needs nobody"),
    TargetState.DROPPED: ("不再征集", "No longer asked"),
}
REASONS = {
    NothingReason.FULL: ("岗位已满", "Positions are filled"),
    NothingReason.SHRINKING: ("订单减少或压缩用工", "Fewer orders or staff cuts"),
    NothingReason.OWN_CHANNEL: ("自有渠道已解决", "Filled through own channels"),
    NothingReason.AGENCY: ("由劳务派遣或外包解决", "Agency staff or outsourcing"),
    NothingReason.AUTOMATION: ("以自动化替代", "Replaced by automation"),
    NothingReason.MOVING: ("搬迁或停业", "Moving or closing"),
    NothingReason.UNDECIDED: ("用工计划未定", "Staffing not decided yet"),
    NothingReason.OTHER: ("其他", "Other"),
}

# The first two columns are those of the companies sheet, so that the lists can be joined.
SHEET = Sheet(
    name="round_companies",
    zh="征集企业",
    en="Companies asked",
    columns=(
        Column("credit_code", "统一社会信用代码", "Unified social credit code", "uscc"),
        Column("company", "企业名称", "Company", "text"),
        Column("area", "所属区域", "Area", "text"),
        Column("contact_name", "联系人", "Contact", "text"),
        Column("contact_phone", "联系电话", "Telephone", "text"),
        Column("state", "答复", "Answer", "choice", choices=STATES),
        Column("asked_on", "首次询问", "First asked on", "date"),
        Column("answered_on", "答复日期", "Answered on", "date"),
        Column("reminders", "催报次数", "Reminders", "integer"),
        Column("reminded_on", "最近催报", "Last reminded on", "date"),
        Column("why", "暂无需求的原因", "Why nobody is needed", "choice", choices=REASONS),
        Column("why_note", "说明", "Note", "text"),
        Column("round", "批次", "Round", "text"),
    ),
)


@dataclass(frozen=True, slots=True)
class FileOut:
    content: bytes
    name: str
    content_type: str


def export_companies(
    actor: Actor, survey_round: SurveyRound, rows: Iterable[Any], *, fmt: str, language: str
) -> FileOut:
    """The rows of ``targets_of`` that the reader filtered out; leaves an audit entry."""
    require(oversees_silence(actor))
    values = [_values(survey_round, row, language) for row in rows]
    audit.record(actor, "survey_round.exported", survey_round, rows=len(values))
    out, stem = io.BytesIO(), f"round-{survey_round.pk}-companies"
    if fmt == "csv":
        write_csv(SHEET, values, out, language=language)
        return FileOut(out.getvalue(), f"{stem}.csv", CSV)
    write_xlsx(SHEET, values, out, language=language, drop_downs=False)
    return FileOut(out.getvalue(), f"{stem}.xlsx", XLSX)


def _values(survey_round: SurveyRound, row: Any, language: str) -> dict[str, object]:
    english, company = language == "en", row.company
    return {
        "credit_code": company.credit_code,
        "company": company.name,
        "area": _named(company.area, "name", english) if company.area else None,
        "contact_name": company.contact_name,
        "contact_phone": company.contact_phone,
        "state": row.state,
        "asked_on": row.asked_on,
        "answered_on": row.answered_on,
        "reminders": row.reminders,
        "reminded_on": row.reminded_on,
        "why": row.why if row.state == TargetState.NOTHING else None,
        "why_note": row.why_note if row.state == TargetState.NOTHING else None,
        "round": _named(survey_round, "title", english),
    }


def _named(thing: Any, field: str, english: bool) -> str:
    return (getattr(thing, f"{field}_en") if english else "") or getattr(thing, field)
