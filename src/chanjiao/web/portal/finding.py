"""Search for strangers: rows and named positions of the newest list, and the lists themselves."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.publishing.queries import (
    current_version,
    latest_list,
    posts_of,
    published_lists,
    rows_of,
)
from chanjiao.web.shared.templatetags.chanjiao import by_language, number

LIMIT = 10


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Hits:
    label: str
    hits: list[Hit]
    more_url: str


def hits_for(text: str) -> list[Hits]:
    """Groups of hits, each at most ten; a group's link opens the filtered list."""
    newest = latest_list()
    groups = [_lists(text)]
    if newest is not None:
        version = current_version(newest)
        groups = [_rows(newest, version, text), _posts(newest, version, text), *groups]
    return [group for group in groups if group.hits]


def _rows(publication: Any, version: Any, text: str) -> Hits:
    rows = rows_of(version).filter(
        Q(name__icontains=text) | Q(name_en__icontains=text) | Q(occupation__startswith=text)
    )
    address = reverse("portal:list", args=[publication.number])
    return Hits(
        _("需求清单"),
        [
            Hit(
                " · ".join(filter(None, [by_language(row), by_language(row, "industry_name")])),
                _("%(n)s 人，%(companies)s 家企业")
                % {"n": number(row.headcount), "companies": row.companies},
                reverse("portal:row", args=[publication.number, version.number, row.position]),
            )
            for row in rows[:LIMIT]
        ],
        f"{address}?{urlencode({'q': text})}",
    )


def _posts(publication: Any, version: Any, text: str) -> Hits:
    rows = posts_of(version).filter(
        Q(title__icontains=text) | Q(company__icontains=text) | Q(name__icontains=text)
    )
    address = reverse("portal:posts", args=[publication.number])
    return Hits(
        _("公开岗位"),
        [
            Hit(
                row.title,
                f"{row.company} · {number(row.headcount)}",
                f"{address}?{urlencode({'q': row.title})}",
            )
            for row in rows[:LIMIT]
        ],
        f"{address}?{urlencode({'q': text})}",
    )


def _lists(text: str) -> Hits:
    rows = published_lists().filter(
        Q(title__icontains=text) | Q(title_en__icontains=text) | Q(number__icontains=text)
    )
    return Hits(
        _("清单"),
        [
            Hit(by_language(p, "title"), p.number, reverse("portal:list", args=[p.number]))
            for p in rows[:LIMIT]
        ],
        reverse("portal:lists"),
    )
