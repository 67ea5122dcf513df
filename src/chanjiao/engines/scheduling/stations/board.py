"""Who is where: the taken slots of stations, instructors, cohorts and sites as bits and counts."""

from collections.abc import Collection

from chanjiao.engines.scheduling.stations.problem import Problem
from chanjiao.engines.scheduling.stations.requirements import Kind, Requirement

Spot = tuple[int, int]  # station, start


class Board:
    """A partial schedule that keeps what groups owe one another."""

    def __init__(self, problem: Problem, without: Collection[Requirement] = ()) -> None:
        self.problem = problem
        self.at: dict[int, Spot] = {}
        self._off = {one.kind for one in without if not one.group}
        self._length = [group.length for group in problem.groups]
        self._size = [group.size for group in problem.groups]
        self._on: list[set[int]] = [set() for _ in problem.stations]  # groups of a station
        self._busy = [0] * len(problem.stations)  # slots taken, where not shared
        self._people: dict[int, set[int]] = {}  # cohort or instructor → groups
        self._taken: list[int] = []  # slots of each
        self._named: dict[tuple[Kind, str], int] = {}
        self._owes = [self._bodies(n) for n in range(len(problem.groups))]
        sites = {} if Kind.LIMIT in self._off else dict(problem.limits)
        self._limit = [sites.get(station.site) for station in problem.stations]
        self._load = {site: [0] * problem.slots for site in sites}
        self._seats = [station.seats if station.is_shared else None for station in problem.stations]

    def _bodies(self, n: int) -> list[int]:
        """Numbers of the cohort and the instructor, who can't be in two places."""
        group = self.problem.groups[n]
        found = []
        for kind, name in ((Kind.COHORT, group.cohort), (Kind.INSTRUCTOR, group.instructor)):
            if name and kind not in self._off:
                number = self._named.setdefault((kind, name), len(self._named))
                if number == len(self._taken):
                    self._taken.append(0)
                found.append(number)
        return found

    def fits(self, n: int, station: int, start: int) -> bool:
        block = ((1 << self._length[n]) - 1) << start
        if any(self._taken[body] & block for body in self._owes[n]):
            return False
        if self._busy[station] & block:
            return False
        return not self._is_crowded(n, station, start)

    def _is_crowded(self, n: int, station: int, start: int) -> bool:
        seats, limit = self._seats[station], self._limit[station]
        if seats is None and limit is None:
            return False
        span, size = range(start, start + self._length[n]), self._size[n]
        if seats is not None and Kind.OCCUPIED not in self._off:
            for slot in span:
                if size + self._seated(station, slot) > seats:
                    return True
        if limit is None:
            return False
        load = self._load[self.problem.stations[station].site]
        return any(size + load[slot] > limit for slot in span)

    def _seated(self, station: int, slot: int) -> int:
        return sum(
            self._size[one]
            for one in self._on[station]
            if self.at[one][1] <= slot < self.at[one][1] + self._length[one]
        )

    def put(self, n: int, station: int, start: int) -> None:
        block = ((1 << self._length[n]) - 1) << start
        self.at[n] = (station, start)
        self._on[station].add(n)
        if self._seats[station] is None and Kind.OCCUPIED not in self._off:
            self._busy[station] |= block
        for body in self._owes[n]:
            self._taken[body] |= block
            self._people.setdefault(body, set()).add(n)
        self._carry(n, station, start, self._size[n])

    def take(self, n: int) -> Spot:
        station, start = self.at.pop(n)
        block = ((1 << self._length[n]) - 1) << start
        self._on[station].discard(n)
        if self._seats[station] is None and Kind.OCCUPIED not in self._off:
            self._busy[station] &= ~block
        for body in self._owes[n]:
            self._taken[body] &= ~block
            self._people[body].discard(n)
        self._carry(n, station, start, -self._size[n])
        return station, start

    def _carry(self, n: int, station: int, start: int, people: int) -> None:
        if self._limit[station] is not None:
            load = self._load[self.problem.stations[station].site]
            for slot in range(start, start + self._length[n]):
                load[slot] += people

    def blockers(self, n: int, station: int, start: int) -> set[int]:
        """Groups that would have to go for this one: all that share a slot of its station, its
        people or, where the site is full, its site.
        """
        end = start + self._length[n]
        near: set[int] = set()
        for body in self._owes[n]:
            near |= self._people.get(body, set())
        if Kind.OCCUPIED not in self._off:
            near |= self._on[station]
        found = {one for one in near if self.at[one][1] < end and start < self._end(one)}
        if self._is_crowded(n, station, start) and self._limit[station] is not None:
            site = self.problem.stations[station].site
            found |= {
                one
                for one, (where, begin) in self.at.items()
                if self.problem.stations[where].site == site
                and begin < end
                and start < self._end(one)
            }
        found.discard(n)
        return found

    def _end(self, n: int) -> int:
        return self.at[n][1] + self._length[n]
