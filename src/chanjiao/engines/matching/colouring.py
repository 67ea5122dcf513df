"""Edge colouring of a bipartite graph with as many colours as its largest degree (Kőnig, 1916)."""

import ctypes
from ctypes import c_int64, c_void_p

import numpy as np

from chanjiao.engines.matching.columns import Ints
from chanjiao.engines.matching.kernels import at, checked


def coloured(one: Ints, other: Ints, colours: int, library: ctypes.CDLL | None) -> Ints:
    """A colour 0 … colours − 1 for each edge so that no node has one twice.

    ``one`` and ``other`` are the ends of each edge on both sides; ``colours`` is at least the
    largest degree. Edges are taken in their order: the same edges give the same colours.
    """
    left, right = (int(a.max(initial=-1)) + 1 for a in (one, other))
    colour = np.full(len(one), -1, np.int32)
    at_one = np.full(left * colours, -1, np.int32)
    at_other = np.full(right * colours, -1, np.int32)
    if library is None:
        _by_hand(one.tolist(), other.tolist(), colours, colour)
        return colour
    ends = [c_void_p(at(np.ascontiguousarray(a, np.int32), np.int32)) for a in (one, other)]
    tables = [c_void_p(at(a, np.int32)) for a in (at_one, at_other, colour)]
    checked(
        library.chanjiao_colour(c_int64(len(one)), *ends, c_int64(colours), *tables)
    )  # fmt: skip
    return colour


def _by_hand(one: list[int], other: list[int], colours: int, colour: Ints) -> None:
    at_one: list[list[int]] = [[-1] * colours for _ in range(max(one, default=-1) + 1)]
    at_other: list[list[int]] = [[-1] * colours for _ in range(max(other, default=-1) + 1)]
    for edge, (x, y) in enumerate(zip(one, other, strict=True)):
        mine, theirs = at_one[x], at_other[y]
        both = next((c for c in range(colours) if mine[c] < 0 and theirs[c] < 0), -1)
        if both < 0:
            a, b = mine.index(-1), theirs.index(-1)
            path = _path(one, other, (at_one, at_other), y, (a, b))
            _swap(one, other, (at_one, at_other), path, colour, (a, b))
            both = a
        colour[edge] = both
        mine[both] = theirs[both] = edge


Tables = tuple[list[list[int]], list[list[int]]]


def _path(
    one: list[int], other: list[int], tables: Tables, y: int, pair: tuple[int, int]
) -> list[int]:
    """The edges that leave ``y`` in turn with the first and the second colour."""
    path: list[int] = []
    edge, on_other = tables[1][y][pair[0]], True
    while edge >= 0:
        path.append(edge)
        colour = pair[len(path) % 2]
        edge = tables[0][one[edge]][colour] if on_other else tables[1][other[edge]][colour]
        on_other = not on_other
    return path


def _swap(
    one: list[int],
    other: list[int],
    tables: Tables,
    path: list[int],
    colour: Ints,
    pair: tuple[int, int],
) -> None:
    for edge in path:
        tables[0][one[edge]][colour[edge]] = tables[1][other[edge]][colour[edge]] = -1
    for edge in path:
        new = pair[1] if colour[edge] == pair[0] else pair[0]
        colour[edge] = new
        tables[0][one[edge]][new] = tables[1][other[edge]][new] = edge
