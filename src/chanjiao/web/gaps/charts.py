"""ECharts options of the study's charts; every point carries the link to its figure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.gaps.choices import Band
from chanjiao.web.gaps.naming import figure_url, name2_of, name_of

DEMAND, SUPPLY, GAP, SURPLUS = "#0b5cad", "#5a9e6f", "#c2410c", "#8a97a6"
BANDS = {Band.SEVERE: "#b42318", Band.SHORT: "#d97706", Band.SOME: "#3b82c4", Band.NONE: "#5a9e6f"}
UNKNOWN = "#9aa5b1"
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
    }


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
        "grid": {"left": 8, "right": 16, "top": 8, "bottom": 64, "containLabel": True},
        "xAxis": {"type": "category", "data": [name for _key, name in columns],
                  "axisLabel": {"interval": 0}, "splitArea": {"show": True}},
        "yAxis": {"type": "category", "data": [_short(name) for _key, name in reversed(rows)],
                  "axisLabel": {"interval": 0}, "splitArea": {"show": True}},
        "visualMap": {"min": 0, "max": max(most, 1), "calculable": True, "orient": "horizontal",
                      "left": "center", "bottom": 8,
                      "inRange": {"color": ["#eef4fb", "#7fb0dd", "#0b5cad", "#08355f"]}},
        "series": [{"type": "heatmap", "data": data, "label": {"show": True, "fontSize": 11}}],
    }  # fmt: skip


def chain_map(
    nodes: Sequence[Any], positions: Mapping[str, str], titles: Mapping[str, str]
) -> Option:
    """Steps of one chain in columns from upstream on, coloured by how short people are."""
    columns: dict[str, list[Any]] = {position: [] for position in titles}
    for one in nodes:
        columns.setdefault(positions.get(one.key, "side"), []).append(one)
    used = [(position, found) for position, found in columns.items() if found]
    points, links = [], []
    for column, (_position, found) in enumerate(used):
        for row, one in enumerate(found):
            points.append(_node(one, column * 260, (row - (len(found) - 1) / 2) * 74))
            if column + 1 < len(used):
                after = used[column + 1][1]
                target = after[min(row * len(after) // len(found), len(after) - 1)]
                links.append({"source": one.key, "target": target.key})
    return {
        "textStyle": FONT,
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "graph", "layout": "none", "data": points, "links": links, "roam": False,
                "left": 90, "right": 90, "top": 40, "bottom": 40, "symbol": "roundRect",
                "symbolSize": [150, 54], "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 8,
                "lineStyle": {"color": "#c3ccd6", "width": 1.5},
                "label": {"show": True, "color": "#fff", "fontSize": 12, "lineHeight": 17},
            }
        ],
    }  # fmt: skip


def axes(cells: Iterable[Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Occupations and areas of the heat map, (key, name) each, in the order of their codes."""
    rows = {one.key: name_of(one) for one in cells}
    columns = {one.key2: name2_of(one) for one in cells}
    return sorted(rows.items()), sorted(columns.items())


def _bar(name: str, colour: str, rows: Sequence[Any], field: str) -> Option:
    data = [{"value": getattr(one, field), "url": figure_url(one)} for one in rows]
    return {
        "type": "bar", "name": name, "data": data, "itemStyle": {"color": colour},
        "barMaxWidth": 12, "label": {"show": True, "position": "right", "fontSize": 10},
    }  # fmt: skip


def _node(one: Any, x: float, y: float) -> Option:
    figure = one.gap if one.gap is not None else one.demand
    told = _("缺口") if one.gap is not None else _("需求")
    number = "—" if figure is None else f"{figure:,}"
    label = f"{_short(name_of(one), 10)}\n{told} {number}"
    colour = BANDS.get(one.band, DEMAND if one.demand else UNKNOWN)
    return {
        "id": one.key, "name": f"{name_of(one)} · {told} {number}", "x": x, "y": y,
        "itemStyle": {"color": colour}, "label": {"formatter": label}, "url": figure_url(one),
    }  # fmt: skip


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
