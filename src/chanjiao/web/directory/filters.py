"""Filter rows of the directory; the words mean what the export means by them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.industry.choices import PlacementRole
from chanjiao.organisations.choices import (
    ChangeKind,
    Kind,
    MembershipState,
    PairReason,
    PairState,
    Seat,
    Status,
    Verified,
)
from chanjiao.organisations.queries import organisations_matching
from chanjiao.web.directory.fields import area_choices
from chanjiao.web.shared.filtering import YesNoFilter

ALL = _("全部")
LIVING = [choice for choice in Status.choices if choice[0] != Status.MERGED]


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称或代码"), method="matching")
    kind = django_filters.ChoiceFilter(
        label=_("类别"), choices=Kind, empty_label=ALL, method="matching"
    )
    industry = django_filters.CharFilter(label=_("行业代码"), method="matching")
    area = django_filters.ChoiceFilter(
        label=_("所属区域"), choices=(), empty_label=ALL, method="matching"
    )
    status = django_filters.ChoiceFilter(
        label=_("状态"), choices=LIVING, empty_label=ALL, method="matching"
    )
    verified = django_filters.ChoiceFilter(
        label=_("核验状态"), choices=Verified, empty_label=ALL, method="matching"
    )
    is_above_designated_size = YesNoFilter(label=_("规上"), method="matching")
    no_area = YesNoFilter(label=_("未划区域"), method="matching")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.filters["area"].extra["choices"] = area_choices(self.request.actor, ALL)[1:]

    def matching(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return organisations_matching(rows, {name: value})


class MemberFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("名称"), field_name="organisation__name", lookup_expr="icontains"
    )
    kind = django_filters.ChoiceFilter(
        label=_("类别"), field_name="organisation__kind", choices=Kind, empty_label=ALL
    )
    seat = django_filters.ChoiceFilter(label=_("席位"), choices=Seat, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=MembershipState, empty_label=ALL)


class PairFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称"), method="by_name")
    reason = django_filters.ChoiceFilter(label=_("依据"), choices=PairReason, empty_label=ALL)
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=PairState, empty_label=ALL, initial=PairState.OPEN
    )

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(first__name__icontains=text) | rows.filter(second__name__icontains=text)


class ChangeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("名称"), field_name="organisation__name", lookup_expr="icontains"
    )
    kind = django_filters.ChoiceFilter(label=_("变更事项"), choices=ChangeKind, empty_label=ALL)
    year = django_filters.NumberFilter(label=_("年度"), field_name="on", lookup_expr="year")


class PlacementFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("企业"), field_name="organisation__name", lookup_expr="icontains"
    )
    role = django_filters.ChoiceFilter(label=_("角色"), choices=PlacementRole, empty_label=ALL)
