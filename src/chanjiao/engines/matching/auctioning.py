"""Maximum total utility over the whole market, which is never built: an auction of seats.

Everyone without a seat bids for the best one at today's prices, as high as the second best allows
and a small step more, but never more than it is worth; a position sells its seats to the highest
bids, and its price is the lowest of them once it is full (D. P. Bertsekas and D. A. Castañón,
*Mathematical Programming* 42, 1989). Lists are short: since prices only rise, the last place of a
list bounds all that is not on it, and who falls well below that bound asks the market again at
today's prices. In the end everyone is within a few steps of the best, and so is the sum within
people × steps; how close it is, the bound from prices and lists tells.
"""

import ctypes
from ctypes import Structure, byref, c_int64, c_void_p

import numpy as np

from chanjiao.engines.matching.asking import LEAST, Ask, Side
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.edges import seats_of
from chanjiao.engines.matching.kernels import at
from chanjiao.engines.matching.markets import SAFE, Source

LENGTH = 32
SLACK = 4  # steps below the bound at which one still bids rather than ask anew
LOW = np.iinfo(np.int64).min // 4


class AuctionStruct(Structure):
    _fields_ = [
        ("k", c_int64),
        *((name, c_void_p) for name in ("count", "item", "w", "key", "bound", "price")),
        *((name, c_void_p) for name in ("capacity", "seat", "bid", "bidder", "size", "partner")),
        ("step", c_int64), ("slack", c_int64),
    ]  # fmt: skip


class Auction:
    """Lists, prices and winning bids between two questions to the market."""

    def __init__(self, capacity: Ints, people: int, price: Longs, step: int, k: int) -> None:
        self.k, self.step, self.slack = k, step, SLACK * step
        self.capacity = np.minimum(capacity, people).astype(np.int32)
        self.price = price.copy()
        self.price[capacity == 0] = SAFE  # nobody bids where there is no seat
        self.count, self.bound = np.zeros(people, np.int32), np.full(people, LEAST, np.int32)
        self.item, self.w, self.key = np.zeros((3, people, k), np.int32)
        self.partner = np.full(people, -1, np.int32)
        self.bids = np.zeros(people, np.int64)
        self.taken = np.zeros(len(capacity), np.int64)

    def ask(self, source: Source, ids: Ints) -> None:
        """New lists at today's prices."""
        price = self.price.astype(np.int32)
        ask = Ask(Side.PEOPLE, ids, self.k, price=price, spread=True)
        lists = source.ask(ask, keep=("w",))
        key = np.where(lists.used, lists.w - price[lists.item], LEAST)
        self.count[ids], self.item[ids], self.w[ids], self.key[ids] = (
            lists.found, lists.item, lists.w, key,
        )  # fmt: skip
        self.bound[ids] = np.where(lists.found == self.k, key[:, -1], LEAST)

    def run(self, active: Ints) -> Ints:
        """Rounds of bids until all have a seat, want none, or wait for longer lists."""
        parked: list[Ints] = []
        while len(active):
            target, offer, waits = self._choose(active)
            parked.append(active[waits])
            bids = target >= 0
            self.bids[active[bids]] = offer[bids]
            active = self._sell(active[bids], target[bids])
        return np.sort(np.concatenate(parked)) if parked else active

    def _choose(self, me: Ints) -> tuple[Ints, Longs, Ints]:
        item = self.item[me]
        value = np.where(
            np.arange(self.k) < self.count[me][:, None], self.w[me] - self.price[item], LOW
        )
        rows = np.arange(len(me))
        place = value.argmax(axis=1)
        best = value[rows, place]
        value[rows, place] = LOW
        bound = self.bound[me].astype(np.int64)
        least = np.maximum(bound, 0)
        second = np.maximum(value.max(axis=1), np.minimum(least, best))
        target = item[rows, place]
        offer = self.price[target] + np.minimum(best - second + self.step, best)
        full = self.taken[target] == self.capacity[target]
        spent = (best < 0) | ((best == 0) & full)  # nothing is left to gain by what is listed
        short = ~spent & (best < least - self.slack)
        waits: Ints = short | (spent & (bound > 0))
        return np.where(spent | short, -1, target).astype(np.int32), offer, waits

    def _sell(self, bidders: Ints, target: Ints) -> Ints:
        """The highest bids get the seats; gives back who has none now."""
        sold = np.unique(target)
        holders = np.flatnonzero(np.isin(self.partner, sold)).astype(np.int32)
        who = np.concatenate((holders, bidders))
        where = np.concatenate((self.partner[holders], target))
        order = np.lexsort((who, -self.bids[who], where))
        who, where = who[order], where[order]
        first = np.searchsorted(where, sold)
        rank = np.arange(len(where)) - first[np.searchsorted(sold, where)]
        wins = rank < self.capacity[where]
        self.partner[who] = np.where(wins, where, -1)
        self.taken[sold] = np.bincount(where[wins], minlength=len(self.taken))[sold]
        last = wins & (rank == self.capacity[where] - 1)
        self.price[where[last]] = self.bids[who[last]]
        return np.sort(who[~wins])


class CompiledAuction(Auction):
    """The same by the compiled kernel."""

    def __init__(self, held: Auction, library: ctypes.CDLL) -> None:
        self.__dict__.update(held.__dict__)
        self.library = library
        self.seat: Longs = np.concatenate(([0], np.cumsum(self.capacity, dtype=np.int64)))
        self.bid, self.bidder = np.zeros(self.seat[-1], np.int64), np.zeros(self.seat[-1], np.int32)
        self.size = np.zeros(len(self.capacity), np.int32)

    def run(self, active: Ints) -> Ints:
        rows = len(self.partner)
        asking, parked = np.zeros(rows + 1, np.int32), np.zeros(rows + 1, np.int32)
        asking[: len(active)] = active
        lists = (self.count, self.item, self.w, self.key, self.bound)
        state = AuctionStruct(
            self.k,
            *(at(array, np.int32) for array in lists),
            at(self.price, np.int64),
            at(self.capacity, np.int32),
            at(self.seat, np.int64),
            at(self.bid, np.int64),
            *(at(array, np.int32) for array in (self.bidder, self.size, self.partner)),
            self.step,
            self.slack,
        )
        begin, end = (c_void_p(at(array, np.int32)) for array in (asking, parked))
        self.library.chanjiao_auction.restype = c_int64
        count = self.library.chanjiao_auction(byref(state), begin, c_int64(len(active)), end)
        if count < 0:
            raise MemoryError("the kernel ran out of memory")
        return np.sort(parked[:count])


def auction(source: Source, step: int, price: Longs | None = None, length: int = LENGTH) -> Auction:
    """Sell all seats in steps of ``step`` units, from nothing or from earlier prices."""
    people = len(source.people)
    start = np.zeros(len(source.positions), np.int64) if price is None else price
    library = source.machine.library
    held = Auction(seats_of(source), people, start, step, length)
    if library is not None:
        held = CompiledAuction(held, library)
    asking = source.everyone(Side.PEOPLE)
    while len(asking):
        held.ask(source, asking)
        asking = held.run(asking)
    return held


def listed_bound(held: Auction) -> int:
    """The dual bound without another question: the last place of a list bounds what is not on it.

    Prices have only risen since each list was made.
    """
    used = np.arange(held.k) < held.count[:, None]
    value = np.where(used, held.w - held.price[held.item], LOW)
    profit = np.maximum(value.max(axis=1, initial=LOW), held.bound)
    paid = (held.capacity.astype(np.int64) * np.where(held.capacity > 0, held.price, 0)).sum()
    return int(paid + np.maximum(profit, 0).sum())


def dual_bound(source: Source, price: Longs) -> int:
    """No matching is worth more: all seats at their price and everyone's best profit at them."""
    seats = np.minimum(source.capacity, len(source.people)).astype(np.int64)
    at_most = np.minimum(price, SAFE).astype(np.int32)
    open_ = np.where(source.capacity == 0, SAFE, at_most).astype(np.int32)
    everyone = source.everyone(Side.PEOPLE)
    lists = source.ask(Ask(Side.PEOPLE, everyone, 1, price=open_), keep=("w",))
    has = lists.found > 0
    profit = lists.w[has, 0].astype(np.int64) - open_[lists.item[has, 0]]
    return int((seats * at_most * (seats > 0)).sum() + np.maximum(profit, 0).sum())
