"""Charts for documents: the option a page draws in the browser, drawn here without one.

The same ECharts file that the site serves runs in an embedded JavaScript engine; what comes out
is plain SVG (and PNG), identical for identical input, with the font that the assets carry.
"""

from chanjiao.engines.charts.drawing import ChartError, svg
from chanjiao.engines.charts.raster import png

__all__ = ["ChartError", "png", "svg"]
