"""What every decision does to a statement: its words, its log, its self-reported value."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.evidence import contents
from chanjiao.evidence.choices import (
    Act,
    ItemState,
    Qualifier,
    StatementKind,
    StatementState,
    Told,
)
from chanjiao.evidence.models import Decision, EvidenceItem, ReportedValue, Statement

NO_VALUES = frozenset({Qualifier.ORDINAL, Qualifier.RANGE})


def correct_taken(
    actor: Actor, statement: Statement, changes: Mapping[str, Any], reason: str
) -> Statement:
    """Change what was taken, in the caller's transaction; a self-reported value follows."""
    if not statement.is_taken:
        raise Refused(_("这条事实还没有采纳。"), code="not_taken")
    refuse_verified(statement)
    set_content(statement, contents.cleaned(statement.kind, changes, statement.content))
    statement.state = StatementState.CORRECTED
    statement.save()
    note(actor, statement, Act.CORRECTED, reason)
    reported = ReportedValue.objects.filter(statement=statement).first()
    if reported is not None:
        reported.delete()
        if not why_not_reported(statement):
            report(actor, statement)
    return statement


def why_not_reported(statement: Statement) -> str:
    """Why a statement is no value of an indicator; empty where it can be one."""
    if statement.kind != StatementKind.FIGURE:
        return _("只有数字可以作为指标值。")
    content = statement.content
    reasons = (
        (content["status"] != Told.ACTUAL, _("是计划数，还没有发生。")),
        (content["qualifier"] in NO_VALUES, _("是序数或区间，不是一个值。")),
        (not content["indicator"], _("没有指标。")),
        (statement.organisation_id is None, _("主体没有对上已登记的机构。")),
    )  # fmt: skip
    return next((reason for is_so, reason in reasons if is_so), "")


def report(actor: Actor, statement: Statement) -> ReportedValue:
    content = statement.content
    return ReportedValue.objects.create(
        statement=statement, evidence=statement.evidence, organisation=statement.organisation,
        words=content["indicator"], value=Decimal(content["value"]), unit=content["unit"],
        qualifier=content["qualifier"], period=content["period"], created_by_id=actor.user_id,
    )  # fmt: skip


def set_content(statement: Statement, content: dict[str, Any]) -> None:
    statement.content = content
    statement.summary = contents.summary(statement.kind, content)
    statement.value = contents.number(content)


def note(actor: Actor, statement: Statement, act: str, reason: str) -> None:
    last = statement.decisions.last()
    Decision.objects.create(
        statement=statement, number=last.number + 1 if last else 1, act=act,
        content=statement.content, reason=reason.strip()[:200], by_name=actor.name[:80],
        created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, f"press.{act}", statement, content=statement.content)


def refuse_verified(statement: Statement) -> None:
    item: EvidenceItem | None = statement.evidence
    if item is not None and item.state == ItemState.VERIFIED:
        raise Refused(
            _("佐证“%(title)s”已核验，不能再改；如有误请撤回佐证。") % {"title": item.title},
            code="verified",
        )
