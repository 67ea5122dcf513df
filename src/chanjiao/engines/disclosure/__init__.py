"""Small cells hidden, and with them those that would give them away."""

from chanjiao.engines.disclosure.attacking import Interval, attack
from chanjiao.engines.disclosure.hiding import Hidden, Reason, suppress
from chanjiao.engines.disclosure.tables import Cell, Key, Rule, Sum, TableFault, sums_of

__all__ = [
    "Cell",
    "Hidden",
    "Interval",
    "Key",
    "Reason",
    "Rule",
    "Sum",
    "TableFault",
    "attack",
    "sums_of",
    "suppress",
]
