"""The sheet of statements taken into evidence: taken out, corrected, brought back.

Nothing new comes in by this way: a statement is what a page says, so it begins at the press desk.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.evidence.choices import (
    ItemState,
    Predicate,
    Qualifier,
    StatementKind,
    Told,
)
from chanjiao.evidence.deciding import correct_taken
from chanjiao.evidence.models import Statement
from chanjiao.evidence.policies import can_work
from chanjiao.evidence.queries import statements_matching, taken_statements_visible_to

CHUNK = 500
KINDS = {
    StatementKind.FIGURE.value: ("数字", "Figure"),
    StatementKind.ORGANISATION.value: ("机构", "Organisation"),
    StatementKind.RELATION.value: ("合作关系", "Relation"),
}
QUALIFIERS = {
    Qualifier.EXACT.value: ("准确", "Exact"),
    Qualifier.OVER.value: ("超过", "Over"),
    Qualifier.AT_LEAST.value: ("不少于", "At least"),
    Qualifier.ABOUT.value: ("约", "About"),
    Qualifier.NEARLY.value: ("近", "Nearly"),
    Qualifier.AT_MOST.value: ("不超过", "At most"),
    Qualifier.RANGE.value: ("区间", "Range"),
    Qualifier.ORDINAL.value: ("序数", "Ordinal"),
}
STATUSES = {Told.ACTUAL.value: ("已发生", "Actual"), Told.PLANNED.value: ("计划", "Planned")}
PREDICATES = {
    Predicate.SIGN.value: ("签约", "Signed"), Predicate.CO_BUILD.value: ("共建", "Built together"),
    Predicate.ESTABLISH.value: ("建立", "Established"),
    Predicate.UNVEIL.value: ("揭牌", "Unveiled"),
    Predicate.FOUND.value: ("成立", "Founded"), Predicate.MEMBER_OF.value: ("加入", "Joined"),
    Predicate.AWARD_PLAQUE.value: ("授牌", "Awarded a plaque"),
    Predicate.ORDER_CLASS.value: ("开设订单班", "Order class"),
    Predicate.COOPERATE.value: ("合作", "Cooperates"),
    Predicate.PLAN_ESTABLISH.value: ("拟建", "Plans to establish"),
}  # fmt: skip
ONLY_READ_ZH, ONLY_READ_EN = "只供核对，不能在表里改。", "For your eyes; not changed by the sheet."


def _shown(name: str, zh: str, en: str, kind: Any = "text", **more: Any) -> Column:
    return Column(name, zh, en, kind, note_zh=ONLY_READ_ZH, note_en=ONLY_READ_EN, **more)


class StatementSheet(SheetHandler):
    """One row a statement; which cells mean something hangs on its kind."""

    sheet = Sheet(
        "press_statements", "采编事实", "Press statements",
        (
            Column("number", "编号", "Number", "text", required=True, max_length=20,
                   pattern=r"\d{1,19}", example="1024"),
            _shown("kind", "种类", "Kind", "choice", choices=KINDS),
            Column("subject", "主体", "Subject", "text", max_length=600,
                   note_zh="机构名称，或合作各方，用“、”分开。",
                   note_en="The body's name, or the parties, parted by 、."),
            Column("indicator", "指标", "Indicator", "text", max_length=120),
            Column("value", "数值", "Value", "decimal"),
            Column("upper", "区间上限", "Upper end", "decimal"),
            Column("unit", "单位", "Unit", "text", max_length=120),
            Column("qualifier", "准确程度", "Qualifier", "choice", choices=QUALIFIERS),
            Column("predicate", "关系", "Relation", "choice", choices=PREDICATES),
            Column("object", "对象", "Object", "text", max_length=120),
            Column("period", "期间或日期", "Period or date", "text", max_length=120),
            Column("status", "是否已发生", "Actual or planned", "choice", choices=STATUSES),
            _shown("organisation", "对应机构", "Organisation", max_length=120),
            _shown("credit_code", "统一社会信用代码", "Credit code", max_length=18),
            _shown("quote", "原句", "Quote", max_length=30_000),
            _shown("evidence", "佐证材料", "Evidence", max_length=200),
            _shown("formed_on", "形成日期", "Formed on", "date"),
            _shown("grade", "佐证等级", "Grade of proof", max_length=40),
        ),
        key=("number",),
    )  # fmt: skip
    thing = "evidence"

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        wanted = [int(key[0]) for key in keys if key[0].isdecimal()]
        rows = _workable(actor, wanted)
        return {(str(one.pk),): _values(one) for one in rows}

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = statements_matching(taken_statements_visible_to(actor), filters)
        for one in rows.order_by("pk").iterator(chunk_size=CHUNK):
            yield _values(one)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        wanted = [int(row["number"]) for row in rows]
        held = {str(one.pk): one for one in _workable(actor, wanted)}
        return [
            (place, problem)
            for place, row in enumerate(rows)
            for problem in _problems(row, held.get(str(row["number"])))
        ]

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        for done, change in enumerate(changes, 1):
            if change.after is None:
                continue
            rows = Statement.objects.select_for_update(of=("self",)).select_related(
                "article__page", "evidence"
            )
            statement = rows.get(pk=int(change.key[0]))
            require(can_work(actor, statement.article.page))
            correct_taken(actor, statement, _changes(statement, change.after), "")
            progress(done, len(changes), "")


def _workable(actor: Actor, wanted: Sequence[int]) -> Iterator[Statement]:
    """Statements that were taken and that the actor may correct."""
    for start in range(0, len(wanted), CHUNK):
        rows: QuerySet[Statement] = taken_statements_visible_to(actor).filter(
            pk__in=wanted[start : start + CHUNK]
        )
        yield from (one for one in rows if can_work(actor, one.article.page))


def _values(one: Statement) -> dict[str, Any]:
    content = one.content
    told: dict[str, Any] = {
        "number": str(one.pk), "kind": one.kind, "quote": one.quote,
        "organisation": one.organisation.name if one.organisation else None,
        "credit_code": one.organisation.credit_code if one.organisation else None,
    }  # fmt: skip
    if one.evidence is not None:
        told |= {
            "evidence": one.evidence.title, "formed_on": one.evidence.formed_on,
            "grade": str(one.evidence.get_grade_display()),
        }  # fmt: skip
    if one.kind == StatementKind.ORGANISATION:
        return {**told, "subject": content["name"]}
    if one.kind == StatementKind.RELATION:
        return {
            **told, "subject": "、".join(content["subjects"]) or None,
            "predicate": content["predicate"], "object": content["object"] or None,
            "period": content["date"] or None, "status": content["status"],
        }  # fmt: skip
    return {
        **told, "subject": content["subject"] or None, "indicator": content["indicator"] or None,
        "value": Decimal(content["value"]),
        "upper": Decimal(content["upper"]) if content["upper"] else None,
        "unit": content["unit"] or None, "qualifier": content["qualifier"],
        "period": content["period"] or None, "status": content["status"],
    }  # fmt: skip


def _changes(one: Statement, after: Values) -> dict[str, Any]:
    """Cells of a row as fields of the statement's content."""
    names = {
        StatementKind.ORGANISATION: {"subject": "name"},
        StatementKind.RELATION: {
            "subject": "subjects", "predicate": "predicate", "object": "object",
            "period": "date", "status": "status",
        },
        StatementKind.FIGURE: {
            name: name
            for name in (
                "subject", "indicator", "value", "upper", "unit", "qualifier", "period", "status",
            )
        },
    }  # fmt: skip
    fields = names[StatementKind(one.kind)]
    return {fields[name]: after[name] for name in fields if name in after}


FOREIGN_CELLS = {
    StatementKind.FIGURE: {"predicate", "object"},
    StatementKind.RELATION: {"indicator", "value", "upper", "unit", "qualifier"},
    StatementKind.ORGANISATION: {
        "indicator", "value", "upper", "unit", "qualifier", "predicate", "object", "period",
        "status",
    },
}  # fmt: skip
ONLY_READ = (
    "kind", "organisation", "credit_code", "quote", "evidence", "formed_on", "grade",
)  # fmt: skip


def _problems(row: Values, held: Statement | None) -> Iterator[Problem]:
    if held is None:
        yield Problem(
            "number", "unknown_statement", f"没有编号为 {row['number']}、您可以更正的采编事实。",
            f"There is no statement {row['number']} that you may correct.",
            "新的事实请在采编台从稿件里采纳。", "New statements begin at the press desk.",
        )  # fmt: skip
        return
    if held.evidence is not None and held.evidence.state == ItemState.VERIFIED:
        yield Problem(
            "number", "verified", f"编号 {held.pk} 的佐证已核验，不能再改。",
            f"The evidence of statement {held.pk} is verified and no longer changes.",
            "请删除这一行；如有误请撤回佐证。", "Remove the row, or withdraw the evidence.",
        )  # fmt: skip
    stands = _values(held)
    for name in ONLY_READ:
        if row.get(name) not in (None, "") and row[name] != stands.get(name):
            yield Problem(
                name, "only_read", f"这一列只供核对，原为“{stands.get(name) or '空'}”。",
                f"This column isn't changed by the sheet; it was “{stands.get(name) or 'empty'}”.",
                "请改回原值或清空。", "Put the old value back or leave it blank.",
            )  # fmt: skip
    for name in sorted(FOREIGN_CELLS[StatementKind(held.kind)]):
        if row.get(name) not in (None, ""):
            yield Problem(
                name, "not_of_this_kind", f"{KINDS[held.kind][0]}没有这一项。",
                f"A statement of the kind {KINDS[held.kind][1].lower()} has no such field.",
                "请清空。", "Leave it blank.",
            )  # fmt: skip
