"""Yearly figures of a body, typed by itself or by the office."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.choices import YearSource
from chanjiao.organisations.models import OrganisationYear
from chanjiao.organisations.policies import can_edit_years
from chanjiao.organisations.services.register import locked

FIRST_YEAR = 1990
FIGURES = (
    "staff", "skilled", "high_skilled", "output_wan", "revenue_wan", "tax_wan", "rd_spend_wan",
    "land_mu", "area_grade",
)  # fmt: skip


def figures_fault(figures: Mapping[str, Any], *, is_company: bool) -> tuple[str, str] | None:
    """The column and the reason why a year's figures cannot all be true; None when they can."""
    staff, skilled, high = (figures.get(n) for n in ("staff", "skilled", "high_skilled"))
    if skilled is not None and staff is not None and skilled > staff:
        return "skilled", _("技能人才 %(part)s 人，多于在岗职工 %(whole)s 人。") % {
            "part": skilled, "whole": staff,
        }  # fmt: skip
    if high is not None and skilled is not None and high > skilled:
        return "high_skilled", _("高技能人才 %(part)s 人，多于技能人才 %(whole)s 人。") % {
            "part": high, "whole": skilled,
        }  # fmt: skip
    if figures.get("area_grade") and not is_company:
        return "area_grade", _("亩均评价只适用于企业。")
    return None


@transaction.atomic
def save_year(
    actor: Actor, organisation_id: int, year: int, figures: Mapping[str, Any]
) -> OrganisationYear:
    """Write one year's figures; a blank one takes away what stood there."""
    body = locked(organisation_id)
    require(can_edit_years(actor, body))
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Refused(
            _("年度 %(year)s 须在 %(first)s 与 %(last)s 之间。")
            % {"year": year, "first": FIRST_YEAR, "last": clock.today().year},
            code="wrong_year", field="year",
        )  # fmt: skip
    if fault := figures_fault(figures, is_company=body.is_company):
        raise Refused(fault[1], code="figures_disagree", field=fault[0])
    row = OrganisationYear.objects.select_for_update().filter(organisation=body, year=year).first()
    row = row or OrganisationYear(organisation=body, year=year, created_by_id=actor.user_id)
    for name in FIGURES:
        if name in figures:
            setattr(row, name, figures[name])
    is_own = actor.organisation_id == body.pk
    row.source = YearSource.SELF if is_own else YearSource.DEPARTMENT
    row.save()
    audit.record(actor, "organisation.year_saved", body, year=year)
    return row
