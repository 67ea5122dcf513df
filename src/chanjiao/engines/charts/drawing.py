"""From an ECharts option to a self-contained SVG string."""

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

import chanjiao_assets
import quickjs  # type: ignore[import-untyped]

FONT = "Noto Sans SC"
MAX_SIDE = 4000
MEMORY_LIMIT = 256 * 1024 * 1024
TIME_LIMIT = 20  # seconds of the engine's own processor time

# ECharts asks for a console and timers; a still picture needs neither.
_PRELUDE = """
var console = {log() {}, warn() {}, error() {}, info() {}};
function setTimeout() { return 0; }
function clearTimeout() {}
"""

# The array makes the engine hand over one flat string instead of its internal rope.
_DRAW = """
function draw(text, width, height) {
  const chart = echarts.init(null, null, {renderer: "svg", ssr: true, width, height});
  chart.setOption(JSON.parse(text));
  const drawn = chart.renderToSVGString();
  chart.dispose();
  return [drawn].join("");
}
"""

# What only a pointer in a browser would use.
_LIVE_PARTS = re.compile(
    r"<style\b.*?</style>\s*|\s(?:class|pointer-events|ecmeta_\w+)=\"[^\"]*\"", re.DOTALL
)


class ChartError(ValueError):
    """The option cannot be drawn; the message carries what the chart library said."""


def svg(option: Mapping[str, Any], width: int, height: int, *, label: str = "") -> str:
    """Draw ``option`` at ``width`` × ``height`` pixels; ``label`` becomes the picture's title.

    The option is plain data (no functions); a value that is ``None`` is a gap in the drawing.
    Each call has an engine of its own, so threads do not meet and the same option gives the
    same text. Raises :class:`ChartError` for options that cannot be drawn.

    >>> drawn = svg({"title": {"text": "供需缺口"}}, 400, 200)
    >>> drawn.startswith('<svg width="400" height="200"'), "供需缺口" in drawn
    (True, True)
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ChartError(
            f"图的尺寸 {width}×{height} 须在 1 与 {MAX_SIDE} 之间。"
            f" A chart of {width}×{height} must measure between 1 and {MAX_SIDE}."
        )
    text = _as_json({**option, "animation": False, "textStyle": _text_style(option)})
    drawn = _LIVE_PARTS.sub("", _run(text, width, height))
    if label:
        head, tail = drawn.split(">", 1)
        drawn = f"{head}>\n<title>{escape(label)}</title>{tail}"
    return drawn


def _run(text: str, width: int, height: int) -> str:
    context = quickjs.Context()
    context.set_memory_limit(MEMORY_LIMIT)
    context.set_time_limit(TIME_LIMIT)
    try:
        context.eval(_PRELUDE)
        context.eval(_library())
        context.eval(_DRAW)
        return str(context.get("draw")(text, width, height))
    except quickjs.JSException as fault:
        raise ChartError(f"图无法绘制：{fault} The chart cannot be drawn: {fault}") from fault


@cache
def _library() -> str:
    path = chanjiao_assets.static_dir() / "vendor" / "echarts" / "echarts.min.js"
    return path.read_text("utf-8")


def _text_style(option: Mapping[str, Any]) -> dict[str, Any]:
    return {"fontFamily": f"{FONT}, sans-serif", **option.get("textStyle", {})}


def _as_json(option: Mapping[str, Any]) -> str:
    try:
        return json.dumps(option, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as fault:
        raise ChartError(
            f"图的数据不是普通数据：{fault}。空值请用 None。"
            f" The chart's data is not plain: {fault}. Use None for what is missing."
        ) from fault
