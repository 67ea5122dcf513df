"""A study's figures as files, the way the reader may see them, each row with its ground."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.engines.tabular import Column, Sheet, write_csv, write_xlsx
from chanjiao.gaps.choices import Band, HiddenReason
from chanjiao.gaps.models import GapFigure, GapStudy
from chanjiao.gaps.queries import figures_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

BANDS = {
    Band.SEVERE: ("非常紧缺", "Severely short"),
    Band.SHORT: ("紧缺", "Short"),
    Band.SOME: ("一般紧缺", "Somewhat short"),
    Band.NONE: ("不紧缺", "Not short"),
}
REASONS = {
    HiddenReason.FEW_CONTRIBUTORS: ("企业数过少", "Too few companies"),
    HiddenReason.FEW_PEOPLE: ("人数过少", "Too few people"),
    HiddenReason.GIVES_AWAY: ("会泄露其他小单元", "Would give another small cell away"),
    HiddenReason.DERIVED: ("可推算出未公开的数", "A hidden number follows from it"),
}

SHEET = Sheet(
    name="gap_figures",
    zh="供需缺口",
    en="Supply-demand gap",
    columns=(
        Column("view", "视角", "View", "text"),
        Column("key", "代码", "Code", "text"),
        Column("name", "名称", "Name", "text"),
        Column("key2", "第二代码", "Second code", "text"),
        Column("name2", "第二名称", "Second name", "text"),
        Column("parent", "上级代码", "Parent code", "text"),
        Column("demand", "需求人数", "Demand", "integer", unit="人"),
        Column("companies", "企业数", "Companies", "integer", unit="家"),
        Column("supply", "供给人数", "Supply", "integer", unit="人"),
        Column("covered", "已覆盖", "Covered", "integer", unit="人"),
        Column("gap", "缺口", "Gap", "integer", unit="人"),
        Column("surplus", "富余", "Surplus", "integer", unit="人"),
        Column("ratio", "求人倍率", "Demand per person", "decimal"),
        Column("index", "紧缺指数", "Shortage index", "decimal"),
        Column("band", "紧缺等级", "Band", "choice", choices=BANDS),
        Column("local_supply", "毕业生（含无对照）", "Graduates incl. unlinked", "integer"),
        Column("projected_demand", "预测需求", "Projected demand", "integer"),
        Column("projected_supply", "预测供给", "Projected supply", "integer"),
        Column("hidden", "小单元", "Small cell", "choice", choices=REASONS),
        Column("year", "年度", "Year", "integer"),
        Column("as_of", "数据截至", "As of", "date"),
        Column("results", "结果哈希", "Hash of results", "text"),
    ),
)


@dataclass(frozen=True, slots=True)
class FileOut:
    content: bytes
    name: str
    content_type: str


def export(actor: Actor, study: GapStudy, view: str, *, fmt: str, language: str) -> FileOut:
    """One view's figures for this reader; leaves an audit entry."""
    require(actor.may("gap"))
    figures = figures_visible_to(actor, study, view)
    rows = [_values(study, one, language) for one in figures.order_by("key", "key2")]
    audit.record(actor, "gap.exported", study, view=view, rows=len(rows))
    return _file(rows, f"gap-{study.pk}-{view}", fmt, language)


def _values(study: GapStudy, one: GapFigure, language: str) -> dict[str, object]:
    english = language == "en"
    plain = {column.name: getattr(one, column.name, None) for column in SHEET.columns}
    return {
        **plain,
        "name": (one.name_en if english else "") or one.name,
        "name2": (one.name2_en if english else "") or one.name2,
        "ratio": None if one.ratio is None else round(one.ratio, 4),
        "index": None if one.index is None else float(one.index),
        "band": one.band or None,
        "hidden": one.hidden or None,
        "year": study.year,
        "as_of": study.as_of,
        "results": study.results_hash,
    }


def _file(rows: Iterable[dict[str, object]], stem: str, fmt: str, language: str) -> FileOut:
    out = io.BytesIO()
    if fmt == "csv":
        write_csv(SHEET, rows, out, language=language)
        return FileOut(out.getvalue(), f"{stem}.csv", CSV)
    write_xlsx(SHEET, rows, out, language=language, drop_downs=False)
    return FileOut(out.getvalue(), f"{stem}.xlsx", XLSX)
