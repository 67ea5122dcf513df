from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.supply.choices import Level, OfferingState, StudentStatus
from chanjiao.supply.coverage import PARTS, lacking
from chanjiao.supply.queries import (
    classes_named,
    offerings_with_figures_for,
    school_year,
    schools_offering,
    with_coverage,
)

LACKING = {
    "has_year": _("缺本学年数据"),
    "has_cohort": _("缺在读班级"),
    "is_coded": _("未对上目录"),
    "is_confirmed": _("一年未确认"),
}


class OfferingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("专业、代码或学校"), method="by_text")
    level = django_filters.ChoiceFilter(label=_("层次"), choices=Level, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        label=_("设置状态"), choices=OfferingState, empty_label=_("全部")
    )
    lacking = django_filters.ChoiceFilter(
        label=_("缺项"), choices=[(key, LACKING[key]) for key in PARTS],
        empty_label=_("全部"), method="by_lack",
    )  # fmt: skip
    school = django_filters.ModelChoiceFilter(
        label=_("学校"), queryset=lambda _request: schools_offering(), empty_label=_("全部")
    )

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(name__icontains=text) | Q(code__startswith=text) | Q(school__name__icontains=text)
        )

    def by_lack(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Only among those whose figures the reader may know: other schools' gaps are theirs."""
        mine = offerings_with_figures_for(self.request.actor).values("pk")
        rows, today = rows.filter(pk__in=mine), clock.today()
        return lacking(with_coverage(rows, school_year(today), today), value)


class CohortFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("班级或专业"), method="by_text")
    grade = django_filters.NumberFilter(label=_("入学年份"))
    graduation = django_filters.NumberFilter(
        label=_("毕业年份"), field_name="graduates_on", lookup_expr="year"
    )

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(class_name__icontains=text)
            | Q(offering__name__icontains=text)
            | Q(offering__school__name__icontains=text)
        )


class StudentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("学号或姓名"), method="by_text")
    grade = django_filters.NumberFilter(label=_("入学年份"))
    status = django_filters.ChoiceFilter(
        label=_("学籍"), choices=StudentStatus, empty_label=_("全部")
    )
    cohort = django_filters.ModelChoiceFilter(
        label=_("班级"),
        empty_label=_("全部"),
        queryset=lambda request: classes_named(request.actor),
    )

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(Q(number__startswith=text) | Q(person__name__icontains=text))
