"""What is wrong with a pack or a file of cases, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: where it stands, and the sentence in both languages."""

    place: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.place}: {self.zh} {self.en}"


class RulesError(ValueError):
    """Raised with every fault found; ``str()`` gives one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PackError(RulesError):
    """A rule pack or an overlay that can't be used."""


class CaseError(RulesError):
    """Facts to be judged that can't be read."""


def shown(value: object) -> str:
    """A value as a message quotes it: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}…"
