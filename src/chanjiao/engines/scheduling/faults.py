"""What is wrong with a problem, all of it at once."""

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


class SchedulingError(ValueError):
    """Raised with every fault found; ``str()`` gives one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NoTimetable(SchedulingError):
    """There is none, or none was found: the faults say which."""
