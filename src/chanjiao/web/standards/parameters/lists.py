"""The list of rule parameters: every value there is, was or is asked for."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.standards.queries import parameters_visible_to
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, state_tag


class ParameterFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称或出处"), method="by_text")
    state = django_filters.ChoiceFilter(
        label=_("状态"), empty_label=_("全部"),
        choices=[("in_force", _("有效")), ("proposed", _("待审核")), ("rejected", _("已退回"))],
    )  # fmt: skip
    confidence = django_filters.ChoiceFilter(
        label=_("可信度"), empty_label=_("全部"),
        choices=[("read", _("已读原文")), ("believed", _("待核实")), ("default", _("默认值"))],
    )  # fmt: skip

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(title__icontains=text) | Q(title_en__icontains=text) | Q(source__icontains=text)
            | Q(name__icontains=text)
        )  # fmt: skip


def value_of(row: Any) -> str:
    return f"{row.value.normalize():f} {row.unit}".strip()


PARAMETERS = Listing(
    title=_("规则参数"),
    rows=parameters_visible_to,
    filters=ParameterFilter,
    row_url=lambda row: reverse("standards:parameter", args=[row.pk]),
    empty=_("还没有参数，请运行 load_reference。"),
    columns=(
        Column("title", _("参数"), lambda row: by_language(row, "title"), sort="title"),
        Column("value", _("值"), value_of, is_number=True),
        Column("from", _("生效日期"), lambda row: row.valid_from, sort="valid_from"),
        Column("source", _("出处"), lambda row: row.source, on_phone=False),
        Column("confidence", _("可信度"), lambda row: row.get_confidence_display(), on_phone=False),
        Column("state", _("状态"), lambda row: state_tag(row.get_state_display(), row.state)),
    ),
)
