"""Interview tables: students × company panels × slots, in as few slots as there can be.

Without absences it is edge colouring of a bipartite graph: the most interviews of one student, or
of one panel, are enough slots (Kőnig). With absences or an earlier table to be kept, small tables
are solved exactly as a whole-number programme and large ones by swapping two slots along paths.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from typing import NamedTuple

import numpy as np

from chanjiao.engines.matching.colouring import coloured
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Machine
from chanjiao.engines.matching.tabling import Desk, dropped_first, kept_most

Pair = tuple[Hashable, Hashable]


class Interview(NamedTuple):
    """One talk: who, with whom, when, and at which of the company's panels (from 0)."""

    student: Hashable
    company: Hashable
    slot: int
    panel: int


@dataclass(frozen=True, slots=True)
class InterviewTable:
    """All talks by slot.

    ``slots`` counts the slots in use, ``least`` how many any table needs; ``is_least`` tells that
    there is no shorter one. ``dropped`` could not be held, ``moved`` changed against the table
    before (new pairs and those that were called off count as no move).
    """

    interviews: tuple[Interview, ...]
    slots: int
    least: int
    is_least: bool
    dropped: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Hall:
    """What the table has to keep to.

    ``panels`` of each company (1 by default) talk at the same time. ``slots`` is how many there are
    (as many as it takes by default); in ``breaks`` nobody talks, and ``away`` tells when a student
    or company can't. Slots count from 0, breaks included.
    """

    panels: Mapping[Hashable, int] = field(default_factory=dict)
    slots: int | None = None
    breaks: Collection[int] = ()
    away: Mapping[Hashable, Collection[int]] = field(default_factory=dict)

    def usable(self, count: int) -> list[int]:
        """The first ``count`` slots that are no break, or all there are."""
        found: list[int] = []
        slot = 0
        while len(found) < count and (self.slots is None or slot < self.slots):
            if slot not in self.breaks:
                found.append(slot)
            slot += 1
        return found


def interview_table(
    pairs: Sequence[Pair],
    hall: Hall | None = None,
    *,
    before: InterviewTable | None = None,
    weights: Sequence[float] | None = None,
    machine: Machine | None = None,
) -> InterviewTable:
    """A table of all ``pairs`` (student, company) in the fewest slots, clashing nowhere.

    Where slots are too few, the pairs of greatest total weight are kept (all alike by default).
    With a table ``before``, talks stay where they were as far as that is possible. Raises
    ``MarketFault`` for a repeated pair, a company without panels, or a weight below 0.

    >>> table = interview_table([("甲", "a"), ("甲", "b"), ("乙", "a"), ("丙", "a")])
    >>> table.slots, table.is_least, len(table.interviews)
    (3, True, 4)
    """
    hall = hall or Hall()
    machine = machine or Machine()
    _check(pairs, hall, weights)
    worth = [1.0] * len(pairs) if weights is None else list(weights)
    least = needed(pairs, hall)
    if hall.away or before is not None:
        return _repaired(pairs, hall, before, worth, least)
    kept = list(pairs)
    usable = hall.usable(least)
    if len(usable) < least:
        kept = kept_most(pairs, hall.panels, len(usable), worth)
    interviews = _coloured(kept, hall, usable, machine)
    gone = set(pairs) - set(kept)
    dropped = tuple(pair for pair in pairs if pair in gone)
    slots = len({talk.slot for talk in interviews})
    short = slots <= needed(kept, hall)
    return InterviewTable(tuple(interviews), slots, least, short, dropped)


def needed(pairs: Sequence[Pair], hall: Hall) -> int:
    """How many slots no table can do without."""
    students = Counter(student for student, _company in pairs)
    companies = Counter(company for _student, company in pairs)
    panels = [-(-count // hall.panels.get(name, 1)) for name, count in companies.items()]
    return max([*students.values(), *panels], default=0)


def _by_slot(interviews: Sequence[Interview]) -> tuple[Interview, ...]:
    rank = _ranked(talk.company for talk in interviews)
    return tuple(sorted(interviews, key=lambda t: (t.slot, rank[t.company], t.panel)))


def _ranked(names: Iterable[Hashable]) -> dict[Hashable, int]:
    """Names in the order of their texts."""
    return {name: n for n, name in enumerate(sorted(dict.fromkeys(names), key=str))}


def _check(pairs: Sequence[Pair], hall: Hall, weights: Sequence[float] | None) -> None:
    if len(set(pairs)) != len(pairs):
        pair = next(pair for pair, count in Counter(pairs).items() if count > 1)
        raise fault(f"面谈 {pair} 出现两次。", f"The interview {pair} is asked for twice.")
    for company, panels in hall.panels.items():
        if panels < 1:
            raise fault(f"{company} 的面试组 {panels} 须至少为 1。", f"{company}: {panels} panels.")
    if hall.slots is not None and hall.slots < 0:
        raise fault(f"时段数 {hall.slots} 须不小于 0。", f"{hall.slots} slots are below 0.")
    if weights is not None and (len(weights) != len(pairs) or not all(w >= 0 for w in weights)):
        raise fault("每个面谈须有不小于 0 的权重。", "Every interview needs a weight of 0 or more.")


def _coloured(
    pairs: Sequence[Pair], hall: Hall, usable: Sequence[int], machine: Machine
) -> list[Interview]:
    """Panels take a company's talks in turn; then no node has more talks than there are slots."""
    if not pairs or not usable:
        return []
    students, companies = zip(*pairs, strict=True)
    number = {name: n for n, name in enumerate(dict.fromkeys(students))}
    rank = _ranked(companies)
    one = np.fromiter(map(number.__getitem__, students), np.int32, len(pairs))
    company = np.fromiter(map(rank.__getitem__, companies), np.int32, len(pairs))
    panels = np.array([hall.panels.get(name, 1) for name in rank])
    order = np.argsort(company, kind="stable")
    first = np.searchsorted(company[order], np.arange(len(rank)))
    turn = np.empty(len(pairs), np.int64)
    turn[order] = np.arange(len(pairs)) - first[company[order]]
    panel = turn % panels[company]
    other = (np.cumsum(panels) - panels)[company] + panel
    colour = coloured(one, other.astype(np.int32), len(usable), machine.library)
    slot = np.array(usable)[colour]
    order = np.lexsort((panel, company, slot))
    rows = order.tolist()
    ends = ([side[n] for n in rows] for side in (students, companies))
    return list(
        starmap(Interview, zip(*ends, slot[order].tolist(), panel[order].tolist(), strict=True))
    )


def _repaired(
    pairs: Sequence[Pair],
    hall: Hall,
    before: InterviewTable | None,
    worth: list[float],
    least: int,
) -> InterviewTable:
    """One slot more until everything is held, or until there are no more slots."""
    talks = () if before is None else before.interviews
    old = {(t.student, t.company): (t.slot, t.panel) for t in talks}
    used = {slot for slot, _panel in old.values()}
    first = max(least, sum(1 for s in range(max(used, default=-1) + 1) if s not in hall.breaks))
    most = first + len(pairs) + sum(len(slots) for slots in hall.away.values())
    proved = True
    for count in range(first, most + 1):
        usable = hall.usable(count)
        desk = Desk(pairs, hall.panels, hall.away, usable, old)
        placed, sure = desk.solve(worth)
        proved = proved and sure
        if len(placed) == len(pairs) or len(usable) < count:
            break
    interviews = [Interview(*pair, *place) for pair, place in placed.items()]
    moved = tuple(p for p in pairs if p in old and p in placed and placed[p][0] != old[p][0])
    slots = len({talk.slot for talk in interviews})
    shortest = slots <= least or (before is None and proved)
    dropped = dropped_first(pairs, placed)
    return InterviewTable(_by_slot(interviews), slots, least, shortest, dropped, moved)
