"""Names of bodies that may be one: what a name comes down to, and pairs in near-linear time."""

from chanjiao.engines.namesake.names import core_name, folded_name, place_words, sound
from chanjiao.engines.namesake.pairs import Namesake, Reason, namesakes, namesakes_of

__all__ = [
    "Namesake",
    "Reason",
    "core_name",
    "folded_name",
    "namesakes",
    "namesakes_of",
    "place_words",
    "sound",
]
