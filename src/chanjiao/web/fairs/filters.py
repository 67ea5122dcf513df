import django_filters
from django.utils.translation import gettext_lazy as _

from chanjiao.fairs.choices import BoothState, FairKind, FairState

ALL = _("全部")


class FairFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称"), field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label=_("形式"), choices=FairKind, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=FairState, empty_label=ALL)
    year = django_filters.NumberFilter(label=_("年度"), field_name="held_on", lookup_expr="year")


class BoothFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("企业"), field_name="company__name", lookup_expr="icontains"
    )
    state = django_filters.ChoiceFilter(label=_("状态"), choices=BoothState, empty_label=ALL)
