"""The list of crosswalk links."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.standards.choices import Basis, LinkState, Relation
from chanjiao.standards.queries import links_visible_to
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, state_tag


class LinkFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("名称或代码"), method="by_text")
    relation = django_filters.ChoiceFilter(label=_("关系"), choices=Relation, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=LinkState, empty_label=_("全部"))
    basis = django_filters.ChoiceFilter(label=_("依据"), choices=Basis, empty_label=_("全部"))

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(source__name__icontains=text) | Q(target__name__icontains=text)
            | Q(source__code__istartswith=text) | Q(target__code__istartswith=text)
        )  # fmt: skip


def _end(code: Any) -> str:
    return f"{by_language(code)} {code.code}"


LINKS = Listing(
    title=_("对照表"),
    rows=links_visible_to,
    filters=LinkFilter,
    row_url=lambda link: reverse("standards:link", args=[link.pk]),
    empty=_("还没有对照。可以按名称相近程度生成建议，再逐条复核。"),
    template="standards/crosswalk.html",
    columns=(
        Column("source", _("源"), lambda link: _end(link.source), sort="source__code"),
        Column("target", _("目标"), lambda link: _end(link.target), sort="target__code"),
        Column("relation", _("关系"), lambda link: link.get_relation_display(), on_phone=False),
        Column(
            "strength", _("强度"), lambda link: f"{link.strength:.2f}", sort="strength",
            is_number=True,
        ),
        Column("basis", _("依据"), lambda link: link.get_basis_display(), on_phone=False),
        Column("reason", _("理由"), lambda link: link.reason, on_phone=False),
        Column("reviewer", _("复核人"), lambda link: link.reviewed_by, on_phone=False),
        Column("state", _("状态"), lambda link: state_tag(link.get_state_display(), link.state)),
    ),
)  # fmt: skip
