"""Deferred acceptance over the whole market, which is never built.

Proposers hold short lists. Who runs out of a full list asks for the best of those *that would take
him now*; since receivers only grow choosier, nobody is missed, and the result is the stable
matching of the full market that is best for every proposer (D. Gale and L. Shapley, *American
Mathematical Monthly* 69, 1962). Equal utilities are parted by row number: preferences are strict.
"""

import ctypes
import heapq
from ctypes import Structure, byref, c_int64, c_void_p

import numpy as np

from chanjiao.engines.matching.asking import LEAST, MOST, Ask, Key, Lists, Side
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.edges import seats_of
from chanjiao.engines.matching.kernels import at
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Matching

LENGTH = 32


class ProposeStruct(Structure):
    _fields_ = [
        ("k", c_int64), ("count", c_void_p), ("item", c_void_p), ("value", c_void_p),
        ("cursor", c_void_p), ("room", c_void_p), ("capacity", c_void_p), ("seat", c_void_p),
        ("held", c_void_p), ("size", c_void_p),
    ]  # fmt: skip


class Proposals:
    """Lists and seats in hand between two questions to the market."""

    def __init__(self, room: Ints, capacity: Ints, k: int) -> None:
        rows = len(room)
        self.k, self.room, self.capacity = (
            k,
            room.copy(),
            np.minimum(capacity, rows).astype(np.int32),
        )
        self.count, self.cursor = np.zeros(rows, np.int32), np.zeros(rows, np.int32)
        self.item, self.value = np.zeros((2, rows, k), np.int32)
        self.heaps: list[list[tuple[int, int]]] = [[] for _ in capacity]

    def take(self, ids: Ints, lists: Lists, value: Ints) -> None:
        self.count[ids], self.cursor[ids] = lists.found, 0
        self.item[ids], self.value[ids] = lists.item, value

    def propose(self, active: Ints) -> Ints:
        """Let everyone propose down the list; gives back who ran out of a full one."""
        stack, out = active.tolist(), []
        while stack:
            me = stack.pop()
            self._down(me, stack)
            if self.room[me] > 0 and self.count[me] == self.k:
                out.append(me)
        return np.array(sorted(out), np.int32)

    def _down(self, me: int, stack: list[int]) -> None:
        item, value = self.item[me].tolist(), self.value[me].tolist()
        place, count, room = int(self.cursor[me]), int(self.count[me]), int(self.room[me])
        while room and place < count:
            heap, capacity = self.heaps[item[place]], self.capacity[item[place]]
            rank = (value[place], -me)
            place += 1
            if len(heap) < capacity:
                heapq.heappush(heap, rank)
                room -= 1
            elif capacity and rank > heap[0]:
                gone = -heapq.heapreplace(heap, rank)[1]
                room -= 1
                self.room[gone] += 1
                if self.room[gone] == 1:
                    stack.append(gone)
        self.cursor[me], self.room[me] = place, room

    def floors(self) -> tuple[Ints, Ints]:
        """The value and row that a newcomer has to beat at each receiver."""
        value = np.full(len(self.capacity), LEAST, np.int32)
        below = np.full(len(self.capacity), MOST, np.int32)
        for row, (heap, capacity) in enumerate(zip(self.heaps, self.capacity, strict=True)):
            if capacity == 0:
                value[row], below[row] = MOST, -1
            elif len(heap) == capacity:
                value[row], below[row] = heap[0][0], -heap[0][1]
        return value, below

    def held(self) -> tuple[Ints, Ints]:
        """Receivers and proposers that hold each other."""
        pairs = [(row, -rank[1]) for row, heap in enumerate(self.heaps) for rank in heap]
        found = np.array(pairs, np.int32).reshape(-1, 2)
        return found[:, 0], found[:, 1]


class CompiledProposals(Proposals):
    """The same by the compiled kernel."""

    def __init__(self, library: ctypes.CDLL, room: Ints, capacity: Ints, k: int) -> None:
        super().__init__(room, capacity[:0], k)
        self.library = library
        self.capacity = np.minimum(capacity, len(room)).astype(np.int32)
        self.seat: Longs = np.concatenate(([0], np.cumsum(self.capacity, dtype=np.int64)))
        self.rank, self.size = np.zeros(self.seat[-1], np.int64), np.zeros(len(capacity), np.int32)

    def propose(self, active: Ints) -> Ints:
        rows = len(self.room)
        stack, out = np.zeros(rows + 1, np.int32), np.zeros(rows + 1, np.int32)
        stack[: len(active)] = active
        lists = (self.count, self.item, self.value, self.cursor, self.room, self.capacity)
        state = ProposeStruct(
            self.k,
            *(at(array, np.int32) for array in lists),
            at(self.seat, np.int64),
            at(self.rank, np.int64),
            at(self.size, np.int32),
        )
        places = (c_void_p(at(stack, np.int32)), c_int64(len(active)), c_void_p(at(out, np.int32)))
        self.library.chanjiao_propose.restype = c_int64
        count = self.library.chanjiao_propose(byref(state), *places)
        return np.sort(out[:count])

    def floors(self) -> tuple[Ints, Ints]:
        value = np.full(len(self.capacity), LEAST, np.int32)
        below = np.full(len(self.capacity), MOST, np.int32)
        full = (self.size == self.capacity) & (self.capacity > 0)
        worst = self.rank[self.seat[:-1][full]]
        value[full] = worst >> 32
        below[full] = 0xFFFFFFFF - (worst & 0xFFFFFFFF)
        value[self.capacity == 0], below[self.capacity == 0] = MOST, -1
        return value, below

    def held(self) -> tuple[Ints, Ints]:
        receiver = np.repeat(np.arange(len(self.size), dtype=np.int32), self.size)
        first = np.repeat(np.cumsum(self.size) - self.size, self.size)
        place = np.arange(len(receiver)) - first + self.seat[:-1][receiver]
        return receiver, (0xFFFFFFFF - (self.rank[place] & 0xFFFFFFFF)).astype(np.int32)


def deferred(source: Source, proposer: Side = Side.PEOPLE, length: int = LENGTH) -> Matching:
    """The stable matching that is best for the proposing side; nobody stable fares better there."""
    one = np.ones(len(source.people), np.int32)
    seats = seats_of(source)
    room, capacity = (one, seats) if proposer is Side.PEOPLE else (seats, one)
    library = source.machine.library
    held = (
        Proposals(room, capacity, length)
        if library is None
        else CompiledProposals(library, room, capacity, length)
    )
    asking = np.flatnonzero(room > 0).astype(np.int32)
    value = "v" if proposer is Side.PEOPLE else "u"
    floor: tuple[Ints, Ints] | None = None
    while len(asking):
        ask = Ask(proposer, asking, length, Key.own(proposer), floor=floor)
        lists = source.ask(ask, keep=(value,))
        held.take(asking, lists, getattr(lists, value))
        asking = held.propose(asking)
        floor = held.floors()
    receiver, giver = held.held()
    people, positions = (giver, receiver) if proposer is Side.PEOPLE else (receiver, giver)
    partner = np.full(len(source.people), -1, np.int32)
    partner[people] = positions
    return Matching(source, "stable", partner)
