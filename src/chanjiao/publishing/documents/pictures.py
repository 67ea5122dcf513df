"""Charts of the bulletin as options, drawn by the same engine that draws them on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chanjiao.engines import charts
from chanjiao.publishing.reckoning import Sum, by, by_occupation
from chanjiao.publishing.snapshot import Edition

WIDTH, NARROW = 760, 380
# On a page the picture uses the reader's own fonts; in documents only the packaged one.
PAGE_FONTS = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
BLUE, GREEN = "#0b5cad", "#2b8a5a"
_drawn: dict[str, list[tuple[str, str, str]]] = {}


CAPTIONS = {
    "occupations": {"zh": "需求人数最多的职业", "en": "Occupations most wanted"},
    "industries": {"zh": "按行业门类的需求人数", "en": "People wanted by industry section"},
    "educations": {"zh": "按学历要求的需求人数", "en": "People wanted by education"},
    "gap": {"zh": "紧缺职业的需求与供给", "en": "Demand and supply of scarce occupations"},
}
DEMAND = {"zh": "需求", "en": "Demand"}
SUPPLY = {"zh": "供给", "en": "Supply"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart that has something to show; ``sums`` are its figures for the table beside it."""

    key: str
    caption: str
    option: dict[str, Any]
    sums: list[Sum]

    @property
    def height(self) -> int:
        """As tall as its bars need: three spread over a page say no more than close together."""
        return 90 + 27 * len(self.option["yAxis"]["data"]) * len(self.option["series"])


def pictures(edition: Edition, language: str = "zh") -> list[Picture]:
    drawn = [
        ("occupations", by_occupation(edition.rows)),
        ("industries", by(edition.rows, "industry")[:12]),
        ("educations", by(edition.rows, "education")),
    ]
    found = [
        Picture(key, CAPTIONS[key][language], _bars(sums, language), sums)
        for key, sums in drawn
        if len(sums) > 1
    ]
    if edition.data["gap"] and edition.data["gap"]["lines"]:
        lines = edition.data["gap"]["lines"][:10]
        sums = [Sum(x["occupation"], x["name"], x["demand"]) for x in lines]
        found.append(Picture("gap", CAPTIONS["gap"][language], _pairs(lines, language), sums))
    return found


def svg_of(picture: Picture) -> str:
    return charts.svg(picture.option, WIDTH, picture.height, label=picture.caption)


def svg_for_page(picture: Picture, *, is_narrow: bool) -> str:
    """The same chart for a browser; on a phone the names have less room and the type none."""
    option = {**picture.option, "textStyle": {"fontFamily": PAGE_FONTS}}
    if is_narrow:
        label = {**option["yAxis"]["axisLabel"], "width": 118}
        option["yAxis"] = {**option["yAxis"], "axisLabel": label}
        option["xAxis"] = {**option["xAxis"], "splitNumber": 3}
    width = NARROW if is_narrow else WIDTH
    return charts.svg(option, width, picture.height, label=picture.caption)


def svgs(edition: Edition) -> list[tuple[str, str, str]]:
    """(key, caption, drawing) in Chinese; drawn once for Word and PDF of the same content."""
    if edition.seal not in _drawn:
        _drawn.clear()
        _drawn[edition.seal] = [(p.key, p.caption, svg_of(p)) for p in pictures(edition)]
    return _drawn[edition.seal]


def _bars(sums: Sequence[Sum], language: str) -> dict[str, Any]:
    """Horizontal bars, the longest on top; names are cut where they would push the bars away."""
    turned = list(reversed(sums))
    return {
        "grid": _grid(),
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": _names([one.name[language] for one in turned]),
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


def _pairs(lines: Sequence[Any], language: str) -> dict[str, Any]:
    turned = list(reversed(lines))
    return {
        "grid": {**_grid(), "top": 36},
        "legend": {"top": 0, "data": [DEMAND[language], SUPPLY[language]]},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": _names([one["name"][language] for one in turned]),
        "series": [
            _series(SUPPLY[language], GREEN, [one["supply"] for one in turned]),
            _series(DEMAND[language], BLUE, [one["demand"] for one in turned]),
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
