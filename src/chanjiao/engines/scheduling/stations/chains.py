"""A place for one more group by moving few others, who make room for one another."""

import time
from collections.abc import Sequence

from chanjiao.engines.scheduling.stations.board import Board, Spot
from chanjiao.engines.scheduling.stations.options import Options

_DEEPEST = 4  # groups moved for one
_BREADTH = 60  # places tried at each link of a chain


class Chains:
    """Looks for the shortest chain first; what fails is put back as it was."""

    def __init__(self, board: Board, options: Sequence[Options], until: float) -> None:
        self._board, self._options, self._until = board, options, until
        self._spots: dict[int, list[Spot]] = {}

    def place(self, n: int) -> bool:
        """Whether a place was found for ``n`` with at most four others moved."""
        if self._settle(n, 0, set()):
            return True
        for most in range(1, _DEEPEST + 1):
            if self._settle(n, most, {n}):
                return True
            if time.perf_counter() > self._until:
                return False
        return False

    def _of(self, n: int) -> list[Spot]:
        if n not in self._spots:
            self._spots[n] = self._options[n].spots()
        return self._spots[n]

    def _settle(self, n: int, most: int, pinned: set[int]) -> bool:
        board = self._board
        free = next((spot for spot in self._of(n) if board.fits(n, *spot)), None)
        if free is not None:
            board.put(n, *free)
            return True
        if not most or time.perf_counter() > self._until:
            return False
        for out, spot in self._choices(n, most, pinned):
            if self._exchange(n, spot, out, most, pinned):
                return True
        return False

    def _choices(self, n: int, most: int, pinned: set[int]) -> list[tuple[set[int], Spot]]:
        found = []
        for spot in self._of(n):
            out = self._board.blockers(n, *spot)
            if out and len(out) <= most and not out & pinned:
                found.append((out, spot))
        found.sort(key=lambda one: len(one[0]))
        return found[:_BREADTH]

    def _exchange(self, n: int, spot: Spot, out: set[int], most: int, pinned: set[int]) -> bool:
        """Put ``n`` there and find places for those who go; all or nothing."""
        board = self._board
        before = dict(board.at)
        for one in out:
            board.take(one)
        if board.fits(n, *spot):
            board.put(n, *spot)
            left = most - len(out)
            if all(self._settle(one, left, pinned | out) for one in sorted(out)):
                return True
        self._restore(before)
        return False

    def _restore(self, before: dict[int, Spot]) -> None:
        board = self._board
        for one in [one for one, spot in board.at.items() if before.get(one) != spot]:
            board.take(one)
        for one, spot in before.items():
            if one not in board.at:
                board.put(one, *spot)
