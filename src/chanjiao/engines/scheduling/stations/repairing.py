"""When a station, a site or an instructor drops out: as few groups moved as can be, and the proof.

First only the groups that lost their place are placed anew, everybody else where they are. If that
works, no schedule moves fewer. If not, the relaxation over *all* places of *all* groups (columns
made as their price asks for them) bounds the number of moves from below, and HiGHS picks whole
places among the columns that came up.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from chanjiao.engines.scheduling.stations.board import Board, Spot
from chanjiao.engines.scheduling.stations.bounding import Bound, Bounding
from chanjiao.engines.scheduling.stations.chains import Chains
from chanjiao.engines.scheduling.stations.options import Chooser, Options
from chanjiao.engines.scheduling.stations.packing import LEFT, Packing, pack
from chanjiao.engines.scheduling.stations.placing import Filler, Improver
from chanjiao.engines.scheduling.stations.problem import Place, Problem, Schedule
from chanjiao.engines.scheduling.stations.requirements import Kind, refusal


@dataclass(frozen=True, slots=True)
class Move:
    """A group, its place before and after, and why it had to go."""

    group: str
    before: Place
    after: Place
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Repair:
    """``lower_bound``: no schedule that leaves as many groups without a place moves fewer.

    ``unplaced`` groups lost their place and no other was found; ``explain`` tells why.
    """

    schedule: Schedule
    moves: tuple[Move, ...]
    unplaced: tuple[str, ...]
    lower_bound: int
    seconds: float

    @property
    def is_proven(self) -> bool:
        """Whether no schedule moves fewer groups."""
        return len(self.moves) == self.lower_bound

    def __str__(self) -> str:
        return (
            f"移动 moved {len(self.moves)} · 下界 lower bound {self.lower_bound}"
            f" · 未安排 unplaced {len(self.unplaced)} · {self.seconds:.2f} s"
        )


def repair(problem: Problem, before: Schedule, *, seconds: float = 4.0) -> Repair:
    """``before`` made to fit ``problem`` again with least disturbance, in about ``seconds``.

    The problem is that of now: stations that dropped out are gone from it or closed. Groups not in
    ``before`` are new and count as no move. Raises SchedulingError for a faulty problem.
    """
    problem.check()
    begun = time.perf_counter()
    work = _Work(problem, before, begun + seconds)
    all_placed = work.fill(work.keep())
    bound = Bound(0, is_complete=True) if all_placed else work.move_others()
    Improver(work.board, work.options).run(sorted(work.touched()), begun + seconds)
    unplaced = tuple(problem.groups[n].id for n in work.groups() if n not in work.board.at)
    # Whoever is left out might have been one of those who lost their place, and then moves nobody.
    gone = min(len(unplaced), len(work.displaced))
    extra = max(0, bound.value - LEFT * len(unplaced))
    return Repair(
        work.schedule(),
        work.moves(),
        unplaced,
        len(work.displaced) - gone + extra,
        time.perf_counter() - begun,
    )


class _Work:
    def __init__(self, problem: Problem, before: Schedule, until: float) -> None:
        self.problem, self.before, self.until = problem, before, until
        self.board = Board(problem)
        self._chooser = Chooser(problem)
        self._station = {station.id: n for n, station in enumerate(problem.stations)}
        self.options: list[Options] = [self._chooser.of(group) for group in problem.groups]
        self.displaced: set[int] = set()
        self._why: dict[int, tuple[str, str]] = {}

    def groups(self) -> range:
        return range(len(self.problem.groups))

    def keep(self) -> list[int]:
        """Put every group where it was, if that can still be; returns the others."""
        lost = []
        for n, group in enumerate(self.problem.groups):
            old = self.before.get(group.id)
            if old is None:
                lost.append(n)
                continue
            station = self._station.get(old.station, -1)
            here = self.options[n].has(station, old.start)
            if here and self.board.fits(n, station, old.start):
                self.board.put(n, station, old.start)
            else:
                lost.append(n)
                self.displaced.add(n)
                self._why[n] = self._reason(n, old, alone=not here)
        return lost

    def _reason(self, n: int, old: Place, *, alone: bool) -> tuple[str, str]:
        group, number = self.problem.groups[n], self._station.get(old.station)
        if number is None:
            return f"{old.station} 已退出", f"{old.station} dropped out"
        station = self.problem.stations[number]
        span = range(old.start, old.start + group.length)
        shut = [slot for slot in span if slot in station.closed]
        if shut:
            return (
                f"{old.station} 自第 {shut[0]} 时段起不能使用",
                f"{old.station} can't be used in slot {shut[0]}",
            )
        if any(slot in self.problem.absent.get(group.instructor, ()) for slot in span):
            return f"{group.instructor} 不在岗", f"{group.instructor} is away"
        kind = refusal(self.problem, group, station) if alone else Kind.OCCUPIED
        word = (kind or Kind.WINDOW).value
        return f"{old.station} 不再符合：{word}", f"{old.station} no longer fits: {word}"

    def fill(self, lost: Sequence[int]) -> bool:
        """Place the lost ones among themselves, everybody else fixed; whether all found a place."""
        fixed = set(self.board.at)
        if not Filler(self.board, self.options, fixed=fixed, until=self._share(0.25)).fill(lost):
            return True
        for n in lost:
            if n in self.board.at:
                self.board.take(n)
        columns = [(n, *self.board.at[n]) for n in sorted(fixed)]
        columns += [
            (n, station, start)
            for n in lost
            for station, start in self.options[n].spots()
            if self.board.fits(n, station, start)
        ]
        packed = pack(
            Packing(self.problem), columns, [0] * len(columns), list(self.groups()),
            must=fixed, seconds=self._left(0.3),
        )  # fmt: skip
        for n, station, start in packed.chosen:
            if n not in fixed:
                self.board.put(n, station, start)
        return not packed.left

    def move_others(self) -> Bound:
        """Let others go too, as few as can be."""
        bounding = Bounding(self.problem, self.options, self._homes())
        waiting = [n for n in self.groups() if n not in self.board.at]
        chains = Chains(self.board, self.options, self._share(0.2))
        waiting = [n for n in waiting if not chains.place(n)]
        Filler(self.board, self.options, until=self._share(0.1)).fill(waiting)
        self._go_home()
        best, bound = bounding.settle(dict(self.board.at), self.until)
        if best != self.board.at:
            for n in list(self.board.at):
                self.board.take(n)
            for n, spot in best.items():
                self.board.put(n, *spot)
        return bound

    def _homes(self) -> dict[int, Spot]:
        """Where groups were, of those that may stay."""
        return {
            n: (self._station[old.station], old.start)
            for n, group in enumerate(self.problem.groups)
            if n not in self.displaced and (old := self.before.get(group.id)) is not None
        }

    def _go_home(self) -> None:
        """Whoever was driven out and could have stayed after all goes back."""
        restless = True
        while restless:
            restless = False
            for n, home in self._homes().items():
                if self.board.at.get(n) == home:
                    continue
                now = self.board.take(n) if n in self.board.at else None
                if self.board.fits(n, *home):
                    self.board.put(n, *home)
                    restless = True
                elif now is not None:
                    self.board.put(n, *now)

    def _share(self, share: float) -> float:
        return time.perf_counter() + self._left(share)

    def _left(self, share: float) -> float:
        return max(0.1, (self.until - time.perf_counter()) * share)

    def touched(self) -> set[int]:
        return {n for n in self.board.at if self._moved(n)}

    def _moved(self, n: int) -> bool:
        old = self.before.get(self.problem.groups[n].id)
        return old is None or self._place(n) != old

    def _place(self, n: int) -> Place:
        station, start = self.board.at[n]
        return Place(self.problem.stations[station].id, start)

    def schedule(self) -> Schedule:
        return {self.problem.groups[n].id: self._place(n) for n in sorted(self.board.at)}

    def moves(self) -> tuple[Move, ...]:
        found = []
        for n in sorted(self.board.at):
            group = self.problem.groups[n]
            old = self.before.get(group.id)
            if old is not None and self._place(n) != old:
                zh, en = self._why.get(n, ("让位给失去工位的班组", "makes room for others"))
                found.append(Move(group.id, old, self._place(n), zh, en))
        return tuple(found)
