"""School choice: deferred acceptance, top trading cycles and immediate acceptance (Boston).

A. Abdulkadiroğlu and T. Sönmez, *American Economic Review* 93, 2003. Deferred acceptance and top
trading cycles give nobody a reason to hide what they want; the first leaves no justified envy, the
second wastes no trade. Immediate acceptance is here to be compared with.
"""

import heapq
from collections.abc import Hashable, Mapping, Sequence

from chanjiao.engines.matching.faults import fault

Wishes = Mapping[Hashable, Sequence[Hashable]]
Places = dict[Hashable, Hashable | None]


def school_choice(
    wishes: Wishes, priorities: Wishes, quotas: Mapping[Hashable, int], mechanism: str = "da"
) -> Places:  # fmt: skip
    """Each student's school, or ``None``.

    ``wishes`` are schools, the most wanted first; ``priorities`` are students, the first served
    first; who is not on a school's list can't go there. Raises ``MarketFault`` for an unknown
    school or mechanism, a repeated wish, or a negative quota.

    >>> wishes = {"i": ["s", "t"], "j": ["t", "s"]}
    >>> priorities = {"s": ["j", "i"], "t": ["i", "j"]}
    >>> school_choice(wishes, priorities, {"s": 1, "t": 1}, "ttc")
    {'i': 's', 'j': 't'}
    """
    rules = {"da": _deferred, "ttc": _trading, "boston": _immediate}
    if mechanism not in rules:
        raise fault(f"没有机制 {mechanism!r}。", f"No mechanism {mechanism!r}: da, ttc or boston.")
    _check(wishes, priorities, quotas)
    rank = {s: {i: n for n, i in enumerate(order)} for s, order in priorities.items()}
    lists = {i: [s for s in order if i in rank.get(s, ())] for i, order in wishes.items()}
    return rules[mechanism](lists, rank, quotas)


def _check(wishes: Wishes, priorities: Wishes, quotas: Mapping[Hashable, int]) -> None:
    for who, order in [*wishes.items(), *priorities.items()]:
        if len(set(order)) != len(order):
            raise fault(f"{who} 的名单有重复。", f"The list of {who} names somebody twice.")
    for student, order in wishes.items():
        unknown = [s for s in order if s not in quotas]
        if unknown:
            raise fault(f"{student} 填了未知学校 {unknown[0]}。", f"No quota for {unknown[0]}.")
    for school, quota in quotas.items():
        if quota < 0:
            raise fault(f"{school} 的名额 {quota} 须不小于 0。", f"Quota {quota} is below 0.")


Ranks = Mapping[Hashable, Mapping[Hashable, int]]
Lists = Mapping[Hashable, Sequence[Hashable]]


def _deferred(lists: Lists, rank: Ranks, quotas: Mapping[Hashable, int]) -> Places:
    held: dict[Hashable, list[tuple[int, int]]] = {school: [] for school in quotas}
    students = list(lists)
    at = [0] * len(students)
    free = list(range(len(students)))
    while free:
        me = free.pop()
        order = lists[students[me]]
        if at[me] == len(order):
            continue
        school = order[at[me]]
        at[me] += 1
        heapq.heappush(held[school], (-rank[school][students[me]], me))
        if len(held[school]) > quotas[school]:
            free.append(heapq.heappop(held[school])[1])
    found: Places = dict.fromkeys(lists)
    for school, heap in held.items():
        for _rank, me in heap:
            found[students[me]] = school
    return found


def _immediate(lists: Lists, rank: Ranks, quotas: Mapping[Hashable, int]) -> Places:
    left = dict(quotas)
    found: Places = dict.fromkeys(lists)
    for step in range(max(map(len, lists.values()), default=0)):
        asking: dict[Hashable, list[Hashable]] = {}
        for student, order in lists.items():
            if found[student] is None and step < len(order):
                asking.setdefault(order[step], []).append(student)
        for school, students in asking.items():
            for student in sorted(students, key=rank[school].__getitem__)[: left[school]]:
                found[student] = school
                left[school] -= 1
    return found


def _trading(lists: Lists, rank: Ranks, quotas: Mapping[Hashable, int]) -> Places:
    work = _Trading(lists, rank, quotas)
    while work.waiting:
        work.walk(next(iter(work.waiting)))
    return work.found


class _Trading:
    """Everyone points at the best school left, each school at its first student left."""

    def __init__(self, lists: Lists, rank: Ranks, quotas: Mapping[Hashable, int]) -> None:
        self.lists, self.left = lists, dict(quotas)
        self.line = {s: sorted(order, key=order.__getitem__) for s, order in rank.items()}
        self.wish, self.head = dict.fromkeys(lists, 0), dict.fromkeys(self.line, 0)
        self.waiting: dict[Hashable, None] = dict.fromkeys(lists)  # ordered
        self.found: Places = dict.fromkeys(lists)

    def walk(self, student: Hashable) -> None:
        """Follow the pointers until they close a ring, which trades, or until somebody has none."""
        path: dict[Hashable, Hashable] = {}
        while student not in path:
            school = self._aim(student)
            if school is None:
                del self.waiting[student]
                return
            path[student] = school
            student = self._first(school)
        ring = list(path)
        for member in ring[ring.index(student) :]:
            self.found[member] = path[member]
            self.left[path[member]] -= 1
            del self.waiting[member]

    def _aim(self, student: Hashable) -> Hashable | None:
        order = self.lists[student]
        while self.wish[student] < len(order) and self.left[order[self.wish[student]]] == 0:
            self.wish[student] += 1
        return order[self.wish[student]] if self.wish[student] < len(order) else None

    def _first(self, school: Hashable) -> Hashable:
        while self.line[school][self.head[school]] not in self.waiting:
            self.head[school] += 1
        return self.line[school][self.head[school]]
