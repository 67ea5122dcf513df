import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.organisations.choices import Kind, Seat
from chanjiao.web.shared.filtering import YesNoFilter


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称或代码"), method="by_text")
    kind = django_filters.ChoiceFilter(label=_("类别"), choices=Kind, empty_label=_("全部"))
    is_above_designated_size = YesNoFilter(label=_("规上"))

    def by_text(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(
            Q(name__icontains=text)
            | Q(credit_code__istartswith=text)
            | Q(names__name__icontains=text)
        ).distinct()


class MemberFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("名称"), field_name="organisation__name", lookup_expr="icontains"
    )
    seat = django_filters.ChoiceFilter(label=_("席位"), choices=Seat, empty_label=_("全部"))
