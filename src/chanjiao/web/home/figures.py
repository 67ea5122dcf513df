"""Figures by role on the workbench; each opens the rows it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.demand.queries import (
    demands_to_verify,
    standing_totals,
    uncoded_visible_to,
)
from chanjiao.gaps.queries import latest_study, total_of
from chanjiao.organisations.queries import members_visible_to, organisations_visible_to
from chanjiao.publishing.queries import current_version, latest_list
from chanjiao.supply.coverage import coverage_by_school
from chanjiao.supply.queries import offerings_visible_to, school_year, students_visible_to


@dataclass(frozen=True, slots=True)
class Figure:
    label: Any
    value: Any
    url: str
    detail: Any = ""


def _organisations(actor: Actor) -> Figure:
    return Figure(
        _("登记机构"),
        organisations_visible_to(actor).count(),
        reverse("directory:organisations"),
    )


def _members(actor: Actor) -> Figure:
    seated = members_visible_to(actor).filter(state="active")
    return Figure(_("联合体成员"), seated.count(), reverse("directory:members") + "?state=active")


def _filings(actor: Actor) -> Figure:
    waiting = offerings_visible_to(actor).filter(state="submitted").count()
    return Figure(_("待备案专业"), waiting, reverse("supply:offerings") + "?state=submitted")


def _live_offerings(actor: Actor) -> Figure:
    """What schools run, with how much of it can be counted."""
    today = clock.today()
    try:
        rows = coverage_by_school(actor, school_year(today), today)
    except LookupError:
        rows = []
    scores = [row.score for row in rows if row.score is not None]
    whole = f"{sum(scores) / len(scores):.0%}" if scores else "—"
    return Figure(
        _("在办专业"), sum(row.offerings for row in rows), reverse("supply:offerings"),
        _("填报完整度 %(share)s") % {"share": whole},
    )  # fmt: skip


def _students(actor: Actor) -> Figure:
    rows = students_visible_to(actor).filter(status="enrolled")
    return Figure(_("在籍学生"), rows.count(), reverse("supply:students") + "?status=enrolled")


def _gap(actor: Actor) -> Figure:
    """The gap of the latest study, as this reader may see it."""
    study = latest_study(actor)
    total = total_of(actor, study) if study else None
    if study is None or total is None:
        return Figure(_("供需缺口"), None, reverse("gaps:study"))
    return Figure(
        _("供需缺口"), total.gap, reverse("gaps:detail", args=[study.pk]),
        _("截至 %(day)s") % {"day": study.as_of},
    )  # fmt: skip


def _newest_list(actor: Actor) -> Figure:
    newest = latest_list()
    if newest is None:
        return Figure(_("最近清单"), None, reverse("publishing:list"))
    headcount = current_version(newest).snapshot.headcount
    return Figure(
        _("最近清单"), headcount, reverse("publishing:detail", args=[newest.number]), newest.number
    )


def _demands(actor: Actor) -> Figure:
    """What stands and counts; a company sees its own, the office the region's."""
    lines, wanted = standing_totals(actor)
    return Figure(
        _("有效需求（尚缺人数）"), wanted, reverse("demand:list") + "?state=counted",
        _("%(n)s 条岗位") % {"n": f"{lines:,}"},
    )  # fmt: skip


def _to_verify(actor: Actor) -> Figure:
    waiting = demands_to_verify(actor).count()
    return Figure(_("待核实需求"), waiting, reverse("demand:list") + "?state=submitted")


def _uncoded(actor: Actor) -> Figure:
    waiting = uncoded_visible_to(actor).count()
    return Figure(_("待对齐岗位"), waiting, reverse("demand:list") + "?coding=waiting&state=live")


# What a role looks at first, in this order: (thing of the permission matrix, builder).
FIGURES: tuple[tuple[str, Callable[[Actor], Figure]], ...] = (
    ("organisation", _organisations),
    ("membership", _members),
    ("demand", _demands),
    ("demand.A", _to_verify),
    ("demand.A", _uncoded),
    ("supply.A", _filings),
    ("supply_figures", _live_offerings),
    ("student", _students),
    ("gap", _gap),
    ("publication", _newest_list),
)


def figures_for(actor: Actor) -> list[Figure]:
    return [build(actor) for need, build in FIGURES if _may(actor, need)]


def _may(actor: Actor, need: str) -> bool:
    """A need is ``thing`` or ``thing.LETTER`` of the permission matrix; reading where no letter."""
    thing, _dot, letter = need.partition(".")
    return actor.may(thing, Action(letter or "R"))
