from chanjiao.gaps.models.figures import GapFigure
from chanjiao.gaps.models.studies import GapLine, GapStudy

__all__ = ["GapFigure", "GapLine", "GapStudy"]
