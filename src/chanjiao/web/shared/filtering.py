"""Filters that speak the interface's language."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no, or all; Django's own null-boolean says "unknown" where "all" is meant."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            choices=[("true", _("是")), ("false", _("否"))], empty_label=_("全部"), **settings
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return super().filter(qs, value == "true") if value else qs
