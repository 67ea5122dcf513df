"""Groups that need a station for some weeks, and all that has to be kept.

Time is a row of slots (weeks, half-days; whatever the caller counts), numbered from 0. A group
needs one station for ``length`` slots on end. Slots are given as sets of numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chanjiao.engines.scheduling.faults import Fault, SchedulingError


@dataclass(frozen=True, slots=True)
class Station:
    """``seats`` at a ``site``; one group at a time unless ``is_shared``.

    Who works here must hold every clearance of ``safety``. ``closed`` are slots it can't be used.
    """

    id: str
    site: str
    seats: int
    skills: frozenset[str] = frozenset()
    safety: frozenset[str] = frozenset()
    closed: frozenset[int] = frozenset()
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A penalty of ``weight`` unless the station or site is among ``places`` and the start among
    ``starts``; an empty set asks nothing.
    """

    weight: int
    places: frozenset[str] = frozenset()
    starts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """``needs`` are skills the station must offer; groups of one ``cohort`` share people.

    ``window`` are the slots it may use (empty: all). ``barred`` are stations a rule forbids it,
    with the reason. ``longest_travel`` is in minutes from ``home``.
    """

    id: str
    size: int
    length: int
    needs: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    cohort: str = ""
    instructor: str = ""
    window: frozenset[int] = frozenset()
    home: str = ""
    longest_travel: int | None = None
    barred: Mapping[str, str] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where and from when a group is."""

    station: str
    start: int


Schedule = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Problem:
    """``travel`` is (home, site) → minutes, ``absent`` instructor → slots without them, ``limits``
    site → people of all groups at once (the interns a company may have).
    """

    slots: int
    stations: tuple[Station, ...]
    groups: tuple[Group, ...]
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    absent: Mapping[str, frozenset[int]] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    def check(self) -> None:
        """Raises SchedulingError for what no schedule could mean, naming group or station."""
        faults = [*_doubled("station", self.stations), *_doubled("group", self.groups)]
        faults += [
            Fault(f"station {station.id}", "工位数须大于 0。", "it must have a seat.")
            for station in self.stations
            if station.seats < 1
        ]
        for group in self.groups:
            if group.size < 1:
                faults.append(Fault(f"group {group.id}", "人数须大于 0。", "nobody is in it."))
            if not 1 <= group.length <= self.slots:
                faults.append(
                    Fault(
                        f"group {group.id}",
                        f"时长 {group.length} 须为 1 到 {self.slots}。",
                        f"its length {group.length} must be 1 to {self.slots}.",
                    )
                )
        if faults:
            raise SchedulingError(faults)


def _doubled(kind: str, things: Iterable[Station | Group]) -> list[Fault]:
    seen: set[str] = set()
    found = []
    for thing in things:
        if thing.id in seen:
            found.append(Fault(f"{kind} {thing.id}", "出现两次。", "occurs twice."))
        seen.add(thing.id)
    return found
