"""Once a quarter, companies without an account get a link to say that their lines still stand."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.demand.choices import COUNTED, AskKind, LinkPurpose
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services import asks, links
from chanjiao.demand.services.expiring import RECONFIRM_DAYS
from chanjiao.organisations.models import Organisation, RoleGrant
from chanjiao.organisations.queries import consortium_of_region

BATCH = 100


def send_links() -> int:
    """Ask on the office's behalf, within each company's load; returns how many were asked.

    Companies whose people sign in have a to-do instead (see ``expiring.ask_to_confirm``); asked
    once, a company is left alone for the days that the parameter names.
    """
    consortium = consortium_of_region()
    if consortium is None:
        return 0
    office = Actor(
        name="system", organisation_id=consortium.office_id,
        organisation_name=consortium.office.name, is_system=True, via="system",
    )  # fmt: skip
    today = clock.today()
    horizon = today + timedelta(days=parameter(RECONFIRM_DAYS).whole)
    lapsing = JobDemand.objects.filter(state__in=COUNTED, valid_until__range=(today, horizon))
    signed_in = RoleGrant.objects.filter(role=Role.COMPANY_HR, ends_on=None)
    first_days = dict(
        lapsing.exclude(company__in=signed_in.values("organisation"))
        .order_by()
        .values_list("company_id")
        .annotate(first=Min("valid_until"))
        .order_by("first", "company_id")[:BATCH]
    )
    rows = Organisation.objects.filter(pk__in=first_days).order_by("pk")
    return sum(_ask(office, company, first_days[company.pk]) for company in rows)


def _ask(office: Actor, company: Organisation, first_day: object) -> bool:
    if not (company.contact_email or company.contact_phone):
        return False
    try:
        with transaction.atomic():
            asked = asks.ask(
                office, company.pk, AskKind.RECONFIRM,
                _("确认岗位需求是否仍然有效"), due_on=first_day,
            )  # fmt: skip
            links.issue(office, company, LinkPurpose.RECONFIRM, ask=asked)
    except Refused:
        return False
    return True
