"""From SVG to PNG with the packaged font only, so that every machine paints the same picture."""

from functools import cache

import chanjiao_assets
import resvg_py

from chanjiao.engines.charts.drawing import FONT, ChartError


def png(svg: str, *, zoom: int = 2, background: str = "#ffffff") -> bytes:
    """Paint ``svg`` at ``zoom`` times its size (2 prints well); 96 dots an inch at zoom 1.

    >>> png('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')[1:4]
    b'PNG'
    """
    try:
        painted = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            background=background,
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family=FONT,
            sans_serif_family=FONT,
        )
    except ValueError as fault:
        raise ChartError(f"不是可用的 SVG：{fault} This SVG cannot be painted: {fault}") from fault
    return bytes(painted)


@cache
def _fonts() -> list[str]:
    return sorted(str(path) for path in chanjiao_assets.fonts_dir().glob("*.ttf"))
