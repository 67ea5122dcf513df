"""ECharts options of the study's charts; every point carries the link to its figure.

``narrow`` is not ECharts' own: charts.js lays it over the rest where the place is a phone's.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.gaps.choices import Band
from chanjiao.web.gaps.naming import figure_url, name2_of, name_of

DEMAND, SUPPLY, GAP, SURPLUS = "#0b5cad", "#5a9e6f", "#c2410c", "#8a97a6"
BANDS = {Band.SEVERE: "#b42318", Band.SHORT: "#b45309", Band.SOME: "#2f6fae", Band.NONE: "#3f7d55"}
UNKNOWN = "#5d6b79"
FONT = {"fontFamily": "Noto Sans SC Variable, Noto Sans SC, sans-serif", "color": "#26323f"}
WIDEST_NAME = 12

Option = dict[str, Any]


def bars(figures: Sequence[Any]) -> Option:
    """Demand and supply side by side, the first figure on top."""
    rows = list(reversed(figures))
    names = [_short(name_of(one)) for one in rows]
    series = [_bar(_("需求"), DEMAND, rows, "demand")]
    if any(one.supply is not None for one in rows):
        series.append(_bar(_("供给"), SUPPLY, rows, "supply"))
    if any(one.gap for one in rows):
        series.append(_bar(_("缺口"), GAP, rows, "gap"))
    return {
        "textStyle": FONT,
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 40, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": names, "axisTick": {"show": False}},
        "series": series,
        "narrow": {
                "xAxis": {"splitNumber": 3},
                "yAxis": {"axisLabel": {"width": 96, "overflow": "truncate", "fontSize": 10}},
            },
    }  # fmt: skip


def sankey(flows: Sequence[Any]) -> Option:
    """Graduates from majors to occupations; a name that stands on both sides gets its code."""
    left = {one.key: name_of(one) for one in flows}
    right = {one.key2: name2_of(one) for one in flows}
    names = _unique(
        [*(("m", k, n) for k, n in left.items()), *(("o", k, n) for k, n in right.items())]
    )
    nodes = [
        {"name": name, "depth": 0 if side == "m" else 1} for (side, _key), name in names.items()
    ]
    links = [
        {
            "source": names["m", one.key], "target": names["o", one.key2],
            "value": one.supply, "url": figure_url(one),
        }
        for one in flows
    ]  # fmt: skip
    return {
        "textStyle": FONT,
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey", "data": nodes, "links": links, "nodeGap": 10, "nodeWidth": 14,
                "left": 8, "right": 170, "top": 8, "bottom": 8, "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "source", "opacity": 0.35},
                "label": {"fontSize": 12, "overflow": "truncate", "width": 150},
            }
        ],
        "narrow": {"series": [{"right": 92, "label": {"fontSize": 9, "width": 88}}]},
    }  # fmt: skip


def heat(cells: Sequence[Any], field: str) -> Option:
    """Occupations down, areas across; a cell without a number stays empty."""
    rows, columns = axes(cells)
    places = {key: n for n, (key, _name) in enumerate(columns)}
    steps = {key: n for n, (key, _name) in enumerate(reversed(rows))}
    data = [
        {"value": [places[one.key2], steps[one.key], value], "url": figure_url(one)}
        for one in cells
        if (value := getattr(one, field)) is not None
    ]
    most = max((point["value"][2] for point in data), default=0)
    return {
        "textStyle": FONT,
        "tooltip": {"position": "top"},
        "grid": {"left": 8, "right": 16, "top": 8, "bottom": 76, "containLabel": True},
        "xAxis": {"type": "category", "data": [name for _key, name in columns],
                  "axisLabel": {"interval": 0}, "splitArea": {"show": True}},
        "yAxis": {"type": "category", "data": [_short(name) for _key, name in reversed(rows)],
                  "axisLabel": {"interval": 0}, "splitArea": {"show": True}},
        "visualMap": {"min": 0, "max": max(most, 1), "calculable": True, "orient": "horizontal",
                      "left": "center", "bottom": 8,
                      "inRange": {"color": ["#eef4fb", "#7fb0dd", "#0b5cad", "#08355f"]}},
        "series": [{"type": "heatmap", "data": data, "label": {"show": True, "fontSize": 11}}],
        "narrow": {
                "grid": {"bottom": 110},
                "xAxis": {"axisLabel": {"interval": 0, "rotate": 60, "fontSize": 10}},
                "yAxis": {"axisLabel": {"interval": 0, "fontSize": 10, "width": 84,
                                        "overflow": "truncate"}},
                "series": [{"label": {"fontSize": 9}}],
            },
    }  # fmt: skip


def chain_map(
    nodes: Sequence[Any], positions: Mapping[str, str], titles: Mapping[str, str]
) -> Option:  # fmt: skip
    """Steps of one chain from upstream on, coloured by how short people are.

    Columns on a wide screen, rows on a phone; drawn to the size of the place, so that boxes
    are not pulled out of shape.
    """
    columns: dict[str, list[Any]] = {position: [] for position in titles}
    for one in nodes:
        columns.setdefault(positions.get(one.key, "side"), []).append(one)
    used = [found for found in columns.values() if found]
    wide, narrow, links = [], [], []
    for step, found in enumerate(used):
        for place, one in enumerate(found):
            along, across = _spread(step, len(used)), _spread(place, len(found), _most(used))
            wide.append(_node(one, along * 860, across * 420))
            narrow.append(_node(one, across * 220, along * 400))
            if step + 1 < len(used):
                after = used[step + 1]
                target = after[min(place * len(after) // len(found), len(after) - 1)]
                links.append({"source": one.key, "target": target.key})
    return {
        "textStyle": FONT,
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "graph", "layout": "none", "data": wide, "links": links, "roam": False,
                "left": 100, "right": 100, "top": 44, "bottom": 44, "symbol": "rect",
                "symbolSize": [140, 46], "nodeScaleRatio": 0,
                "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 8,
                "lineStyle": {"color": "#c3ccd6", "width": 1.5},
                "label": {"show": True, "color": "#fff", "fontSize": 12, "lineHeight": 17},
            }
        ],
        "narrow": {"series": [{
            "data": narrow, "left": 40, "right": 40, "symbolSize": [66, 46],
            "label": {"fontSize": 9},
        }]},
    }  # fmt: skip


def axes(cells: Iterable[Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Occupations and areas of the heat map, (key, name) each, in the order of their codes."""
    rows = {one.key: name_of(one) for one in cells}
    columns = {one.key2: name2_of(one) for one in cells}
    return sorted(rows.items()), sorted(columns.items())


def _bar(name: str, colour: str, rows: Sequence[Any], field: str) -> Option:
    data = [
        {"value": getattr(one, field) or (None if field == "gap" else getattr(one, field)),
         "url": figure_url(one)}
        for one in rows
    ]  # fmt: skip
    return {
        "type": "bar", "name": name, "data": data, "itemStyle": {"color": colour},
        "barMaxWidth": 12, "label": {"show": True, "position": "right", "fontSize": 10},
    }  # fmt: skip


def _node(one: Any, x: float, y: float) -> Option:
    figure = one.gap if one.gap is not None else one.demand
    told = _("缺口") if one.gap is not None else _("需求")
    unknown = _("未公开") if one.hidden else "—"
    number = unknown if figure is None else f"{figure:,}"
    label = f"{_short(name_of(one), 10)}\n{told} {number}"
    colour = BANDS.get(one.band, DEMAND if one.demand else UNKNOWN)
    return {
        "id": one.key, "name": f"{name_of(one)} · {told} {number}", "x": x, "y": y,
        "itemStyle": {"color": colour}, "label": {"formatter": label}, "url": figure_url(one),
    }  # fmt: skip


def _most(columns: Sequence[Sequence[Any]]) -> int:
    return max((len(found) for found in columns), default=1)


def _spread(place: int, count: int, most: int = 0) -> float:
    """Where the n-th of ``count`` things stands between 0 and 1, centred, as wide as ``most``."""
    gap = 1 / max(1, (most or count) - 1)
    return 0.5 + (place - (count - 1) / 2) * gap


def _unique(named: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for side, key, name in named:
        told = name if name not in taken else f"{name} {key}"
        taken.add(told)
        found[side, key] = told
    return found


def _short(name: str, most: int = WIDEST_NAME) -> str:
    return (
        name
        if len(name) <= most * (2 if name.isascii() else 1)
        else f"{name[: most * (2 if name.isascii() else 1) - 1]}…"
    )
