"""The ledger of asks: once, within the month's load, answered with three buttons."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import Parameter, parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.demand.choices import Answer, AskKind, AskState
from chanjiao.demand.models import Ask
from chanjiao.demand.policies import can_answer, can_ask, can_take_back
from chanjiao.demand.queries import asked_this_month
from chanjiao.organisations.choices import Scale, Status
from chanjiao.organisations.models import Organisation

QUIET_DAYS = "ask_quiet_days"
BUDGETS = {
    Scale.LARGE: "ask_budget_large",
    Scale.MEDIUM: "ask_budget_medium",
    Scale.SMALL: "ask_budget_small",
    Scale.MICRO: "ask_budget_micro",
}


@dataclass(frozen=True, slots=True)
class Load:
    """How often a company was asked this month, and how often it may be."""

    used: int
    budget: Parameter

    @property
    def left(self) -> int:
        return max(0, self.budget.whole - self.used)


def budget_of(company: Organisation) -> Parameter:
    """The month's load for a company of this size; an unknown size is treated as small."""
    return parameter(BUDGETS.get(Scale(company.scale) if company.scale else Scale.SMALL, ""))


def load_of(company: Organisation) -> Load:
    return Load(asked_this_month(company.pk).count(), budget_of(company))


@transaction.atomic
def ask(
    actor: Actor, company_id: int, kind: str, subject: str, *,
    due_on: date | None = None, **links: Any,
) -> Ask:  # fmt: skip
    """Ask a company once; what was asked already is refused with who asked it and when."""
    require(can_ask(actor))
    company = Organisation.objects.select_for_update(of=("self",)).get(pk=company_id)
    reason = why_not(company, kind, **links)
    if reason:
        raise reason
    asked = Ask.objects.create(
        company=company, asker_id=actor.organisation_id, kind=kind, subject=subject.strip(),
        asked_on=clock.today(), due_on=due_on, created_by_id=actor.user_id, **links,
    )  # fmt: skip
    todos.ask(
        company.pk,
        f"答复询问：{asked.subject}"[:200],
        title_en=f"Answer: {asked.subject}"[:200],
        url=reverse("demand:asks"),
        about=about(asked.pk),
        role=Role.COMPANY_HR,
        due_on=due_on,
    )
    audit.record(actor, "ask.asked", asked, company=company.pk, kind=kind)
    return asked


def why_not(company: Organisation, kind: str, **links: Any) -> Refused | None:
    """The reason against one more ask, or None."""
    if company.status != Status.ACTIVE:
        return Refused(
            _("%(name)s 当前为“%(status)s”，不再询问。")
            % {"name": company.name, "status": company.get_status_display()}
        )
    earlier = _asked_before(company.pk, kind, **links)
    if earlier:
        return Refused(_already(earlier), code="asked_before", field="kind", ask=earlier.pk)
    load = load_of(company)
    if load.left:
        return None
    last = asked_this_month(company.pk).select_related("asker").first()
    words = _(
        "%(name)s 本月已被询问 %(used)s 次，达到上限 %(budget)s 次（%(source)s）；"
        "最近一次由 %(asker)s 于 %(day)s 询问“%(subject)s”。请下月再问，或并入已有询问。"
    ) % {
        "name": company.name,
        "used": load.used,
        "budget": load.budget.whole,
        "source": load.budget.source,
        "asker": last.asker.name if last else "—",
        "day": last.asked_on if last else "—",
        "subject": last.subject if last else "—",
    }
    return Refused(words, code="over_budget", ask=last.pk if last else None)


@transaction.atomic
def answer(actor: Actor, ask_id: int, word: str, note: str = "") -> Ask:
    """Answer with one of three buttons; "later" ends this ask and lets it be asked again."""
    asked = Ask.objects.select_for_update(of=("self",)).get(pk=ask_id)
    require(can_answer(actor, asked))
    asked.answer, asked.answer_note = Answer(word), note.strip()[:300]
    asked.state, asked.answered_on = AskState.ANSWERED, clock.today()
    asked.save()
    todos.done(about(asked.pk))
    audit.record(actor, "ask.answered", asked, answer=word)
    return asked


@transaction.atomic
def take_back(actor: Actor, ask_id: int) -> Ask:
    """Withdraw an ask that is still open; it no longer counts against the company's load."""
    asked = Ask.objects.select_for_update(of=("self",)).get(pk=ask_id)
    require(can_take_back(actor, asked))
    asked.state = AskState.WITHDRAWN
    asked.save()
    asked.links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    todos.done(about(asked.pk))
    audit.record(actor, "ask.withdrawn", asked)
    return asked


def close_overdue() -> int:
    """Close asks whose date has passed without an answer; called by the worker's clock."""
    rows = Ask.objects.filter(state=AskState.ASKED, due_on__lt=clock.today())
    ids = list(rows.values_list("pk", flat=True)[:1000])
    for pk in ids:
        todos.done(about(pk))
    return Ask.objects.filter(pk__in=ids).update(state=AskState.CLOSED)


def about(ask_id: int) -> str:
    return f"ask:{ask_id}"


def _asked_before(company_id: int, kind: str, **links: Any) -> Ask | None:
    """The same kind of ask, by anybody, that is too recent; a reminder belongs to its round."""
    since = clock.today() - timedelta(days=parameter(QUIET_DAYS).whole)
    rows = Ask.objects.filter(company_id=company_id, kind=kind).exclude(state=AskState.WITHDRAWN)
    if kind == AskKind.REMINDER:
        since = clock.today() - timedelta(days=parameter("ask_reminder_days").whole)
        rows = rows.filter(round=links.get("round"))
    elif kind == AskKind.OTHER:
        return None
    return rows.select_related("asker").filter(asked_on__gt=since).order_by("-asked_on").first()


def _already(earlier: Ask) -> str:
    words = {
        "asker": earlier.asker.name,
        "day": earlier.asked_on,
        "kind": earlier.get_kind_display(),
        "subject": earlier.subject,
        "state": earlier.get_state_display(),
    }
    if earlier.answer:
        words["state"] = f"{words['state']}：{earlier.get_answer_display()}"
    return (
        _(
            "%(asker)s 已于 %(day)s 就“%(kind)s”询问过该企业（“%(subject)s”，%(state)s），"
            "不再重复询问；请查看已有答复。"
        )
        % words
    )
