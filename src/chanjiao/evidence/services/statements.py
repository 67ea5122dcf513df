"""Deciding about what was read: accept, correct, reject, take back; each decision is kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.evidence import contents
from chanjiao.evidence.choices import (
    Act,
    StatementState,
)
from chanjiao.evidence.deciding import (
    correct_taken,
    note,
    refuse_verified,
    report,
    set_content,
    why_not_reported,
)
from chanjiao.evidence.models import (
    PressArticle,
    PressPage,
    ReportedValue,
    Statement,
)
from chanjiao.evidence.policies import can_work
from chanjiao.evidence.services.items import drop_if_empty, item_for

BULK_FROM = "press_bulk_from"


def accept(
    actor: Actor, statement_id: int, changes: Mapping[str, Any] | None = None,
    *, is_reported: bool | None = None, reason: str = "",
) -> Statement:  # fmt: skip
    """Take a statement into evidence, perhaps corrected; what fits becomes a self-reported value.

    ``is_reported`` None means "where it fits"; True where it doesn't fit is refused.
    """
    with transaction.atomic():
        statement = _locked(actor, statement_id)
        _refuse_decided(statement)
        return _accept(actor, statement, changes or {}, is_reported, reason)


@transaction.atomic
def reject(actor: Actor, statement_id: int, reason: str = "") -> Statement:
    """Say that the page does not state this, or that it is of no use."""
    statement = _locked(actor, statement_id)
    _refuse_decided(statement)
    statement.state = StatementState.REJECTED
    statement.save()
    note(actor, statement, Act.REJECTED, reason)
    return statement


@transaction.atomic
def correct(
    actor: Actor, statement_id: int, changes: Mapping[str, Any], reason: str = ""
) -> Statement:
    """Change what was taken already; a self-reported value follows. Verified evidence is closed."""
    statement = _locked(actor, statement_id)
    return correct_taken(actor, statement, changes, reason)


@transaction.atomic
def undo(actor: Actor, statement_id: int) -> Statement:
    """Take the decision back: the statement waits again as it was read."""
    statement = _locked(actor, statement_id)
    if statement.state == StatementState.PROPOSED:
        raise Refused(_("这条事实还没有决定，无可撤销。"), code="undecided")
    refuse_verified(statement)
    item = statement.evidence
    ReportedValue.objects.filter(statement=statement).delete()
    statement.state, statement.evidence = StatementState.PROPOSED, None
    set_content(statement, statement.proposed)
    statement.save()
    note(actor, statement, Act.UNDONE, "")
    if item is not None:
        drop_if_empty(actor, item)
    return statement


@dataclass(frozen=True, slots=True)
class BulkDone:
    """How many were accepted, and how many had changed since they were seen."""

    accepted: int
    changed: int


@transaction.atomic
def accept_seen(actor: Actor, page_id: int, seen: Mapping[int, str]) -> BulkDone:
    """Accept at once what lacks nothing or little, and only as the person saw it.

    ``seen`` gives for each statement the mark that stood beside it on the page; one that has
    changed or was decided meanwhile is left for a second look.
    """
    page = PressPage.objects.select_for_update(of=("self",)).get(pk=page_id)
    require(can_work(actor, page))
    rows = Statement.objects.select_for_update(of=("self",)).filter(
        article__page=page, pk__in=seen, state=StatementState.PROPOSED, score__gte=bulk_from()
    )
    waiting = list(rows.select_related("article__page", "evidence").order_by("pk"))
    unchanged = [one for one in waiting if mark_of(one) == seen[one.pk]]
    for statement in unchanged:
        _accept(actor, statement, {}, None, "")
    return BulkDone(len(unchanged), len(seen) - len(unchanged))


def bulk_from() -> Decimal:
    """The completeness from which statements may be accepted together; refuses without the rule."""
    try:
        return parameter(BULK_FROM).value
    except LookupError as error:
        raise Refused(
            _("没有规则参数“成批采纳的最低齐备度”，请先在规则参数中载入。"), code="no_rule"
        ) from error


def mark_of(statement: Statement) -> str:
    """A short seal of what a person sees of a statement: it changes with any word of it."""
    told = [statement.kind, statement.quote, statement.content, statement.organisation_id]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _accept(
    actor: Actor, statement: Statement, changes: Mapping[str, Any], is_reported: bool | None,
    reason: str,
) -> Statement:  # fmt: skip
    PressArticle.objects.select_for_update(of=("self",)).get(pk=statement.article_id)
    set_content(statement, contents.cleaned(statement.kind, changes, statement.content))
    is_corrected = statement.content != statement.proposed
    misfit = why_not_reported(statement)
    if is_reported and misfit:
        raise Refused(
            _("不能记为自报值：%(why)s") % {"why": misfit}, code="not_a_value", field="is_reported"
        )
    statement.state = StatementState.CORRECTED if is_corrected else StatementState.ACCEPTED
    statement.evidence = item_for(actor, statement.article)
    statement.save()
    note(actor, statement, Act.CORRECTED if is_corrected else Act.ACCEPTED, reason)
    if is_reported is not False and not misfit:
        report(actor, statement)
    return statement


def _locked(actor: Actor, statement_id: int) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",))
    statement = rows.select_related("article__page", "evidence").get(pk=statement_id)
    require(can_work(actor, statement.article.page))
    return statement


def _refuse_decided(statement: Statement) -> None:
    if statement.state != StatementState.PROPOSED:
        last = statement.decisions.last()
        raise Refused(
            _("这条事实%(state)s（%(who)s），要改请先撤销。")
            % {"state": statement.get_state_display(), "who": last.by_name if last else "—"},
            code="decided",
        )
