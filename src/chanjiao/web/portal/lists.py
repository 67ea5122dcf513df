"""Published lists as pages: every list, row and figure under an address that lasts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chanjiao.publishing.documents.pictures import pictures
from chanjiao.publishing.metrics import figure_named, figures_of
from chanjiao.publishing.queries import posts_of, published_lists, rows_of
from chanjiao.publishing.reckoning import by_occupation
from chanjiao.web.portal.caching import anonymous_etag
from chanjiao.web.portal.files import language_of_page
from chanjiao.web.portal.filters import filters_for
from chanjiao.web.portal.opening import Opened, opened, opened_in_force
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.listing import Column, Listing, list_page
from chanjiao.web.shared.templatetags.chanjiao import by_language, number, state_tag

PAGE = 50


def _pay(row: Any) -> str:
    return "—" if row.pay_low is None else f"{row.pay_low:,}–{row.pay_high:,}"


def _name(row: Any) -> Any:
    """The occupation; on a phone, where the columns beside it are folded, who is wanted too."""
    parts = [by_language(row, f"{field}_name") for field in ("education", "skill_level")]
    told = " · ".join(part for part in parts if part)
    if not told:
        return by_language(row)
    return format_html('{}<small class="only-on-phone">{}</small>', by_language(row), told)


INDUSTRY = Column(
    "industry", _("行业"), lambda row: by_language(row, "industry_name") or "—",
    sort="industry", on_phone=False,
)  # fmt: skip
EDUCATION = Column(
    "education", _("学历要求"), lambda row: by_language(row, "education_name") or "—",
    sort="education", on_phone=False,
)  # fmt: skip
SKILL = Column(
    "skill", _("技能等级"), lambda row: by_language(row, "skill_level_name") or "—",
    sort="skill_level", on_phone=False,
)  # fmt: skip
HEADCOUNT = Column(
    "headcount", _("需求人数"), lambda row: number(row.headcount), sort="headcount", is_number=True
)

CELLS = (
    Column("name", _("职业"), _name, sort="name"),
    Column("code", _("职业代码"), lambda row: row.occupation, sort="occupation", on_phone=False),
    INDUSTRY,
    EDUCATION,
    SKILL,
    HEADCOUNT,
    Column("companies", _("企业数"), lambda row: number(row.companies), sort="companies",
           is_number=True),
    Column("pay", _("月薪中位数（元）"), _pay, sort="pay_low", is_number=True, on_phone=False),
)  # fmt: skip

POSTS = (
    Column("title", _("岗位名称"), lambda row: row.title, sort="title"),
    Column("company", _("企业"), lambda row: row.company, sort="company"),
    HEADCOUNT,
    Column("name", _("职业"), by_language, sort="occupation", on_phone=False),
    INDUSTRY,
    EDUCATION,
    SKILL,
)


@require_safe
@anonymous_etag
def lists(request: ActorRequest) -> HttpResponse:
    """Every list that was ever public, the withdrawn ones as what they are."""
    listing = Listing(
        title=_("人才需求清单"),
        rows=lambda actor: published_lists(),
        row_url=lambda p: reverse("portal:list", args=[p.number]),
        template="portal/lists.html",
        empty=_("还没有发布过清单。第一份清单在季度关闭后发布，届时会出现在这里。"),
        columns=(
            Column("title", _("标题"), lambda p: by_language(p, "title"), sort="number"),
            Column("number", _("发布编号"), lambda p: p.number, on_phone=False),
            Column("headcount", _("需求人数"), lambda p: _count(p, "headcount"), is_number=True),
            Column("companies", _("企业数"), lambda p: _count(p, "companies"), is_number=True,
                   on_phone=False),
            Column("as_of", _("截至日期"), lambda p: p.versions.all()[0].snapshot.as_of,
                   on_phone=False),
            Column("version", _("版次"), lambda p: f"v{p.versions.all()[0].number}"),
            Column("state", _("状态"), lambda p: state_tag(p.get_state_display(), p.state)),
        ),
    )  # fmt: skip
    return list_page(request, listing)


def _count(publication: Any, field: str) -> str:
    if publication.is_withdrawn:
        return "—"
    return number(getattr(publication.versions.all()[0].snapshot, field))


@require_safe
@anonymous_etag
def cells(request: ActorRequest, number: str, version: int | None = None) -> HttpResponse:
    """A list: its figures, charts, and the rows that companies share."""
    found = opened(number, version)
    if found.edition is None:
        return page(request, "portal/withdrawn.html", {"opened": found})
    language = language_of_page()
    listing = Listing(
        title=by_language(found.publication, "title"),
        rows=lambda actor: rows_of(found.version),
        row_url=lambda row: reverse(
            "portal:row", args=[found.publication.number, found.version.number, row.position]
        ),
        filters=filters_for(found.edition, "cell", language),
        columns=CELLS,
        template="portal/list.html",
        size=PAGE,
        empty=_("本期全部需求合计仍不足公开口径，没有可以公开的行。"),
    )
    return list_page(
        request,
        listing,
        figures=figures_of(found.edition),
        pictures=pictures(found.edition, language),
        **_frame(found, "cells", language),
    )


@require_safe
@anonymous_etag
def posts(request: ActorRequest, number: str, version: int | None = None) -> HttpResponse:
    """Positions whose company agreed to be named."""
    found = opened(number, version)
    if found.edition is None:
        return page(request, "portal/withdrawn.html", {"opened": found})
    language = language_of_page()
    listing = Listing(
        title=by_language(found.publication, "title"),
        rows=lambda actor: posts_of(found.version),
        filters=filters_for(found.edition, "post", language),
        columns=POSTS,
        template="portal/list.html",
        size=PAGE,
        empty=_("本期没有企业同意署名公开的岗位。"),
    )
    return list_page(request, listing, **_frame(found, "posts", language))


def _frame(found: Opened, tab: str, language: str) -> dict[str, Any]:
    return {
        "opened": found,
        "data": found.edition.data if found.edition else None,
        "tab": tab,
        "language": language,
    }


@require_safe
@anonymous_etag
def row(request: ActorRequest, number: str, version: int, position: int) -> HttpResponse:
    """One row with all that the list says of it, and how to cite it."""
    found, edition = opened_in_force(number, version)
    if not 1 <= position <= len(edition.rows):
        raise Http404
    one = edition.rows[position - 1]
    same = [
        other
        for other in edition.rows
        if other["occupation"] == one["occupation"] and other["position"] != position
    ]
    context = {**_frame(found, "cells", language_of_page()), "row": one, "same": same[:20]}
    return page(request, "portal/row.html", context)


@require_safe
@anonymous_etag
def figure(request: ActorRequest, number: str, version: int, key: str) -> HttpResponse:
    """One figure: numerator, denominator, day, source, version, hash."""
    found, edition = opened_in_force(number, version)
    one = figure_named(edition, key)
    if one is None:
        raise Http404
    context = {
        **_frame(found, one.rows, language_of_page()),
        "figure": one,
        "top": by_occupation(edition.rows, 5) if one.key == "headcount" else [],
    }
    return page(request, "portal/figure.html", context)
