"""“What happened to my demand”: lines from this app and from any floor above that has some.

A provider is a function (demand) → iterable of :class:`TraceLine`, named by its path in
``CHANJIAO_TRACES``; upper floors add theirs there, so nothing here has to know them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chanjiao.core.models import WorkflowStep
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand


@dataclass(frozen=True, slots=True)
class TraceLine:
    """Something that happened to a demand on a day; ``url`` opens it where the reader may."""

    day: date
    kind: str
    text: str
    detail: str = ""
    url: str = ""


def trace(demand: JobDemand) -> list[TraceLine]:
    """All lines, oldest first."""
    lines: list[TraceLine] = []
    for path in settings.CHANJIAO_TRACES:
        lines += import_string(path)(demand)
    return sorted(lines, key=lambda line: (line.day, line.kind != "stated"))


def steps(demand: JobDemand) -> Iterable[TraceLine]:
    """When it came, and each move of the workflow with its opinion."""
    yield TraceLine(
        stated_on(demand),
        "stated",
        _("登记需求：%(title)s，%(n)s 人") % {"title": demand.title, "n": demand.headcount},
        _("来源：%(source)s") % {"source": demand.get_source_display()},
    )
    labels: dict[str, Any] = dict(DemandState.choices)
    for step in WorkflowStep.objects.filter(kind="demand", thing_id=demand.pk).order_by("number"):
        yield TraceLine(
            timezone.localtime(step.at).date(),
            "step",
            str(labels.get(step.to_state, step.to_state)),
            step.opinion,
        )


def stated_on(demand: JobDemand) -> date:
    """The day it came; a line brought in later may have been said before."""
    created = timezone.localtime(demand.created_at).date()
    return min(created, demand.confirmed_on or created)


def coding(demand: JobDemand) -> Iterable[TraceLine]:
    """What the company's words were decided to mean."""
    changed = timezone.localtime(demand.updated_at).date()
    day = stated_on(demand) if demand.coding == Coding.GIVEN else changed
    if demand.occupation:
        words = _("对应职业：%(name)s %(code)s（%(how)s）") % {
            "name": demand.occupation.name,
            "code": demand.occupation.code,
            "how": demand.get_coding_display(),
        }
        yield TraceLine(day, "coded", words)
    elif demand.coding == Coding.NONE:
        yield TraceLine(day, "coded", _("目录中没有合适的职业，不计入缺口统计"))
    else:
        yield TraceLine(day, "coded", _("等待对齐职业代码，暂不计入缺口统计"))


def fills(demand: JobDemand) -> Iterable[TraceLine]:
    """Who came, from which school."""
    for fill in demand.fills.select_related("school"):
        text = _("到岗 %(n)s 人") % {"n": fill.people}
        told = [fill.school.name if fill.school else "", fill.note]
        yield TraceLine(fill.filled_on, "filled", text, " · ".join(filter(None, told)))


def looks(demand: JobDemand) -> Iterable[TraceLine]:
    """Which organisations looked at it, each once with its last day."""
    seen: dict[int, TraceLine] = {}
    for look in demand.looks.select_related("organisation").order_by("looked_on"):
        seen[look.organisation_id] = TraceLine(
            look.looked_on, "looked", _("%(name)s 查看了此需求") % {"name": look.organisation.name}
        )
    yield from seen.values()
