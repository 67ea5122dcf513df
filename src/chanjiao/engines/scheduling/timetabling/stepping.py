"""The steps of ``chanjiao-kernels/timetable.c`` in plain Python: the same dice, the same timetable.

Some two hundred times slower, for machines without the compiled library and for the test that
holds the two against each other.
"""

from chanjiao.engines.scheduling.timetabling.tables import State, Tables

MOST_DELTA = 128
_ALL = 2**64 - 1


class Stepper:
    """A state unpacked into lists; ``write_back`` packs it again."""

    def __init__(self, tables: Tables, state: State) -> None:
        instance = tables.instance
        self.state, self.random, self.cost, self.best = state, state.random, state.cost, state.best
        self.per_day, self.rooms, self.periods = (
            instance.per_day,
            len(instance.rooms),
            instance.periods,
        )
        self.course = tables.course.tolist()
        self.over, self.open = tables.over.tolist(), tables.open.tolist()
        self.conflict = [_set_of(row) for row in tables.conflict.tolist()]
        self.least = tables.least_days.tolist()
        first, member = tables.first.tolist(), tables.member.tolist()
        self.curricula = [member[first[c] : first[c + 1]] for c in range(len(self.least))]
        self.content = [_set_of(row) for row in tables.content.tolist()]
        self.lonely = tables.lonely.tolist()
        self.period, self.room = state.period.tolist(), state.room.tolist()
        self.slot = state.slot.tolist()
        self.busy = [_set_of(row) for row in state.busy.tolist()]
        self.on_day, self.used = state.on_day.tolist(), state.days_used.tolist()
        self.in_room, self.mask = state.in_room.tolist(), state.mask.tolist()
        self.best_period, self.best_room = state.best_period.tolist(), state.best_room.tolist()

    def write_back(self) -> None:
        state = self.state
        state.period[:], state.room[:], state.slot[:] = self.period, self.room, self.slot
        words = state.busy.shape[1]
        state.busy[:] = [[s >> 64 * w & _ALL for w in range(words)] for s in self.busy]
        state.on_day[:], state.days_used[:] = self.on_day, self.used
        state.in_room[:], state.mask[:] = self.in_room, self.mask
        state.best_period[:], state.best_room[:] = self.best_period, self.best_room
        state.random, state.cost, state.best = self.random, self.cost, self.best

    def run(self, chance: list[int], steps: int, kempe: int, same_period: int, enough: int) -> None:
        """As ``chanjiao_timetable_steps``."""
        lectures, slots = len(self.course), self.periods * self.rooms
        for _ in range(steps):
            if self.best <= enough:
                return
            x = self._draw()
            lecture = ((x & 0xFFFFF) * lectures) >> 20
            period, room = divmod(((x >> 20 & 0xFFFFFF) * slots) >> 24, self.rooms)
            kind = x >> 44
            if kind < kempe:
                self._turn_chain(chance, lecture, period)
            else:
                if kind < kempe + same_period:
                    period = self.period[lecture]
                other = self.slot[period][room]
                if other < 0:
                    self._move(chance, lecture, period, room)
                elif other != lecture:
                    self._change_places(chance, lecture, other)
            if self.cost < self.best:
                self.best = self.cost
                self.best_period, self.best_room = self.period[:], self.room[:]

    def _draw(self) -> int:
        x = self.random
        x ^= x >> 12
        x ^= x << 25 & _ALL
        x ^= x >> 27
        self.random = x
        return x * 2685821657736338717 & _ALL

    def _accepted(self, chance: list[int], delta: int) -> bool:
        if delta <= 0:
            return True
        return delta < MOST_DELTA and self._draw() >> 32 < chance[delta]

    def _short(self, course: int, used: int) -> int:
        return 5 * int(max(0, self.least[course] - used))

    def _room_delta(self, c: int, old: int, new: int) -> int:
        if old == new:
            return 0
        over, inside = self.over[c], self.in_room[c]
        return int(over[new] - over[old] - (inside[old] == 1) + (inside[new] == 0))

    def _time_delta(self, c: int, old: int, new: int, also: int) -> int:
        (d, i), (e, j) = divmod(old, self.per_day), divmod(new, self.per_day)
        off, on, delta, lonely = ~(1 << i), 1 << j, 0, self.lonely
        if d != e:
            days, used = self.on_day[c], self.used[c]
            after = used - (days[d] == 1) + (days[e] == 0)
            delta += self._short(c, after) - self._short(c, used)
        for q in self.curricula[c]:
            if also >= 0 and self.content[q] >> also & 1:
                continue
            mask = self.mask[q]
            if d == e:
                delta += 2 * (lonely[mask[d] & off | on] - lonely[mask[d]])
            else:
                delta += 2 * (lonely[mask[d] & off] - lonely[mask[d]])
                delta += 2 * (lonely[mask[e] | on] - lonely[mask[e]])
        return int(delta)

    def _take_out(self, lecture: int) -> int:
        c, p, r = self.course[lecture], self.period[lecture], self.room[lecture]
        d, i = divmod(p, self.per_day)
        self.slot[p][r] = -1
        self.busy[p] &= ~(1 << c)
        delta = -self.over[c][r]
        self.in_room[c][r] -= 1
        delta -= self.in_room[c][r] == 0
        self.on_day[c][d] -= 1
        if self.on_day[c][d] == 0:
            delta -= self._short(c, self.used[c])
            self.used[c] -= 1
            delta += self._short(c, self.used[c])
        for q in self.curricula[c]:
            old = self.mask[q][d]
            new = self.mask[q][d] = old & ~(1 << i)
            delta += 2 * (self.lonely[new] - self.lonely[old])
        return int(delta)

    def _put_in(self, lecture: int, p: int, r: int) -> int:
        c = self.course[lecture]
        d, i = divmod(p, self.per_day)
        self.period[lecture], self.room[lecture], self.slot[p][r] = p, r, lecture
        self.busy[p] |= 1 << c
        delta = self.over[c][r] + (self.in_room[c][r] == 0)
        self.in_room[c][r] += 1
        if self.on_day[c][d] == 0:
            delta -= self._short(c, self.used[c])
            self.used[c] += 1
            delta += self._short(c, self.used[c])
        self.on_day[c][d] += 1
        for q in self.curricula[c]:
            old = self.mask[q][d]
            new = self.mask[q][d] = old | 1 << i
            delta += 2 * (self.lonely[new] - self.lonely[old])
        return int(delta)

    def _move(self, chance: list[int], lecture: int, p: int, r: int) -> None:
        c, old = self.course[lecture], self.period[lecture]
        if old != p and (not self.open[c][p] or self.busy[p] & self.conflict[c]):
            return
        delta = self._room_delta(c, self.room[lecture], r)
        if old != p:
            delta += self._time_delta(c, old, p, -1)
        if self._accepted(chance, delta):
            self._take_out(lecture)
            self._put_in(lecture, p, r)
            self.cost += delta

    def _change_places(self, chance: list[int], one: int, two: int) -> None:
        c, k = self.course[one], self.course[two]
        p, r, q, o = self.period[one], self.room[one], self.period[two], self.room[two]
        if c == k or (p != q and not self._may_change(c, k, p, q)):
            return
        delta = self._room_delta(c, r, o) + self._room_delta(k, o, r)
        if p != q:
            delta += self._time_delta(c, p, q, k) + self._time_delta(k, q, p, c)
        if self._accepted(chance, delta):
            self._take_out(one)
            self._take_out(two)
            self._put_in(one, q, o)
            self._put_in(two, p, r)
            self.cost += delta

    def _may_change(self, c: int, k: int, p: int, q: int) -> bool:
        if not self.open[c][q] or not self.open[k][p]:
            return False
        first = self.busy[q] & ~(1 << k) & self.conflict[c]
        return not first and not self.busy[p] & ~(1 << c) & self.conflict[k]

    def _turn_chain(self, chance: list[int], lecture: int, to: int) -> None:
        old = self.period[lecture]
        if old == to:
            return
        if not self.busy[to] & self.conflict[self.course[lecture]]:
            room = self._room_for(lecture, to)  # a chain of one
            if room >= 0:
                self._move(chance, lecture, to, room)
            return
        chain = self._chain(lecture, to)
        before = [(self.period[one], self.room[one]) for one in chain]
        delta = sum([self._take_out(one) for one in chain])
        aims = [to if period == old else old for period, _ in before]
        placed, added = self._seated(chain, aims)
        if chain and placed == len(chain) and self._accepted(chance, delta + added):
            self.cost += delta + added
            return
        for one in chain[:placed]:
            self._take_out(one)
        for one, where in zip(chain, before, strict=True):
            self._put_in(one, *where)

    def _seated(self, chain: list[int], aims: list[int]) -> tuple[int, int]:
        """Put a chain where it aims at; how many found a room, and what they cost."""
        added = 0
        for n, (one, period) in enumerate(zip(chain, aims, strict=True)):
            room = self._room_for(one, period)
            if room < 0:
                return n, added
            added += self._put_in(one, period, room)
        return len(chain), added

    def _room_for(self, lecture: int, period: int) -> int:
        slot, c = self.slot[period], self.course[lecture]
        if slot[self.room[lecture]] < 0:
            return int(self.room[lecture])
        free = [r for r in range(self.rooms) if slot[r] < 0]
        costs = [(self.over[c][r] + (self.in_room[c][r] == 0), r) for r in free]
        return min(costs)[1] if costs else -1

    def _side(self, lecture: int, old: int, to: int) -> int:
        return to if self.period[lecture] == old else old

    def _chain(self, lecture: int, to: int) -> list[int]:
        old, chain, inside = self.period[lecture], [lecture], {lecture}
        for one in chain:  # grows while it is walked
            c, there = self.course[one], self._side(one, old, to)
            if not self.open[c][there]:
                return []
            for other in self.slot[there]:
                if other < 0 or other in inside:
                    continue
                if self.conflict[c] >> self.course[other] & 1:
                    chain.append(other)
                    inside.add(other)
        return chain


def _set_of(words: list[int]) -> int:
    return sum(word << 64 * n for n, word in enumerate(words))
