"""List pages of the press desk and of evidence: what each shows, sorts and filters by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.core.containing import containing
from chanjiao.core.roles import Action
from chanjiao.evidence import contents
from chanjiao.evidence.choices import (
    Grade,
    ItemKind,
    ItemState,
    PageKind,
    PageState,
    StatementKind,
)
from chanjiao.evidence.queries import (
    items_visible_to,
    press_pages_visible_to,
    statements_matching,
    taken_statements_visible_to,
    values_visible_to,
    with_counts,
    with_uses,
)
from chanjiao.web.shared.filtering import YesNoFilter
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment, number, state_tag

ALL = _("全部")
# What no cell shows stays in the database: a page may hold two hundred thousand characters twice.
UNSEEN = ("text", "repaired", "edits", "flags", "mends", "notes")
# Colours of the desk's own states.
PAGE_COLOURS = {PageState.READY: "open", PageState.READING: "running"}
ITEM_COLOURS = {ItemState.ACCEPTED: "asked"}


class PageFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("标题、来源或机构"), method="by_text")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=PageState, empty_label=ALL)
    kind = django_filters.ChoiceFilter(label=_("来稿方式"), choices=PageKind, empty_label=ALL)
    is_open = YesNoFilter(label=_("有待定事实"), method="by_waiting")

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            containing("title", text) | containing("source", text)
            | containing("organisation__name", text)
        )  # fmt: skip

    def by_waiting(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if not value:
            return rows
        return rows.filter(waiting__gt=0) if value == "true" else rows.filter(waiting=0)


class ItemFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("标题或机构"), method="by_text")
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=ItemKind, empty_label=ALL)
    grade = django_filters.ChoiceFilter(label=_("佐证等级"), choices=Grade, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ItemState, empty_label=ALL)

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(containing("title", text) | containing("organisation__name", text))


class StatementFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("内容、原句或标题"), method="by_query")
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=StatementKind, empty_label=ALL)
    organisation = django_filters.CharFilter(label=_("机构"), method="by_query")

    def by_query(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return statements_matching(rows, {name: value})


class ValueFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("指标或机构"), method="by_text")
    grade = django_filters.ChoiceFilter(label=_("佐证等级"), choices=Grade, empty_label=ALL)

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(containing("words", text) | containing("organisation__name", text))


def page_rows(actor: Actor) -> QuerySet[Any]:
    return with_counts(press_pages_visible_to(actor)).defer(*UNSEEN)


def item_rows(actor: Actor) -> QuerySet[Any]:
    return with_uses(items_visible_to(actor))


def statement_rows(actor: Actor) -> QuerySet[Any]:
    unseen = [f"article__page__{name}" for name in UNSEEN]
    return taken_statements_visible_to(actor).defer(
        "article__text", "article__paragraphs", "proposed", *unseen
    )


def page_state(page: Any) -> Any:
    return state_tag(page.get_state_display(), PAGE_COLOURS.get(page.state, page.state))


def item_state(item: Any) -> Any:
    return state_tag(item.get_state_display(), ITEM_COLOURS.get(item.state, item.state))


def _on_one_line(value: Any) -> Any:
    return format_html('<span class="text-nowrap">{}</span>', value)


def _words(value: Any) -> str:
    return f"{value.words}（{value.code}）" if value.code else value.words


def statement_url(statement: Any) -> str:
    return reverse("evidence:item", args=[statement.evidence_id]) + f"#q{statement.pk}"


DESK = Button(_("采编台"), reverse_lazy("evidence:press"), "news", "press")
ITEMS_BUTTON = Button(_("佐证材料"), reverse_lazy("evidence:items"), "paperclip", "evidence")
STATEMENTS_BUTTON = Button(
    _("已采纳事实"), reverse_lazy("evidence:statements"), "list-check", "evidence"
)
VALUES_BUTTON = Button(_("自报指标值"), reverse_lazy("evidence:values"), "gauge", "evidence")

PAGES = Listing(
    title=_("采编台"),
    rows=page_rows,
    filters=PageFilter,
    row_url=lambda page: reverse("evidence:desk", args=[page.pk]),
    empty=_("还没有稿件。上传报道或报告，或粘贴文字，系统会修复、分篇并读出数字、机构和合作关系。"),
    buttons=(
        Button(
            _("新增稿件"), reverse_lazy("evidence:bring"), "plus", "press", Action.CREATE,
            is_primary=True,
        ),
        STATEMENTS_BUTTON,
        ITEMS_BUTTON,
    ),
    columns=(
        Column("title", _("标题"), lambda page: page.title, sort="title"),
        Column("source", _("来源"), lambda page: page.source or None, on_phone=False),
        Column(
            "published_on", _("发布日期"), lambda page: page.published_on, sort="published_on",
            on_phone=False,
        ),
        Column(
            "organisation", _("归属机构"), lambda page: by_language(page.organisation),
            sort="organisation__name", on_phone=False,
        ),
        Column("state", _("状态"), page_state, sort="state"),
        Column(
            "waiting", _("待定"), lambda page: number(page.waiting), sort="waiting",
            is_number=True,
        ),
        Column(
            "taken", _("已采纳"), lambda page: number(page.taken), sort="taken", is_number=True,
            on_phone=False,
        ),
        Column(
            "at", _("收到时间"), lambda page: moment(page.created_at), sort="created_at",
            on_phone=False,
        ),
    ),
)  # fmt: skip

ITEMS = Listing(
    title=_("佐证材料"),
    rows=item_rows,
    filters=ItemFilter,
    row_url=lambda item: reverse("evidence:item", args=[item.pk]),
    empty=_("还没有佐证材料。在采编台采纳事实后，会在这里立为佐证。"),
    buttons=(DESK, STATEMENTS_BUTTON, VALUES_BUTTON),
    columns=(
        Column("title", _("标题"), lambda item: item.title, sort="title"),
        Column("kind", _("类型"), lambda item: item.get_kind_display(), sort="kind"),
        Column(
            "formed_on", _("形成日期"), lambda item: item.formed_on, sort="formed_on",
            on_phone=False,
        ),
        Column(
            "organisation", _("归属机构"), lambda item: by_language(item.organisation),
            sort="organisation__name", on_phone=False,
        ),
        Column("grade", _("佐证等级"), lambda item: item.get_grade_display(), on_phone=False),
        Column(
            "visibility", _("公开级别"), lambda item: item.get_visibility_display(),
            on_phone=False,
        ),
        Column("state", _("状态"), item_state, sort="state"),
        Column(
            "quotes", _("引用数"), lambda item: number(item.quotes), sort="quotes",
            is_number=True, on_phone=False,
        ),
    ),
)  # fmt: skip

STATEMENTS = Listing(
    title=_("已采纳事实"),
    rows=statement_rows,
    filters=StatementFilter,
    row_url=statement_url,
    empty=_("还没有采纳的事实。"),
    sheet="press_statements",
    buttons=(DESK, ITEMS_BUTTON, VALUES_BUTTON),
    crumbs=((_("佐证材料"), reverse_lazy("evidence:items")),),
    columns=(
        Column("summary", _("内容"), lambda one: one.summary, sort="summary"),
        Column("kind", _("种类"), lambda one: state_tag(one.get_kind_display()), sort="kind"),
        Column(
            "organisation", _("机构"),
            lambda one: by_language(one.organisation) if one.organisation else None,
            sort="organisation__name", on_phone=False,
        ),
        Column("evidence", _("佐证材料"), lambda one: one.evidence.title, on_phone=False),
        Column(
            "formed_on", _("形成日期"), lambda one: _on_one_line(one.evidence.formed_on),
            sort="evidence__formed_on", on_phone=False,
        ),
        Column("state", _("决定"), lambda one: state_tag(one.get_state_display(), "accepted")),
    ),
)  # fmt: skip

VALUES = Listing(
    title=_("自报指标值"),
    rows=values_visible_to,
    filters=ValueFilter,
    row_url=lambda value: reverse("evidence:item", args=[value.evidence_id])
    + f"#q{value.statement_id}",
    empty=_("还没有自报指标值。采纳已发生、有指标且主体已对上机构的数字时，会记在这里。"),
    buttons=(ITEMS_BUTTON, STATEMENTS_BUTTON),
    crumbs=((_("佐证材料"), reverse_lazy("evidence:items")),),
    columns=(
        Column("words", _("指标原词"), _words, sort="words"),
        Column(
            "value", _("数值"),
            lambda value: f"{contents.plain(value.value)} {value.unit}".strip(),
            sort="value", is_number=True,
        ),
        Column(
            "qualifier", _("准确程度"), lambda value: value.get_qualifier_display(),
            on_phone=False,
        ),
        Column("period", _("期间"), lambda value: value.period or None, sort="period"),
        Column(
            "organisation", _("机构"), lambda value: by_language(value.organisation),
            sort="organisation__name",
        ),
        Column(
            "grade", _("佐证等级"), lambda value: state_tag(value.get_grade_display()),
            on_phone=False,
        ),
        Column("evidence", _("佐证材料"), lambda value: value.evidence.title, on_phone=False),
    ),
)  # fmt: skip
