"""Who is put a to-do before when a demand moves."""

from django.urls import reverse

from chanjiao.core import clock, todos
from chanjiao.core.calendar import add_working_days
from chanjiao.core.roles import Role
from chanjiao.demand.choices import DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services import expiring
from chanjiao.organisations.queries import consortium_of_region

TO_VERIFY = "demand:to-verify"
VERIFY_DAYS = 3


def about_demand(pk: int) -> str:
    return f"demand:{pk}"


def to_verify() -> None:
    """One to-do for the office, however many lines wait."""
    consortium = consortium_of_region()
    if consortium is None:
        return
    todos.ask(
        consortium.office_id,
        "核实企业提交的岗位需求",
        title_en="Verify job demands that companies submitted",
        url=reverse("demand:list") + "?state=submitted",
        about=TO_VERIFY,
        role=Role.OFFICE,
        due_on=add_working_days(clock.today(), VERIFY_DAYS),
    )


def after_move(demand: JobDemand, name: str) -> None:
    """A line sent back waits for its company; the last one verified clears the office's list."""
    if name == "return":
        todos.ask(
            demand.company_id,
            f"修改被退回的岗位需求：{demand.title}"[:200],
            title_en=f"Amend the job demand that was sent back: {demand.title}"[:200],
            url=reverse("demand:detail", args=[demand.pk]),
            about=about_demand(demand.pk),
            role=Role.COMPANY_HR,
        )
    if demand.state == DemandState.WITHDRAWN:
        todos.done(about_demand(demand.pk))
    expiring.settle(demand.company_id)
    verified()


def verified() -> None:
    if not JobDemand.objects.filter(state=DemandState.SUBMITTED).exists():
        todos.done(TO_VERIFY)
