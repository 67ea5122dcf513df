"""Composite indices: from a table of indicators to scores, ranks, doubts and reasons.

A library of its own on numpy. ``docs/engines/composite.md`` shows it at work; the public names
are those listed here.
"""

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.auditing import Line, audit, doubles, reliabilities
from chanjiao.engines.composite.book import Book, read_book
from chanjiao.engines.composite.booklines import Doubts, Indicator, Parameter, Words
from chanjiao.engines.composite.bookversions import Difference, bridge, built, diff, experiment
from chanjiao.engines.composite.building import Build, Recipe, Step, build
from chanjiao.engines.composite.changing import Change, changes
from chanjiao.engines.composite.combining import Combine, Gate
from chanjiao.engines.composite.correlating import correlations, cronbach
from chanjiao.engines.composite.decisions import Decision, Decisions
from chanjiao.engines.composite.denominating import By, Denominate
from chanjiao.engines.composite.experiment import (
    Choice,
    Definition,
    Design,
    Experiment,
    Noise,
    Range,
    WeightSets,
    designed,
)
from chanjiao.engines.composite.explaining import contributions, difference, lmdi, row_of
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.figures import (
    contribution_bars,
    rank_intervals,
    sensitivity_bars,
    sunburst,
)
from chanjiao.engines.composite.frontier import benefit_of_doubt
from chanjiao.engines.composite.imputing import Impute
from chanjiao.engines.composite.inputs import Inputs, read_inputs
from chanjiao.engines.composite.judging import budgeted, doubtful, judged, priorities
from chanjiao.engines.composite.moving import moves
from chanjiao.engines.composite.normalising import Normalise, frozen, normalise
from chanjiao.engines.composite.ranking import ranks
from chanjiao.engines.composite.removing import removals
from chanjiao.engines.composite.robustness import Standing, dominance, standings, top_share
from chanjiao.engines.composite.running import Outcome, run
from chanjiao.engines.composite.scales import Scale
from chanjiao.engines.composite.scheme import Node, Scheme
from chanjiao.engines.composite.screening import Screen
from chanjiao.engines.composite.sobol import (
    Influence,
    gap_between,
    influences,
    rank_change,
    rank_of,
    score_of,
)
from chanjiao.engines.composite.specification import Specification, read_specification
from chanjiao.engines.composite.specvarying import Plan, plan_of
from chanjiao.engines.composite.table import Table
from chanjiao.engines.composite.treating import Treat
from chanjiao.engines.composite.weighing import Rule, Weigh

__all__ = [
    "Aggregate",
    "Book",
    "Build",
    "By",
    "Change",
    "Choice",
    "Combine",
    "Decision",
    "Decisions",
    "Definition",
    "Denominate",
    "Design",
    "Difference",
    "Doubts",
    "Experiment",
    "Gate",
    "Impute",
    "Indicator",
    "Influence",
    "Inputs",
    "Line",
    "Node",
    "Noise",
    "Normalise",
    "Outcome",
    "Parameter",
    "Plan",
    "Range",
    "Recipe",
    "Refused",
    "Rule",
    "Scale",
    "Scheme",
    "Screen",
    "Specification",
    "Standing",
    "Step",
    "Table",
    "Treat",
    "Weigh",
    "WeightSets",
    "Words",
    "audit",
    "benefit_of_doubt",
    "bridge",
    "budgeted",
    "build",
    "built",
    "changes",
    "contribution_bars",
    "contributions",
    "correlations",
    "cronbach",
    "designed",
    "diff",
    "difference",
    "dominance",
    "doubles",
    "doubtful",
    "experiment",
    "frozen",
    "gap_between",
    "influences",
    "judged",
    "lmdi",
    "moves",
    "normalise",
    "plan_of",
    "priorities",
    "rank_change",
    "rank_intervals",
    "rank_of",
    "ranks",
    "read_book",
    "read_inputs",
    "read_specification",
    "reliabilities",
    "removals",
    "row_of",
    "run",
    "score_of",
    "sensitivity_bars",
    "standings",
    "sunburst",
    "top_share",
]
