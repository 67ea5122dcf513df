"""What a check of the chain found, in words an auditor can act on."""

import enum
from dataclasses import dataclass

from chanjiao.engines.ledger.chain import Anchor


class FaultKind(enum.StrEnum):
    EDITED = "edited"
    MISSING = "missing"
    SWAPPED = "swapped"
    REINSERTED = "reinserted"
    CUT_TAIL = "cut_tail"
    WRONG_ANCHOR = "wrong_anchor"


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows ``sequence`` to ``until`` (both included) and what became of them."""

    kind: FaultKind
    sequence: int
    until: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one pass.

    ``faults`` holds at most the number asked for and ``fault_count`` counts all of them;
    ``head`` is what to anchor outside when ``ok``; ``anchors_met`` tells how many anchors were
    compared with a row, so that a check against no anchor cannot pass for one against ten.
    """

    ok: bool
    count: int
    head: Anchor
    first_fault: Fault | None
    faults: tuple[Fault, ...]
    fault_count: int
    anchors_met: int
