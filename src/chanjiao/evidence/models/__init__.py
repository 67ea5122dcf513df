"""Tables of the press desk and of evidence; each lives in the file named after it."""

from chanjiao.evidence.models.items import EvidenceItem
from chanjiao.evidence.models.pages import PressArticle, PressPage
from chanjiao.evidence.models.statements import Decision, ReportedValue, Statement

__all__ = [
    "Decision",
    "EvidenceItem",
    "PressArticle",
    "PressPage",
    "ReportedValue",
    "Statement",
]
