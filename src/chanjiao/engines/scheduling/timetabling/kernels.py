"""The compiled steps, where this machine has them; ``stepping`` stands in everywhere else."""

import ctypes
import os
from ctypes import POINTER, Structure, byref, c_int32, c_int64, c_uint64, c_void_p
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from chanjiao.engines.scheduling.timetabling.stepping import Stepper
from chanjiao.engines.scheduling.timetabling.tables import State, Tables

ABI = 1
_SIZES = ("lectures", "courses", "rooms", "days", "per_day", "curricula", "words")
_TABLES = (
    "course",
    "over",
    "open",
    "conflict",
    "least_days",
    "first",
    "member",
    "content",
    "lonely",
)
_ARRAYS = (
    "period", "room", "slot", "busy", "on_day", "days_used", "in_room", "mask",
    "best_period", "best_room",
)  # fmt: skip


class _Table(Structure):
    _fields_ = [*((name, c_int32) for name in _SIZES), *((name, c_void_p) for name in _TABLES)]


class _State(Structure):
    _fields_ = [
        *((name, c_void_p) for name in _ARRAYS),
        ("random", c_uint64),
        ("cost", c_int64),
        ("best", c_int64),
    ]


@cache
def library() -> Any:
    """The function of ``chanjiao-kernels``, or nothing; ``CHANJIAO_KERNELS=off`` does without."""
    if os.environ.get("CHANJIAO_KERNELS") == "off":
        return None
    try:
        import chanjiao_kernels  # type: ignore[import-not-found,import-untyped,unused-ignore]

        loaded = ctypes.CDLL(str(chanjiao_kernels.library()))
        steps, fits = loaded.chanjiao_timetable_steps, loaded.chanjiao_timetable_abi() == ABI
    except (ImportError, OSError, AttributeError):
        return None
    if not fits:
        return None
    steps.restype = c_int32
    steps.argtypes = [
        POINTER(_Table), POINTER(_State), c_void_p, c_int64, c_int32, c_int32, c_int64,
    ]  # fmt: skip
    return steps


def is_compiled() -> bool:
    return library() is not None


class Runner:
    """Takes a state forward, compiled where it can be; ``plain`` insists on Python."""

    def __init__(self, tables: Tables, state: State, *, plain: bool = False) -> None:
        self.tables, self.state = tables, state
        self._steps = None if plain else library()
        if self._steps is not None:
            self._table, self._held = _table(tables), _held(state)

    def run(
        self,
        chance: npt.NDArray[np.uint32],
        steps: int,
        shares: tuple[int, int],
        enough: int,
    ) -> None:
        """``steps`` steps with the chances ``chance[delta]``; stops at a cost of ``enough``."""
        if self._steps is None:
            stepper = Stepper(self.tables, self.state)
            stepper.run(chance.tolist(), steps, *shares, enough)
            stepper.write_back()
            return
        state = self.state
        self._held.random, self._held.cost, self._held.best = state.random, state.cost, state.best
        if self._steps(
            byref(self._table), byref(self._held), chance.ctypes.data, steps, *shares, enough
        ):
            raise MemoryError
        state.random, state.cost, state.best = (
            self._held.random,
            self._held.cost,
            self._held.best,
        )


def _table(tables: Tables) -> _Table:
    instance = tables.instance
    found = _Table(
        len(tables.course),
        len(instance.courses),
        len(instance.rooms),
        instance.days,
        instance.per_day,
        len(tables.content),
        tables.conflict.shape[1],
    )
    for name in _TABLES:
        setattr(found, name, _at(getattr(tables, name)))
    return found


def _held(state: State) -> _State:
    found = _State()
    for name in _ARRAYS:
        setattr(found, name, _at(getattr(state, name)))
    return found


def _at(array: npt.NDArray[Any]) -> int:
    assert array.flags.c_contiguous
    return int(array.ctypes.data)
