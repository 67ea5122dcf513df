"""What the loop came to, in a dozen lines: read from the records, not from the plan."""

from dataclasses import dataclass

from django.db.models import Sum

from chanjiao.demand.choices import Coding, TargetState
from chanjiao.demand.models import JobDemand, SurveyRound
from chanjiao.gaps.choices import StudyState
from chanjiao.gaps.models import GapStudy
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Membership, Organisation
from chanjiao.publishing.models import Version
from chanjiao.supply.models import Cohort, MajorOffering, Student

TOP = 3


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str


def outcome() -> list[Row]:
    """The register, demand, supply, gap and list as they stand now."""
    return [*_register(), *_demand(), *_gap(), *_list()]


def _register() -> list[Row]:
    members = Membership.objects.filter(state=MembershipState.ACTIVE).count()
    return [
        Row("机构 organisations", f"{Organisation.objects.count():,}"),
        Row("联合体成员 members", f"{members:,}"),
        Row("开设专业 / 班级 majors / classes",
            f"{MajorOffering.objects.count():,} / {Cohort.objects.count():,}"),
        Row("在册学生 students on rolls", f"{Student.objects.count():,}"),
    ]  # fmt: skip


def _demand() -> list[Row]:
    lines = JobDemand.objects.count()
    waiting = JobDemand.objects.filter(coding=Coding.WAITING).count()
    rows = [
        Row("岗位需求 demand lines", f"{lines:,}"),
        Row("待对齐 in the alignment queue", f"{waiting:,}"),
    ]
    now = SurveyRound.objects.order_by("-opens_on").first()
    if now:
        asked = now.targets.exclude(state=TargetState.DROPPED)
        silent = asked.filter(state=TargetState.WAITING).count()
        told = f"{asked.count() - silent:,} / {asked.count():,}"
        rows.append(Row(f"答复 answered {now.year} Q{now.quarter}", told))
    return rows


def _gap() -> list[Row]:
    rows = []
    for study in GapStudy.objects.filter(state=StudyState.DONE).order_by("as_of"):
        lines = study.lines.filter(code__gt="")
        people = dict(lines.values_list("side").annotate(n=Sum("people")).order_by())
        leavers = lines.filter(side="supply").aggregate(n=Sum("leavers"))["n"] or 0
        wanted = people.get("demand", 0)
        ratio = f"{wanted / leavers:.2f}" if leavers else "—"
        told = f"{wanted:,} / {leavers:,}   {ratio}"
        rows.append(Row(f"需求/供给 求人倍率 demand/supply {study.as_of}", told))
    return rows


def _list() -> list[Row]:
    version = Version.objects.order_by("-published_at").select_related("snapshot").first()
    if version is None:
        return []
    return [
        Row("季度清单 published list", f"{version.publication.number} v{version.number}"),
        Row("内容摘要 seal", version.snapshot.seal),
    ]
