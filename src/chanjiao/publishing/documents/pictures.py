"""Charts of the bulletin as options, drawn by the same engine that draws them on the page."""

from collections.abc import Sequence
from typing import Any

from chanjiao.engines import charts
from chanjiao.publishing.reckoning import Sum, by, by_occupation
from chanjiao.publishing.snapshot import Edition

WIDTH = 760
BLUE, GREEN = "#0b5cad", "#2b8a5a"
_drawn: dict[str, list[tuple[str, str, str]]] = {}


def options(edition: Edition) -> list[tuple[str, str, dict[str, Any]]]:
    """(key, caption, ECharts option) of each chart that has something to show."""
    drawn = [
        ("occupations", "需求人数最多的职业", by_occupation(edition.rows)),
        ("industries", "按行业门类的需求人数", by(edition.rows, "industry")[:12]),
        ("educations", "按学历要求的需求人数", by(edition.rows, "education")),
    ]
    found = [(key, caption, _bars(sums)) for key, caption, sums in drawn if len(sums) > 1]
    if edition.data["gap"] and edition.data["gap"]["lines"]:
        found.append(("gap", "紧缺职业的需求与供给", _pairs(edition.data["gap"]["lines"][:10])))
    return found


def svgs(edition: Edition) -> list[tuple[str, str, str]]:
    """(key, caption, drawing); drawn once for Word and PDF of the same content."""
    if edition.seal not in _drawn:
        _drawn.clear()
        _drawn[edition.seal] = [
            (key, caption, charts.svg(option, WIDTH, _height(option), label=caption))
            for key, caption, option in options(edition)
        ]
    return _drawn[edition.seal]


def _height(option: dict[str, Any]) -> int:
    """As tall as its bars need: three bars spread over a page say no more than close together."""
    return 90 + 27 * len(option["yAxis"]["data"]) * len(option["series"])


def _bars(sums: Sequence[Sum]) -> dict[str, Any]:
    """Horizontal bars, the longest on top; names are cut where they would push the bars away."""
    turned = list(reversed(sums))
    return {
        "grid": _grid(),
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": _names([one.name["zh"] for one in turned]),
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 22,
                "itemStyle": {"color": BLUE},
                "label": {"show": True, "position": "right", "fontSize": 12},
                "data": [one.headcount for one in turned],
            }
        ],
    }


def _pairs(lines: Sequence[Any]) -> dict[str, Any]:
    turned = list(reversed(lines))
    return {
        "grid": {**_grid(), "top": 36},
        "legend": {"top": 0, "data": ["需求", "供给"]},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": _names([one["name"]["zh"] for one in turned]),
        "series": [
            _series("供给", GREEN, [one["supply"] for one in turned]),
            _series("需求", BLUE, [one["demand"] for one in turned]),
        ],
    }


def _series(name: str, colour: str, data: Sequence[int]) -> dict[str, Any]:
    return {"name": name, "type": "bar", "itemStyle": {"color": colour}, "data": list(data)}


def _grid() -> dict[str, Any]:
    return {"left": 8, "right": 56, "top": 12, "bottom": 8, "containLabel": True}


def _names(names: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "category",
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": 12, "width": 200, "overflow": "truncate"},
        "data": list(names),
    }
