import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.demand.choices import (
    AskKind,
    AskState,
    Coding,
    DemandState,
    Education,
    RoundState,
    Source,
    TargetState,
)
from chanjiao.demand.queries import areas_as_choices, nodes_as_choices, recent_rounds
from chanjiao.demand.searching import demands_matching

ALL = _("全部")
# What figures count together stands together in the list that a figure opens.
GROUPS = [("counted", _("有效与部分满足")), ("live", _("待核实、有效与部分满足"))]


class DemandFilter(django_filters.FilterSet):
    """The filter row of positions; what each word means stands with the export's."""

    q = django_filters.CharFilter(label=_("岗位、企业或职业"), method="matching")
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[*GROUPS, *DemandState.choices], empty_label=ALL,
        method="matching",
    )  # fmt: skip
    area = django_filters.ChoiceFilter(
        label=_("所在区域"), choices=areas_as_choices, empty_label=ALL, method="matching"
    )
    node = django_filters.ChoiceFilter(
        label=_("产业链环节"), choices=nodes_as_choices, empty_label=ALL, method="matching"
    )
    coding = django_filters.ChoiceFilter(
        label=_("对齐"), choices=Coding, empty_label=ALL, method="matching"
    )
    education = django_filters.ChoiceFilter(
        label=_("学历"), choices=Education, empty_label=ALL, method="matching"
    )
    source = django_filters.ChoiceFilter(
        label=_("来源"), choices=Source, empty_label=ALL, method="matching"
    )
    round = django_filters.ChoiceFilter(
        label=_("批次"), choices=recent_rounds, empty_label=ALL, method="matching"
    )
    lapsing = django_filters.ChoiceFilter(
        label=_("期限"), choices=[("true", _("即将到期"))], empty_label=ALL, method="matching"
    )

    def matching(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return demands_matching(rows, {name: value})


class RoundFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=RoundState, empty_label=ALL)


class TargetFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("企业"), field_name="company__name", lookup_expr="icontains"
    )
    state = django_filters.ChoiceFilter(label=_("答复"), choices=TargetState, empty_label=ALL)


class AskFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("企业或事项"), method="by_words")
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=AskKind, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=AskState, empty_label=ALL)

    def by_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(Q(company__name__icontains=text) | Q(subject__icontains=text))
