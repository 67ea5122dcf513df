"""The list of remembered decisions."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.standards.choices import AlignedBy, System
from chanjiao.standards.queries import alignments_visible_to
from chanjiao.web.shared.filtering import YesNoFilter
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment


def memories(actor: Actor) -> QuerySet[Any]:
    """Remembered decisions with the name of the body whose words they are."""
    names = organisations_visible_to(actor).filter(pk=OuterRef("organisation_id"))
    return alignments_visible_to(actor).annotate(body=Subquery(names.values("name")[:1]))


def organisation_names(actor: Actor, ids: Iterable[int | None]) -> dict[int | None, str]:
    rows = organisations_visible_to(actor).filter(pk__in=[one for one in ids if one])
    return dict(rows.values_list("pk", "name"))


class MemoryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("原文或代码"), method="by_text")
    system = django_filters.ChoiceFilter(label=_("代码系统"), choices=System, empty_label=_("全部"))
    by = django_filters.ChoiceFilter(label=_("确认方式"), choices=AlignedBy, empty_label=_("全部"))
    is_global = YesNoFilter(label=_("全区采用"))

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(raw__icontains=text) | Q(chosen__code__istartswith=text)
            | Q(chosen__name__icontains=text)
        )  # fmt: skip


def _chosen(held: Any) -> Any:
    return f"{by_language(held.chosen)} {held.chosen.code}" if held.chosen else _("都不合适")


MEMORY = Listing(
    title=_("对齐记录"),
    rows=memories,
    filters=MemoryFilter,
    row_url=lambda held: reverse("alignment:decision", args=[held.pk]),
    empty=_("还没有对齐记录。在对齐队列里选定代码后，会记在这里。"),
    buttons=(
        Button(
            _("对齐队列"), "/alignment/", icon="keyboard", thing="alignment", action=Action.UPDATE,
            is_primary=True,
        ),
    ),
    columns=(
        Column("raw", _("原文"), lambda held: held.raw, sort="raw"),
        Column("chosen", _("选定"), _chosen, sort="chosen__code"),
        Column(
            "body", _("机构"),
            lambda held: _("全区") if held.is_global else held.body, on_phone=False,
        ),
        Column("by", _("确认方式"), lambda held: held.get_by_display(), on_phone=False),
        Column("at", _("时间"), lambda held: moment(held.updated_at), sort="updated_at"),
    ),
)  # fmt: skip
