"""Filters of a published list: only values that occur in it are offered."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.publishing.snapshot import Edition

Choices = list[tuple[str, str]]


class _ByText(django_filters.FilterSet):
    def by_text(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(
            Q(name__icontains=text)
            | Q(name_en__icontains=text)
            | Q(occupation__startswith=text)
            | Q(title__icontains=text)
            | Q(company__icontains=text)
        )


def filters_for(edition: Edition, kind: str, language: str) -> type[django_filters.FilterSet]:
    """A filter set whose choices are those of the edition's cells or posts."""
    rows = edition.rows if kind == "cell" else edition.posts
    label = _("职业或代码") if kind == "cell" else _("岗位、企业或职业")
    fields: dict[str, Any] = {
        "q": django_filters.CharFilter(label=label, method="by_text"),
        "industry": _choice(_("行业门类"), _choices(rows, "industry", language)),
        "education": _choice(_("学历要求"), _choices(rows, "education", language)),
        "skill_level": _choice(_("技能等级"), _choices(rows, "skill_level", language)),
    }
    kept = {name: f for name, f in fields.items() if f is not None}
    return type("RowFilter", (_ByText,), kept)


def _choice(label: Any, choices: Choices) -> django_filters.ChoiceFilter | None:
    """No drop-down where there is nothing to choose between."""
    if len(choices) < 2:
        return None
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("全部"))


def _choices(rows: Iterable[Mapping[str, Any]], field: str, language: str) -> Choices:
    found = {row[field]: row[f"{field}_name"][language] for row in rows if row[field]}
    return sorted(found.items())
