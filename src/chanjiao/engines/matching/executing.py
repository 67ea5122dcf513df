"""Who does the work: threads of this machine by default, anything with one method instead.

An executor holds no state of the matching: each round it gets asks (with prices or floors in them)
and gives back lists in the same order.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, Protocol

from chanjiao.engines.matching.asking import Ask, Lists


class Answering(Protocol):
    """Anything that answers one ask: a market."""

    def answer(self, ask: Ask) -> Lists: ...


class Executor(Protocol):
    """The one method that scale-out needs."""

    def run(self, market: Answering, asks: Sequence[Ask]) -> list[Lists]: ...


def available() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Threads:
    """Threads of one process; the kernels release the interpreter."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or available()

    def run(self, market: Answering, asks: Sequence[Ask]) -> list[Lists]:
        if self.workers == 1 or len(asks) == 1:
            return [market.answer(ask) for ask in asks]
        with ThreadPoolExecutor(self.workers) as pool:
            return list(pool.map(market.answer, asks))


_MARKET: list[Any] = []


def _hold(market: Answering) -> None:
    _MARKET[:] = [market]


def _answer(ask: Ask) -> Lists:
    answer: Lists = _MARKET[0].answer(ask)
    return answer


class Processes:
    """Worker processes that each hold the market; closed with ``close`` or a ``with`` block."""

    def __init__(self, workers: int = 2) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._market: Answering | None = None

    def run(self, market: Answering, asks: Sequence[Ask]) -> list[Lists]:
        if self._pool is None or self._market is not market:
            self.close()
            self._pool = ProcessPoolExecutor(self.workers, initializer=_hold, initargs=(market,))
            self._market = market
        return list(self._pool.map(_answer, asks))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
        self._pool = self._market = None

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()
