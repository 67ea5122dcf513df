"""What a study's page shows above its table: headline figures, and charts with their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.core.actor import Actor
from chanjiao.gaps.audiences import audience_of
from chanjiao.gaps.choices import Audience, View
from chanjiao.gaps.queries import figures_visible_to, node_positions, total_of
from chanjiao.industry.choices import Position
from chanjiao.web.gaps import charts
from chanjiao.web.gaps.naming import count, figure_url, majors_of, name2_of, name_of

MOST_BARS = 15
MOST_FLOWS = 40
TABS = (View.OCCUPATION, View.MAJOR, View.CHAIN, View.AREA, View.INDUSTRY, View.GRID)

Cell = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Card:
    label: str
    value: Any
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart with the same figures as a table, whose cells are (text, link or nothing)."""

    key: str
    title: str
    option: Mapping[str, Any]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    height: str = "lg"
    note: str = ""


def cards(actor: Actor, study: Any) -> list[Card]:
    """The headline: each opens the figure it shows, or the method behind it."""
    total = total_of(actor, study)
    if total is None:
        return []
    figure, method = figure_url(total), reverse("gaps:method", args=[study.pk])
    response, unmapped = study.totals["response"], study.totals["unmapped"]
    asked, answered = response["asked"], response["answered"]
    found = [
        Card(_("需求人数"), count(total.demand, total), figure, _("已核实、有效、已对齐")),
        Card(_("供给人数"), count(total.supply, total), figure, _("预计求职的毕业生")),
        Card(_("缺口"), count(total.gap, total), figure, _("逐职业未被覆盖的需求之和")),
        Card(_("富余"), count(total.surplus, total), figure, _("逐职业多出的供给之和")),
        Card(_("求人倍率"), _share(total.ratio, 2), figure, _("需求 ÷ 供给")),
        Card(_("需求覆盖率"), _percent(total.coverage), figure, _("被供给覆盖的需求 ÷ 需求")),
        Card(
            _("企业答复率"), _percent(answered / asked if asked else None), method,
            _("征集 %(asked)s 家，答复 %(answered)s 家") % {"asked": asked, "answered": answered},
        ),
    ]  # fmt: skip
    if total.demand is not None:
        people = unmapped["people"]
        share = people / (people + total.demand) if people + total.demand else None
        found.append(
            Card(_("未对齐率"), _percent(share), method, _("还没有职业代码的需求，不计入缺口"))
        )
    return found


def shown(
    actor: Actor, study: Any, view: str, chains: Sequence[Any], chain: str
) -> list[Shown]:  # fmt: skip
    """The charts of one tab."""
    builders = {
        View.OCCUPATION: _occupations,
        View.MAJOR: _majors,
        View.AREA: _areas,
        View.INDUSTRY: _bars_only,
        View.GRID: _grid,
    }
    if view == View.CHAIN:
        return _chain(actor, study, chains, chain)
    return builders[View(view)](actor, study, view)


def chains_of(actor: Actor, study: Any) -> list[Any]:
    """Chains as figures, the one with most demand first."""
    rows = figures_visible_to(actor, study, View.CHAIN).filter(depth=1).exclude(key="-")
    return sorted(rows, key=lambda one: (-(one.gap or one.demand or 0), one.key))


def chosen_chain(chains: Sequence[Any], asked: str) -> str:
    """The chain asked for where there is one, else the first."""
    keys = [one.key for one in chains]
    return asked if asked in keys else next(iter(keys), "")


def _occupations(actor: Actor, study: Any, view: str) -> list[Shown]:
    return [
        *_bars("short", _("缺口最大的职业"), _largest(actor, study, view, "gap")),
        *_bars("over", _("富余最多的职业"), _largest(actor, study, view, "surplus")),
    ]


def _majors(actor: Actor, study: Any, view: str) -> list[Shown]:
    flows = figures_visible_to(actor, study, View.FLOW).order_by("-supply", "key", "key2")
    most = list(flows[:MOST_FLOWS])
    rows = [
        [(name_of(one), figure_url(one)), (name2_of(one), ""), (f"{one.supply:,}", "")]
        for one in most
    ]
    heads = [_("专业"), _("职业"), _("毕业生")]
    largest = _largest(actor, study, view, "supply")
    found = _bars("majors", _("毕业生最多的专业：供给与对应需求"), largest)
    if most:
        title = _("毕业生从专业流向职业（人数最多的 %(n)s 条）") % {"n": len(most)}
        found.insert(0, Shown("flows", title, charts.sankey(most), heads, rows, "xl"))
    return found


def _areas(actor: Actor, study: Any, view: str) -> list[Shown]:
    field = "gap" if audience_of(actor) == Audience.OFFICE else "demand"
    cells = list(figures_visible_to(actor, study, View.CELL))
    found = []
    if cells:
        lines, columns = charts.axes(cells)
        by_place = {(one.key, one.key2): one for one in cells}
        rows = [
            [(name, ""), *(_cell(by_place.get((key, place)), field) for place, _name in columns)]
            for key, name in lines
        ]
        title = _("缺口：职业 × 区域") if field == "gap" else _("需求：职业 × 区域")
        option = charts.heat(cells, field)
        height = "xl" if len(lines) > MOST_BARS else "lg"
        found.append(
            Shown(
                "cells",
                title,
                option,
                [_("职业"), *(n for _k, n in columns)],
                rows,
                height,
                _blanks(cells),
            )
        )
    return [*found, *_bars_only(actor, study, view)]


def _grid(actor: Actor, study: Any, view: str) -> list[Shown]:
    """One county, one industry, and the majors its demand leads back to."""
    field = "gap" if audience_of(actor) == Audience.OFFICE else "demand"
    cells = [one for one in figures_visible_to(actor, study, view) if one.key != "-"]
    if not cells:
        return []
    rows = [
        [
            (f"{name2_of(one)} · {name_of(one)}", figure_url(one)), (count(one.demand, one), ""),
            (count(one.gap, one), ""), (majors_of(one), ""),
        ]
        for one in sorted(cells, key=lambda one: (one.key2, one.key))
    ]  # fmt: skip
    heads = [_("区域 · 行业"), _("需求"), _("缺口"), _("通向的专业")]
    title = _("缺口：行业 × 区域") if field == "gap" else _("需求：行业 × 区域")
    return [Shown("grid", title, charts.heat(cells, field), heads, rows, "lg", _blanks(cells))]


def _blanks(cells: Sequence[Any]) -> str:
    """A blank on the map is nobody, or a number that is not shown."""
    if not any(one.hidden and one.demand is None for one in cells):
        return ""
    return _("空白处有的是没有需求，有的是未公开；下面的表格写明。")


def _bars_only(actor: Actor, study: Any, view: str) -> list[Shown]:
    title = _("各区域的需求与供给") if view == View.AREA else _("各行业的需求与供给")
    return _bars("places", title, _largest(actor, study, view, "demand"))


def _chain(actor: Actor, study: Any, chains: Sequence[Any], key: str) -> list[Shown]:
    if not chains:
        return []
    name = next(name_of(one) for one in chains if one.key == key)
    nodes = list(figures_visible_to(actor, study, View.CHAIN).filter(parent=key).order_by("key"))
    titles = {value: str(label) for value, label in Position.choices}
    positions = node_positions(study)
    heads = [_("环节"), _("位置"), _("需求"), _("缺口")]
    rows = [
        [
            (name_of(one), figure_url(one)), (titles.get(positions.get(one.key, ""), "—"), ""),
            (count(one.demand, one), ""), (count(one.gap, one), ""),
        ]
        for one in nodes
    ]  # fmt: skip
    option = charts.chain_map(nodes, positions, titles)
    title = _("产业链图谱：%(name)s") % {"name": name}
    return [Shown("chain", title, option, heads, rows), *_bars("chains", _("各产业链"), chains)]


def _bars(key: str, title: str, rows: Sequence[Any]) -> list[Shown]:
    if not rows:
        return []
    heads = [_("名称"), _("需求"), _("供给"), _("缺口")]
    table = [
        [
            (name_of(one), figure_url(one)), (count(one.demand, one), ""),
            (count(one.supply, one), ""), (count(one.gap, one), ""),
        ]
        for one in rows
    ]  # fmt: skip
    height = "sm" if len(rows) <= 4 else "lg"
    return [Shown(key, title, charts.bars(rows), heads, table, height)]


def _largest(actor: Actor, study: Any, view: str, field: str) -> list[Any]:
    """The finest figures with most of something, as many as a chart holds."""
    rows = figures_visible_to(actor, study, view).filter(is_leaf=True, **{f"{field}__gt": 0})
    return list(rows.exclude(key__in=["", "-"]).order_by(f"-{field}", "key")[:MOST_BARS])


def _cell(one: Any, field: str) -> Cell:
    if one is None:
        return ("0", "")
    return (count(getattr(one, field), one), figure_url(one))


def _share(value: float | None, places: int) -> str:
    return "—" if value is None else f"{value:.{places}f}"


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f}%"
