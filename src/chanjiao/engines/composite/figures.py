"""Four pictures of an index as ECharts options: plain data, one definition for page and paper.

The caller draws them (the page in the browser, reports through ``engines.charts``) and brings
the names of things and, in ``captions``, the words beside the axes in his reader's language.
"""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from chanjiao.engines.composite.robustness import Standing
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.sobol import Influence

Option = dict[str, Any]
COLOURS = (
    "#0b5cad", "#5a9e6f", "#c2410c", "#7a5aa6", "#d9a21b", "#2f7f86", "#b0557a", "#8a97a6",
    "#6f8f2a", "#3f4f9c", "#a0703c", "#4aa3c7",
)  # fmt: skip
PALER = 0.72  # each ring outwards against the one inside it
QUIET = "#c9d3df"
INK = "#26323f"
MOST_LABELS = 60


def sunburst(scheme: Scheme, names: Mapping[str, str] | None = None) -> Option:
    """The framework from the index outwards, each part as wide as its effective weight.

    >>> from chanjiao.engines.composite.scheme import Node
    >>> option = sunburst(Scheme([Node("I"), Node("a", "I", 3), Node("b", "I", 1)]))
    >>> [(part["name"], part["value"]) for part in option["series"][0]["data"]]
    [('a', 0.75), ('b', 0.25)]
    """
    shares = scheme.effective_weights()
    names = names or {}

    def part(code: str, colour: str, strength: float) -> dict[str, Any]:
        children = [part(child, colour, strength * PALER) for child in scheme.children(code)]
        found: dict[str, Any] = {
            "name": names.get(code, code),
            "value": shares[code],
            "itemStyle": {"color": colour, "opacity": strength},
            "label": {"color": "#ffffff" if strength == 1 else INK, "textBorderWidth": 0},
        }
        return {**found, "children": children} if children else found

    data = [
        part(child, COLOURS[place % len(COLOURS)], 1.0)
        for place, child in enumerate(scheme.children(scheme.root))
    ]
    return {
        "tooltip": {},
        "series": [
            {
                "type": "sunburst",
                "data": data,
                "radius": ["14%", "96%"],
                "sort": None,
                "label": {"minAngle": 6, "fontSize": 11, "overflow": "truncate", "width": 76},
                "itemStyle": {"borderColor": "#ffffff", "borderWidth": 1},
            }
        ],
    }


def contribution_bars(
    units: Sequence[str],
    parts: Sequence[Mapping[str, float]],
    names: Mapping[str, str] | None = None,
    floor: float = 0.0,
) -> Option:
    """Each unit's score as a pile of what its parts add above the floor, the first unit on top.

    ``parts`` are mappings from :func:`contributions`, one a unit, all with the same codes or
    fewer; a code that a unit lacks is a gap and not 0.
    """
    names = names or {}
    codes = list(dict.fromkeys(code for one in parts for code in one))
    turned = list(reversed(parts))
    series: list[dict[str, Any]] = []
    if floor:
        series.append(_bar("", [floor] * len(parts), "rgba(0,0,0,0)"))
    for place, code in enumerate(codes):
        values = [plain(one.get(code)) for one in turned]
        series.append(_bar(names.get(code, code), values, COLOURS[place % len(COLOURS)]))
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "type": "scroll", "data": [names.get(code, code) for code in codes]},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": list(reversed(units)), "axisTick": {"show": False}},
        "series": series,
    }


def rank_intervals(
    standings: Sequence[Standing],
    names: Mapping[str, str] | None = None,
    captions: Mapping[str, str] | None = None,
) -> Option:
    """Bars from the low to the high quantile of ranks, with median and nominal rank on them.

    Units stand in the order of their nominal rank; rank 1 is at the top of the axis. Captions:
    ``interval``, ``median``, ``nominal``.
    """
    names, captions = names or {}, captions or {}
    rows = sorted(
        (one for one in standings if not isnan(one.nominal)),
        key=lambda one: (one.nominal, one.unit, one.period),
    )
    labels = [f"{names.get(one.unit, one.unit)} {one.period}".strip() for one in rows]
    low = [plain(one.low) for one in rows]
    span = [plain(one.high - one.low) for one in rows]
    every = {"fontSize": 10, "interval": 0 if len(rows) <= MOST_LABELS else "auto"}
    interval = captions.get("interval", "5–95 %")
    median, nominal = captions.get("median", "median"), captions.get("nominal", "nominal")
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0, "data": [interval, median, nominal]},
        "grid": {"left": 8, "right": 16, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": labels, "axisLabel": {**every, "rotate": 60}},
        "yAxis": {"type": "value", "inverse": True, "min": 1, "max": max(2, len(rows))},
        "series": [
            {**_bar("", low, "rgba(0,0,0,0)"), "silent": True},
            {**_bar(interval, span, QUIET), "barMaxWidth": 12},
            _dots(median, [plain(one.median) for one in rows], COLOURS[0], "circle"),
            _dots(nominal, [plain(one.nominal) for one in rows], COLOURS[2], "diamond"),
        ],
    }


def sensitivity_bars(
    influences: Sequence[Influence], captions: Mapping[str, str] | None = None
) -> Option:
    """Each input's share of variance alone, and on top of it what it does with others.

    An estimate below 0 is drawn as nothing. Captions: ``alone``, ``together``, and inputs' names.
    """
    captions = captions or {}
    rows = sorted(influences, key=lambda one: one.total)
    alone = [max(0.0, one.first) for one in rows]
    rest = [max(0.0, one.total - first) for one, first in zip(rows, alone, strict=True)]
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "min": 0},
        "yAxis": {
            "type": "category",
            "data": [captions.get(one.name, one.name) for one in rows],
            "axisTick": {"show": False},
        },
        "series": [
            _bar(captions.get("alone", "alone"), [plain(x) for x in alone], COLOURS[0]),
            _bar(captions.get("together", "with others"), [plain(x) for x in rest], QUIET),
        ],
    }


def _bar(name: str, values: Sequence[float | None], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "stack": "whole",
        "data": list(values),
        "itemStyle": {"color": colour},
    }


def _dots(name: str, values: Sequence[float | None], colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "data": list(values),
        "symbol": symbol,
        "symbolSize": 8,
        "itemStyle": {"color": colour},
    }


def plain(value: float | None) -> float | None:
    """A number for a chart; a gap is ``None``."""
    return None if value is None or isnan(value) else float(value)
