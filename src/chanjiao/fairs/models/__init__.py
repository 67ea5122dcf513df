"""Fairs: the day, the halls, who stands there with what, and whom they met."""

from chanjiao.fairs.models.booths import Booth, FairPost, NoShowPardon
from chanjiao.fairs.models.fairs import Fair, FairDate, Hall, Stand
from chanjiao.fairs.models.intentions import Intention, IntentionStep, Interview, Slot

__all__ = [
    "Booth",
    "Fair",
    "FairDate",
    "FairPost",
    "Hall",
    "Intention",
    "IntentionStep",
    "Interview",
    "NoShowPardon",
    "Slot",
    "Stand",
]
