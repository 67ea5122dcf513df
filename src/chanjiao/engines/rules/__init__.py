"""Dated rule packs: pass, fail or cannot judge, with article, message and what to change.

``chanjiao.engines.rules.internship`` brings the facts of internships; for other subjects a pack
declares its own facts.
"""

from chanjiao.engines.rules.answers import Answer, Severity, Span
from chanjiao.engines.rules.faults import CaseError, Fault, PackError, RulesError
from chanjiao.engines.rules.findings import Finding, findings
from chanjiao.engines.rules.functions import GENERAL
from chanjiao.engines.rules.judging import Judge, Judgement
from chanjiao.engines.rules.laws import Subject
from chanjiao.engines.rules.outcomes import Outcome
from chanjiao.engines.rules.overlays import Overlay, apply_overlay, combine, read_overlay
from chanjiao.engines.rules.packs import FactSpec, Pack, Rule, Words
from chanjiao.engines.rules.reading import read_pack


def plain_subject(pack: Pack) -> Subject:
    """A subject whose facts are all declared in the pack itself."""
    return Subject(pack.subject, (), GENERAL)


__all__ = [
    "Answer",
    "CaseError",
    "FactSpec",
    "Fault",
    "Finding",
    "Judge",
    "Judgement",
    "Outcome",
    "Overlay",
    "Pack",
    "PackError",
    "Rule",
    "RulesError",
    "Severity",
    "Span",
    "Subject",
    "Words",
    "apply_overlay",
    "combine",
    "findings",
    "plain_subject",
    "read_overlay",
    "read_pack",
]
