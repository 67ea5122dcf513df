"""What the clock does to demand: lapsed lines leave the figures, lapsing ones are asked about."""

from datetime import timedelta

from django.urls import reverse

from chanjiao.core import clock, todos
from chanjiao.core.actor import SYSTEM
from chanjiao.core.parameters import parameter
from chanjiao.core.roles import Role
from chanjiao.demand.choices import COUNTED
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services.lifecycle import FLOW

BATCH = 500
RECONFIRM_DAYS = "demand_reconfirm_days"


def expire_due() -> int:
    """Expire what is past its day by the workflow table, some hundreds a round."""
    due = JobDemand.objects.filter(state__in=COUNTED, valid_until__lt=clock.today())
    ids = list(due.order_by("valid_until", "pk").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        FLOW.make(SYSTEM, pk, "expire")
    return len(ids)


def ask_to_confirm() -> int:
    """Put one to-do before each company with lines about to lapse; doing it again asks nobody."""
    horizon = clock.today() + timedelta(days=parameter(RECONFIRM_DAYS).whole)
    lapsing = JobDemand.objects.filter(
        state__in=COUNTED, valid_until__range=(clock.today(), horizon)
    )
    earliest: dict[int, JobDemand] = {}
    for demand in lapsing.order_by("-valid_until", "-pk").only("company_id", "valid_until"):
        earliest[demand.company_id] = demand
    for company_id, demand in earliest.items():
        todos.ask(
            company_id,
            "确认岗位需求是否仍然有效",
            title_en="Confirm whether your job demands still stand",
            url=reverse("demand:list") + "?lapsing=true",
            about=about_lapsing(company_id),
            role=Role.COMPANY_HR,
            due_on=demand.valid_until,
        )
    return len(earliest)


def settle(company_id: int) -> None:
    """Clear the company's to-do once none of its lines is about to lapse."""
    horizon = clock.today() + timedelta(days=parameter(RECONFIRM_DAYS).whole)
    lapsing = JobDemand.objects.filter(
        company_id=company_id, state__in=COUNTED, valid_until__lte=horizon
    )
    if not lapsing.exists():
        todos.done(about_lapsing(company_id))


def about_lapsing(company_id: int) -> str:
    return f"demand-lapsing:{company_id}"
