"""Tables of the study: figures of each view, studies, and how a study differs from another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import DecimalField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.gaps.choices import Band, StudyState, View
from chanjiao.gaps.queries import figures_visible_to, studies_visible_to
from chanjiao.web.gaps.naming import (
    band_tag,
    count,
    decimal,
    figure_url,
    majors_of,
    name2_of,
    name_of,
    small_cell_mark,
)
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import moment, state_tag

SORTED = ("demand", "supply", "gap", "surplus", "companies", "index")
PLACES = frozenset({View.AREA, View.CHAIN, View.INDUSTRY, View.GRID})


class FigureFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label=_("名称"), lookup_expr="icontains")
    band = django_filters.ChoiceFilter(label=_("紧缺等级"), choices=Band, empty_label=_("全部"))
    level = django_filters.ChoiceFilter(
        label=_("层级"), method="at_level", empty_label=_("末级"),
        choices=[
            ("all", _("全部层级")), ("1", _("第 1 级")), ("2", _("第 2 级")), ("3", _("第 3 级")),
        ],
    )  # fmt: skip

    def at_level(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows if value == "all" else rows.filter(depth=int(value))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("level") else rows.filter(is_leaf=True)


class StudyFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=StudyState, empty_label=_("全部"))
    year = django_filters.NumberFilter(label=_("年度"))


STUDIES = Listing(
    title=_("缺口分析"),
    rows=studies_visible_to,
    filters=StudyFilter,
    row_url=lambda s: reverse("gaps:detail", args=[s.pk]),
    empty=_("还没有分析。新建一份，平台会冻结当日的需求、供给、对照表和参数再计算。"),
    crumbs=((_("供需缺口"), "/gaps/"),),
    template="gaps/studies.html",
    columns=(
        Column("title", _("名称"), lambda s: s.title, sort="title"),
        Column("year", _("年度"), lambda s: s.year, sort="year", is_number=True),
        Column("as_of", _("数据截至"), lambda s: s.as_of, sort="as_of"),
        Column("state", _("状态"), lambda s: state_tag(s.get_state_display(), s.state)),
        Column("public", _("公开时间"), lambda s: moment(s.published_at), on_phone=False),
        Column("hash", _("结果哈希"), lambda s: s.results_hash[:12] or "—", on_phone=False),
    ),
)


def figures_listing(study: Any, view: str, *, is_office: bool) -> Listing:
    """The table of one view; others than the office are spared columns they never get."""
    return Listing(
        title=study.title,
        rows=_rows(study, view, is_office),
        filters=FigureFilter,
        row_url=figure_url,
        template="gaps/study.html",
        empty=_("这个视角下没有数字。"),
        columns=tuple(_columns(view, is_office)),
        crumbs=((_("供需缺口"), reverse("gaps:study")),),
    )


def _rows(study: Any, view: str, is_office: bool) -> Callable[[Actor], QuerySet[Any]]:
    def rows(actor: Actor) -> QuerySet[Any]:
        """Numbers that are not there sort last, on either database."""
        found = figures_visible_to(actor, study, view).exclude(key="")
        if not is_office and view in PLACES:
            found = found.exclude(demand=0)
        found = found.annotate(
            **{
                f"by_{name}": Coalesce(F(name), Value(-1), output_field=_output(name))
                for name in SORTED
            }
        )
        return found.order_by("-by_index", "-by_gap", "-by_demand", "key")

    return rows


def _output(name: str) -> Any:
    return DecimalField(max_digits=6, decimal_places=4) if name == "index" else IntegerField()


def _columns(view: str, is_office: bool) -> list[Column]:
    found = [Column("name", _("名称"), name_of, sort="name"), _second_column(view)]
    found.append(_number("demand", _("需求"), on_phone=True))
    if view != View.MAJOR:
        found.append(_number("companies", _("企业")))
    if view not in PLACES or is_office:
        found += _balance_columns(view)
    if view == View.GRID:
        found.append(Column("majors", _("通向的专业"), majors_of, on_phone=False))
    if view == View.MAJOR:
        found += [
            _unsorted(_number("local_supply", _("预计求职毕业生"))),
            Column("fit", _("契合度"), lambda f: decimal(f.fit, 0, f), is_number=True,
                   on_phone=False),
        ]  # fmt: skip
    return [*found, *_office_columns(view)] if is_office else found


def _second_column(view: str) -> Column:
    if view == View.GRID:
        return Column("name2", _("区域"), name2_of, sort="name2")
    return Column("key", _("代码"), lambda f: f.key.removesuffix("."), sort="key", on_phone=False)


def _balance_columns(view: str) -> list[Column]:
    found = [
        _number("supply", _("供给"), on_phone=True),
        _number("gap", _("缺口"), on_phone=True),
        _number("surplus", _("富余")),
        Column("ratio", _("求人倍率"), lambda f: decimal(f.ratio, 2, f), is_number=True,
               on_phone=False),
    ]  # fmt: skip
    if view == View.GRID:
        return found
    return [
        *found,
        Column("index", _("紧缺指数"), lambda f: decimal(f.index, 3, f), sort="by_index",
               is_number=True, on_phone=False),
        Column("band", _("等级"), band_tag),
    ]  # fmt: skip


def _office_columns(view: str) -> list[Column]:
    local = [_unsorted(_number("local_supply", _("本地学校毕业生")))] if view == View.AREA else []
    return [
        *local,
        _unsorted(_number("projected_demand", _("预测需求"))),
        Column("hidden", _("对外公开"), small_cell_mark, on_phone=False),
    ]


def _number(name: str, label: Any, *, on_phone: bool = False) -> Column:
    return Column(
        name, label, lambda f: count(getattr(f, name), f),
        sort=f"by_{name}", is_number=True, on_phone=on_phone,
    )  # fmt: skip


def _unsorted(column: Column) -> Column:
    return replace(column, sort=None)
