"""Markets that can be asked: by declared factors, or by pairs given one by one."""

from collections.abc import Iterable, Sequence
from ctypes import CDLL
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.asking import Ask, Lists, Side
from chanjiao.engines.matching.columns import Floats, Ints, Longs, Sets, Table, as_numbers, sound
from chanjiao.engines.matching.compiled import MOST_OVERLAPS, IndexedRows, IndexedScan
from chanjiao.engines.matching.compiling import Compiler
from chanjiao.engines.matching.declaring import (
    Condition,
    Covers,
    Factor,
    Likeness,
    Scheme,
    refuse_protected,
)
from chanjiao.engines.matching.executing import Executor, Threads
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.kernels import chosen
from chanjiao.engines.matching.scanning import DenseScan, Rows
from chanjiao.engines.matching.terms import MICRO, View

CHUNK = 2048  # queries a task
WAVE = 16  # tasks whose answers are held at once
POINTS = ("u", "v", "w")
SAFE = 1_000_000_000  # scores as whole numbers stay below, so that no sum overflows


class Scan(Protocol):
    def answer(self, ask: Ask) -> Lists: ...


@dataclass(frozen=True, slots=True)
class Scores:
    """Whole-number utilities of pairs; ``ok`` tells which pairs are feasible at all."""

    u: Ints
    v: Ints
    w: Ints
    ok: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Machine:
    """What does the work: ``auto`` takes compiled kernels where they are, ``c`` insists on them."""

    backend: str = "auto"
    executor: Executor = field(default_factory=Threads)

    def __post_init__(self) -> None:
        chosen(self.backend)

    @property
    def library(self) -> CDLL | None:
        return chosen(self.backend)


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs by ids with the person's utility, the position's, and the sum that is maximised.

    ``v`` is ``u`` and ``w`` their mean where they are not given.
    """

    person: Sequence[Any]
    position: Sequence[Any]
    u: Any
    v: Any = None
    w: Any = None


class Source:
    """What both kinds of market share. Rows are numbered in the order of the ids."""

    people: npt.NDArray[Any]
    positions: npt.NDArray[Any]
    capacity: Ints
    unit: int  # units in a utility of 1, each side
    total_unit: int  # and in a sum of 1
    machine: Machine

    def answer(self, ask: Ask) -> Lists:
        """One part of an ask, on the spot."""
        return self.scan_of(ask.side).answer(ask)

    def scan_of(self, side: Side) -> Scan:
        raise NotImplementedError

    def scores(self, people: Ints, positions: Ints) -> Scores:
        raise NotImplementedError

    def size(self, side: Side) -> int:
        return len(self.people if side is Side.PEOPLE else self.positions)

    def ask(self, ask: Ask, keep: tuple[str, ...] = POINTS) -> Lists:
        """Ranked lists of all queries asked for; the executor gets them in parts.

        ``keep`` names the points that are wanted of u, v and w, since large lists take memory.
        """
        rows = len(ask.ids)
        at_home = self.machine.library is None and isinstance(self.machine.executor, Threads)
        if at_home or rows <= CHUNK:  # numpy gains nothing from parts
            return self.answer(ask)
        whole = Lists.empty(rows, ask.k, keep)
        order = np.arange(rows)
        scan = self.scan_of(ask.side)  # built once, not by each thread
        if isinstance(scan, IndexedScan) and len(scan.visiting):
            order = np.argsort(scan.visiting[ask.ids], kind="stable")  # the cache stays warm
        parts = np.split(order, range(CHUNK, rows, CHUNK))
        for first in range(0, len(parts), WAVE):
            wave = parts[first : first + WAVE]
            answers = self.machine.executor.run(self, [ask.part(part) for part in wave])
            for part, answer in zip(wave, answers, strict=True):
                whole.put(part, answer, keep)
        return whole

    def __getstate__(self) -> dict[str, Any]:
        """For another process, which has its own threads."""
        return {**self.__dict__, "machine": Machine(self.machine.backend, Threads(1))}

    def everyone(self, side: Side) -> Ints:
        return np.arange(self.size(side), dtype=np.int32)

    def feasible(self) -> int:
        """How many pairs pass all hard conditions."""
        side = Side.PEOPLE
        return int(self.ask(Ask(side, self.everyone(side), 0)).feasible.sum())


def ordered(ids: Any, side: str) -> tuple[npt.NDArray[Any], Longs]:
    """Ids ascending and where they came from; raises ``MarketFault`` on a repeated or empty one."""
    given = plain(ids)
    whole = all(isinstance(each, Integral) and not isinstance(each, bool) for each in given)
    array = np.array(given if whole else [str(each) for each in given])
    if len(array) == 0:
        array = array.astype(np.int64)
    order = np.argsort(array, kind="stable")
    array = array[order]
    again = np.flatnonzero(array[1:] == array[:-1])
    if len(again):
        raise fault(f"{side} {array[again[0]]} 出现两次。", f"Id {array[again[0]]} appears twice.")
    if array.dtype.kind == "U" and len(array) and array[0] == "":
        raise fault(f"{side}有一行没有编号。", "A row has no id.")
    return array, order


def capacities(values: Any, rows: int) -> Ints:
    """Whole numbers 0 or more, one a position; ``None`` is one seat each."""
    if values is None:
        return np.ones(rows, np.int32)
    found = as_numbers(values, "capacity")
    if len(found) != rows:
        raise fault(
            f"名额 {len(found)} 个，岗位 {rows} 个。", f"{len(found)} capacities, {rows} ids."
        )
    bad = ~((found >= 0) & (found == np.floor(found)) & (found < SAFE))
    if bad.any():
        value = found[bad][0]
        raise fault(f"名额 {value} 须为不小于 0 的整数。", f"Capacity {value} must be 0, 1, 2, …")
    return found.astype(np.int32)


def plain(values: Any) -> list[Any]:
    """The cells of an array, of a column of some data frame, or of anything that lists them."""
    for name in ("tolist", "to_pylist", "to_list"):
        if hasattr(values, name):
            return list(getattr(values, name)())
    return list(values)


def arranged(table: Table, side: str) -> tuple[npt.NDArray[Any], Table]:
    """The table in the order of its ids, so that the order of rows never matters."""
    ids, order = ordered(table.ids, side)
    columns: dict[str, Any] = {}
    for name, values in table.columns.items():
        if len(values) != len(ids):
            raise fault(
                f"列 {name} 有 {len(values)} 行，编号有 {len(ids)} 个。",
                f"Column {name} has {len(values)} rows for {len(ids)} ids.",
            )
        if isinstance(values, Sets):
            columns[name] = sound(values, name).rows(order)
        elif isinstance(values, np.ndarray):
            columns[name] = values[order]
        else:
            cells = plain(values)
            columns[name] = [cells[n] for n in order]
    return ids, Table(ids, columns)


class Market(Source):
    """People and positions judged by declared conditions and factors.

    ``capacity`` names the column of positions that tells the seats. Scores are whole millionths;
    equal inputs give equal answers on every backend and in any order of rows. Raises
    ``MarketFault`` for protected attributes, unknown columns, values out of range and repeated ids.
    """

    def __init__(
        self,
        people: Table,
        positions: Table,
        *,
        conditions: Iterable[Condition] = (),
        factors: Iterable[Factor] = (),
        scheme: Scheme,
        capacity: str | None = None,
        machine: Machine | None = None,
    ) -> None:
        refuse_protected((*people.columns, *positions.columns), scheme.protected)
        self.conditions, self.factors = tuple(conditions), tuple(factors)
        _distinct([each.name for each in (*self.conditions, *self.factors)])
        self.scheme = scheme.checked(self.factors)
        if sum(isinstance(each, Covers | Likeness) for each in self.factors) > MOST_OVERLAPS:
            raise fault(
                f"Covers、Likeness 最多 {MOST_OVERLAPS} 个。", f"At most {MOST_OVERLAPS} of Covers."
            )
        self.people, self.people_table = arranged(people, "人员")
        self.positions, self.position_table = arranged(positions, "岗位")
        seats = self.position_table.column(capacity, "岗位") if capacity else None
        self.capacity = capacities(seats, len(self.positions))
        compiler = Compiler(self.people_table, self.position_table)
        self.view = View(
            len(self.people),
            len(self.positions),
            tuple(compiler.term(factor, self.scheme) for factor in self.factors),
            tuple(compiler.test(condition) for condition in self.conditions),
        )
        self.shares = (scheme.person_share, scheme.position_share)
        self.unit, self.total_unit = MICRO, MICRO * sum(self.shares)
        self.machine = machine or Machine()
        self._scans: dict[Side, Scan] = {}

    def scan_of(self, side: Side) -> Scan:
        if side not in self._scans:
            library = self.machine.library
            view = self.view if side is Side.PEOPLE else self.view.mirrored()
            self._scans[side] = (
                IndexedScan(library, view, self.shares)
                if library is not None
                else DenseScan(view, self.shares)
            )
        return self._scans[side]

    def forget(self) -> None:
        """Give up the index; it is built anew when it is needed."""
        self._scans = {}

    def scores(self, people: Ints, positions: Ints) -> Scores:
        """Exact scores of pairs (row numbers), by numpy whatever the backend."""
        query, item = people.astype(np.intp), positions.astype(np.intp)
        u, v = self.view.points(query, item)
        w = self.shares[0] * u + self.shares[1] * v
        return Scores(u, v, w, self.view.feasible(query, item))

    def __getstate__(self) -> dict[str, Any]:
        """Without the index, which each process builds for itself."""
        return {**super().__getstate__(), "_scans": {}}


def _distinct(names: list[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise fault(f"名称 {name} 用了两次。", f"The name {name} is used twice.")


class Pairs(Source):
    """A market given pair by pair: only listed pairs are feasible.

    ``people`` and ``positions`` hold all ids, ``capacity`` the seats of each position. Values are
    kept as whole numbers in units of 10⁻⁶, or coarser where they are too large for it.
    """

    def __init__(
        self,
        people: Any,
        positions: Any,
        listed: Listed,
        *,
        capacity: Any = None,
        machine: Machine | None = None,
    ) -> None:
        self.people, _order = ordered(people, "人员")
        self.positions, order = ordered(positions, "岗位")
        self.capacity = capacities(capacity, len(order))[order]
        self.machine = machine or Machine()
        person = _placed(listed.person, self.people, "人员")
        position = _placed(listed.position, self.positions, "岗位")
        self._quantise(person, position, listed)

    def _quantise(self, person: Longs, position: Longs, listed: Listed) -> None:
        u, v, w = _utilities(listed, len(person))
        largest = max((float(np.abs(a).max(initial=0)) for a in (u, v, w)), default=0.0)
        if largest >= SAFE:
            raise fault(f"效用 {largest:g} 过大。", f"A utility of {largest:g} is too large.")
        digits = next(d for d in range(6, -1, -1) if largest * 10**d < SAFE)
        self.unit = self.total_unit = 10**digits
        order = np.lexsort((position, person))
        person, position = person[order], position[order]
        again = np.flatnonzero((person[1:] == person[:-1]) & (position[1:] == position[:-1]))
        if len(again):
            pair = (self.people[person[again[0]]], self.positions[position[again[0]]])
            raise fault(f"配对 {pair} 出现两次。", f"The pair {pair} is given twice.")
        scores = [np.rint(a[order] * self.unit).astype(np.int32) for a in (u, v, w)]
        self.place = person * len(self.positions) + position
        self.rows: dict[Side, Rows] = {}
        for side in Side:
            mine, other = (person, position) if side is Side.PEOPLE else (position, person)
            by = np.argsort(mine, kind="stable")
            count = np.bincount(mine, minlength=self.size(side))
            start = np.concatenate(([0], np.cumsum(count))).astype(np.int64)
            item = np.ascontiguousarray(other[by], np.int32)
            u_, v_, w_ = (np.ascontiguousarray(s[by]) for s in scores)
            self.rows[side] = Rows(start, item, u_, v_, w_, self.size(side.other))

    def scan_of(self, side: Side) -> Scan:
        library = self.machine.library
        rows = self.rows[side]
        return rows if library is None else IndexedRows(library, rows, (1, 1))

    def scores(self, people: Ints, positions: Ints) -> Scores:
        rows = self.rows[Side.PEOPLE]
        here = self.place
        wanted = people.astype(np.int64) * len(self.positions) + positions
        place = np.minimum(np.searchsorted(here, wanted), max(len(here) - 1, 0))
        if len(here) == 0:
            nothing = np.zeros(len(wanted), np.int32)
            return Scores(nothing, nothing, nothing, np.zeros(len(wanted), np.bool_))
        ok = here[place] == wanted
        u, v, w = (np.where(ok, a[place], 0) for a in (rows.u, rows.v, rows.w))
        return Scores(u, v, w, ok)


def _placed(given: Sequence[Any], ids: npt.NDArray[Any], side: str) -> Longs:
    cells = plain(given)
    wanted = np.array(cells if ids.dtype.kind == "i" else [str(each) for each in cells])
    if len(wanted) == 0:
        return np.zeros(0, np.int64)
    place = np.minimum(np.searchsorted(ids, wanted), max(len(ids) - 1, 0))
    missing = ids[place] != wanted if len(ids) else np.ones(len(wanted), np.bool_)
    if np.any(missing):
        bad = wanted[np.argmax(missing)]
        raise fault(f"配对中的{side} {bad} 不在名单里。", f"A pair names {bad}, which is no id.")
    return place.astype(np.int64)


def _utilities(listed: Listed, rows: int) -> list[Floats]:
    u = as_numbers(listed.u, "u")
    v = u if listed.v is None else as_numbers(listed.v, "v")
    w = (u + v) / 2 if listed.w is None else as_numbers(listed.w, "w")
    for name, values in zip("uvw", (u, v, w), strict=True):
        if len(values) != rows or np.isnan(values).any():
            raise fault(
                f"效用 {name} 须为每个配对给出一个数。", f"Every pair needs a number for {name}."
            )
    return [u, v, w]
