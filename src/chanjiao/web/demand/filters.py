import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.demand.choices import (
    COUNTED,
    LIVE,
    AskKind,
    AskState,
    Coding,
    DemandState,
    Education,
    RoundState,
    Source,
    TargetState,
)
from chanjiao.demand.queries import lapsing, recent_rounds
from chanjiao.demand.searching import by_text

ALL = _("全部")
# What figures count together stands together in the list that a figure opens.
GROUPS = [("counted", _("有效与部分满足")), ("live", _("待核实、有效与部分满足"))]
STATES_OF = {"counted": COUNTED, "live": LIVE}


class DemandFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("岗位、企业或职业"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[*GROUPS, *DemandState.choices], empty_label=ALL,
        method="by_state",
    )  # fmt: skip
    coding = django_filters.ChoiceFilter(label=_("对齐"), choices=Coding, empty_label=ALL)
    education = django_filters.ChoiceFilter(label=_("学历"), choices=Education, empty_label=ALL)
    source = django_filters.ChoiceFilter(label=_("来源"), choices=Source, empty_label=ALL)
    round = django_filters.ChoiceFilter(
        label=_("批次"), choices=recent_rounds, empty_label=ALL, field_name="round_id"
    )
    lapsing = django_filters.ChoiceFilter(
        label=_("期限"), choices=[("true", _("即将到期"))], empty_label=ALL, method="by_lapsing"
    )

    def by_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return by_text(rows, value)

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(state__in=STATES_OF.get(value, (value,)))

    def by_lapsing(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return lapsing(rows)


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
