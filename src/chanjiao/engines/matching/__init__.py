"""People and positions: scores with reasons, exact lists, stable and optimal matchings, proofs."""

from chanjiao.engines.matching.asking import Ask, Key, Lists, Side
from chanjiao.engines.matching.columns import Sets, Table
from chanjiao.engines.matching.declaring import (
    PROTECTED,
    AllOf,
    AnyOf,
    Appeal,
    AtLeast,
    AtMost,
    Covers,
    Fit,
    Likeness,
    Merit,
    Rise,
    Scheme,
)
from chanjiao.engines.matching.executing import Executor, Processes, Threads
from chanjiao.engines.matching.faults import MarketFault
from chanjiao.engines.matching.markets import Listed, Machine, Market, Pairs, Source
from chanjiao.engines.matching.matchings import Certificate, Matching
from chanjiao.engines.matching.optimising import optimal
from chanjiao.engines.matching.stabilising import stable

__all__ = [
    "PROTECTED",
    "AllOf",
    "AnyOf",
    "Appeal",
    "Ask",
    "AtLeast",
    "AtMost",
    "Certificate",
    "Covers",
    "Executor",
    "Fit",
    "Key",
    "Likeness",
    "Listed",
    "Lists",
    "Machine",
    "Market",
    "MarketFault",
    "Matching",
    "Merit",
    "Pairs",
    "Processes",
    "Rise",
    "Scheme",
    "Sets",
    "Side",
    "Source",
    "Table",
    "Threads",
    "optimal",
    "stable",
]
