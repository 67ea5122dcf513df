"""The compiled kernels, where this machine has them; numpy stands in for them everywhere else."""

import ctypes
import os
from ctypes import Structure, c_int32, c_int64, c_void_p
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.asking import Ask, Lists, Side
from chanjiao.engines.matching.faults import fault

ABI = 4


@cache
def library() -> ctypes.CDLL | None:
    """The library of ``chanjiao-kernels``; ``CHANJIAO_KERNELS=off`` does without."""
    if os.environ.get("CHANJIAO_KERNELS") == "off":
        return None
    try:
        import chanjiao_kernels  # type: ignore[import-not-found,import-untyped,unused-ignore]

        loaded = ctypes.CDLL(str(chanjiao_kernels.library()))
        return loaded if loaded.chanjiao_abi() == ABI else None
    except (ImportError, OSError, AttributeError):
        return None


def chosen(backend: str) -> ctypes.CDLL | None:
    """``auto`` takes C where it is there; ``c`` insists; ``numpy`` does without."""
    if backend not in ("auto", "c", "numpy"):
        raise fault(f"后端 {backend!r} 须为 auto、c 或 numpy。", f"No backend {backend!r}.")
    found = None if backend == "numpy" else library()
    if backend == "c" and found is None:
        raise fault(
            "没有编译好的内核；请安装 chanjiao-kernels，或用 backend='auto'。",
            "No compiled kernels here; install chanjiao-kernels or use backend='auto'.",
        )
    return found


def at(array: npt.NDArray[Any] | None, kind: type[np.generic]) -> int | None:
    """Where an array lies. It has to be of the kind the kernel reads, and in one piece."""
    if array is None:
        return None
    assert array.dtype == kind, (array.dtype, kind)
    assert array.flags.c_contiguous
    return array.ctypes.data


class AskStruct(Structure):
    _fields_ = [
        ("count", c_int64), ("ids", c_void_p), ("k", c_int64), ("key", c_int32),
        ("other_is_v", c_int32), ("price", c_void_p), ("floor_value", c_void_p),
        ("floor_id", c_void_p), ("bar", c_void_p), ("spread", c_int64), ("items", c_int64),
        ("share_u", c_int32), ("share_v", c_int32),
    ]  # fmt: skip


class AnswerStruct(Structure):
    _fields_ = [
        ("found", c_void_p), ("item", c_void_p), ("u", c_void_p), ("v", c_void_p),
        ("w", c_void_p), ("feasible", c_void_p),
    ]  # fmt: skip


def asked(ask: Ask, queries: int, items: int, shares: tuple[int, int]) -> AskStruct:
    floor = ask.floor or (None, None)
    return AskStruct(
        len(ask.ids), at(ask.ids, np.int32), ask.k, int(ask.key),
        int(ask.side is Side.PEOPLE), at(ask.price, np.int32), at(floor[0], np.int32),
        at(floor[1], np.int32), at(ask.bar, np.int32), queries if ask.spread else 0, items, *shares,
    )  # fmt: skip


def answering(lists: Lists) -> AnswerStruct:
    arrays = (lists.found, lists.item, lists.u, lists.v, lists.w)
    return AnswerStruct(*(at(a, np.int32) for a in arrays), at(lists.feasible, np.int64))


def checked(code: int) -> None:
    if code:
        raise MemoryError("the kernel ran out of memory")
