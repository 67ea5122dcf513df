"""Chinese pages as machines left them: repaired, with every edit and every doubt on record."""

from chanjiao.engines.text.brands import Institution
from chanjiao.engines.text.layout import Article, Paragraph, layout
from chanjiao.engines.text.model import Edit, Flag, Repaired, applied
from chanjiao.engines.text.repair import is_damaged, repair

__all__ = [
    "Article",
    "Edit",
    "Flag",
    "Institution",
    "Paragraph",
    "Repaired",
    "applied",
    "is_damaged",
    "layout",
    "repair",
]
