"""Why groups can't all be placed: a smallest set of groups and requirements that conflict.

Deletion filter: first groups, then requirements are taken away one by one; what can go while the
rest still conflicts, goes. In the end nothing can be spared: without any one of them there is a
schedule. (Irreducible; there may be other such sets, and smaller ones.)
"""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from chanjiao.engines.scheduling.stations.board import Board
from chanjiao.engines.scheduling.stations.options import Chooser
from chanjiao.engines.scheduling.stations.packing import Packing, pack
from chanjiao.engines.scheduling.stations.placing import Filler, place
from chanjiao.engines.scheduling.stations.problem import Group, Problem
from chanjiao.engines.scheduling.stations.requirements import (
    OF_GROUP,
    SHARED,
    Kind,
    Requirement,
    worded,
)

_MOST = 60_000  # places that can still be decided exactly in seconds


@dataclass(frozen=True, slots=True)
class Conflict:
    """Groups and requirements that can't all be kept; ``is_proven``: each was tested to the end."""

    groups: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    is_proven: bool

    @property
    def zh(self) -> str:
        kept = "；".join(worded(one)[0] for one in self.requirements)
        return f"{'、'.join(self.groups)} 不能同时满足：{kept}。"

    @property
    def en(self) -> str:
        kept = "; ".join(worded(one)[1] for one in self.requirements)
        return f"{', '.join(self.groups)} can't have all of this: {kept}."


def explain(problem: Problem, *, seconds: float = 60.0) -> Conflict | None:
    """A smallest conflict, or nothing where every group can be placed.

    Where the time is up before a test is decided, what it asked about stays in the set and
    ``is_proven`` is False.
    """
    problem.check()
    test = _Test(problem, time.perf_counter() + seconds)
    groups = _crowd(problem, test)
    if groups is None:
        return None
    groups = _filtered(groups, lambda some: test.conflicts(some, ()))
    items = list(_requirements(groups, problem))
    kept = _filtered(
        items, lambda some: test.conflicts(groups, [one for one in items if one not in set(some)])
    )
    return Conflict(
        tuple(group.id for group in groups), tuple(sorted(kept)), is_proven=not test.undecided
    )


def _crowd(problem: Problem, test: "_Test") -> list[Group] | None:
    """Groups that conflict, not too many: one without a place and those in its way, and so on."""
    chooser = Chooser(problem)
    for group in problem.groups:
        if not len(chooser.of(group)):
            return [group]
    placing = place(problem, seconds=max(1.0, 0.3 * test.left()))
    if not placing.unplaced:
        return None
    crowd = {placing.unplaced[0]}
    by_id = {group.id: group for group in problem.groups}
    while True:
        some = [group for group in problem.groups if group.id in crowd]
        if test.conflicts(some, ()):
            return some
        wider = crowd | _in_the_way(problem, chooser, [by_id[name] for name in crowd])
        if wider == crowd:
            return None
        crowd = wider


def _in_the_way(problem: Problem, chooser: Chooser, crowd: Sequence[Group]) -> set[str]:
    """Groups that share people with these, or could be at a station that these could be at."""
    stations = {int(n) for group in crowd for n in chooser.of(group).station}
    sites = {
        problem.stations[n].site for n in stations if problem.stations[n].site in problem.limits
    }
    people = {name for one in crowd for name in (one.cohort, one.instructor) if name}
    found = set()
    for group in problem.groups:
        there = {int(n) for n in chooser.of(group).station}
        if (
            {group.cohort, group.instructor} & people
            or there & stations
            or any(problem.stations[n].site in sites for n in there)
        ):
            found.add(group.id)
    return found


def _filtered[T](things: list[T], conflicts: Callable[[list[T]], bool]) -> list[T]:
    """What is left when everything that can be spared is gone: whole stretches first, then one
    by one, until nothing can go.
    """
    kept, width = list(things), max(1, len(things) // 2)
    while True:
        place = 0
        while place < len(kept):
            fewer = kept[:place] + kept[place + width :]
            if conflicts(fewer):
                kept = fewer
            else:
                place += width
        if width == 1:
            return kept
        width //= 2


def _requirements(groups: Iterable[Group], problem: Problem) -> Iterable[Requirement]:
    """The requirements these groups really have."""
    for group in groups:
        has = {
            Kind.SEATS: True,
            Kind.SKILLS: bool(group.needs),
            Kind.SAFETY: True,
            Kind.TRAVEL: group.longest_travel is not None,
            Kind.WINDOW: bool(group.window),
            Kind.BARRED: bool(group.barred),
            Kind.ABSENT: bool(problem.absent.get(group.instructor)),
        }
        yield from (Requirement(kind, group.id) for kind in OF_GROUP if has[kind])
    yield from (Requirement(kind) for kind in SHARED)


class _Test:
    """Whether groups conflict; what time does not let decide counts as no conflict."""

    def __init__(self, problem: Problem, until: float) -> None:
        self._problem, self._until = problem, until
        self.undecided = False

    def left(self) -> float:
        return max(0.0, self._until - time.perf_counter())

    def conflicts(self, groups: Sequence[Group], without: Collection[Requirement]) -> bool:
        problem = replace(self._problem, groups=tuple(groups))
        chooser = Chooser(problem, without)
        options = [chooser.of(group) for group in groups]
        if any(not len(one) for one in options):
            return True
        everybody = list(range(len(groups)))
        quick = Filler(Board(problem, without), options, until=time.perf_counter() + 0.5)
        if not quick.fill(everybody):
            return False
        if sum(map(len, options)) > _MOST or not self.left():
            self.undecided = True
            return False
        off = {one.kind for one in without if not one.group}
        columns = [(n, *spot) for n in everybody for spot in options[n].spots()]
        packed = pack(
            Packing(problem, off),
            columns,
            [0] * len(columns),
            everybody,
            must=everybody,
            seconds=max(0.5, self.left()),
        )
        if not packed.is_proven:
            self.undecided = True
        return packed.is_proven and bool(packed.left)
