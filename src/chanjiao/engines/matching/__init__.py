"""People and positions: scores with reasons, exact lists, stable and optimal matchings, proofs."""

from chanjiao.engines.matching.actors import RayActors
from chanjiao.engines.matching.asking import Ask, Key, Lists, Side
from chanjiao.engines.matching.auditing import Audit, Blocking, audit, compare
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
    NoneOf,
    Rise,
    Scheme,
)
from chanjiao.engines.matching.executing import Executor, Processes, Threads
from chanjiao.engines.matching.explaining import (
    Exclusion,
    Explanation,
    Share,
    excluded,
    exclusions,
    explain,
)
from chanjiao.engines.matching.exposure import Balance, balanced
from chanjiao.engines.matching.faults import MarketFault
from chanjiao.engines.matching.interviews import (
    Hall,
    Interview,
    InterviewTable,
    interview_table,
)
from chanjiao.engines.matching.markets import Listed, Machine, Market, Pairs, Source
from chanjiao.engines.matching.matchings import Certificate, Matching
from chanjiao.engines.matching.optimising import optimal
from chanjiao.engines.matching.projects import (
    Allocation,
    Project,
    Teacher,
    allocate_most,
    allocate_stable,
    blocking_allocations,
)
from chanjiao.engines.matching.ranking import Line, Ranking, gini, topk
from chanjiao.engines.matching.reassigning import Reassignment, reassign
from chanjiao.engines.matching.schools import school_choice
from chanjiao.engines.matching.stabilising import stable

__all__ = [
    "PROTECTED",
    "AllOf",
    "Allocation",
    "AnyOf",
    "Appeal",
    "Ask",
    "AtLeast",
    "AtMost",
    "Audit",
    "Balance",
    "Blocking",
    "Certificate",
    "Covers",
    "Exclusion",
    "Executor",
    "Explanation",
    "Fit",
    "Hall",
    "Interview",
    "InterviewTable",
    "Key",
    "Likeness",
    "Line",
    "Listed",
    "Lists",
    "Machine",
    "Market",
    "MarketFault",
    "Matching",
    "Merit",
    "NoneOf",
    "Pairs",
    "Processes",
    "Project",
    "Ranking",
    "RayActors",
    "Reassignment",
    "Rise",
    "Scheme",
    "Sets",
    "Share",
    "Side",
    "Source",
    "Table",
    "Teacher",
    "Threads",
    "allocate_most",
    "allocate_stable",
    "audit",
    "balanced",
    "blocking_allocations",
    "compare",
    "excluded",
    "exclusions",
    "explain",
    "gini",
    "interview_table",
    "optimal",
    "reassign",
    "school_choice",
    "stable",
    "topk",
]
