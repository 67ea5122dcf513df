"""What is asked of a market and what it answers: ranked lists, as whole numbers."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.columns import Ints, Longs

LEAST = -(2**31)
MOST = 2**31 - 1


class Side(StrEnum):
    """Who asks for a list of the other side."""

    PEOPLE = "people"
    POSITIONS = "positions"

    @property
    def other(self) -> "Side":
        return Side.POSITIONS if self is Side.PEOPLE else Side.PEOPLE


class Key(IntEnum):
    """What ranks a list: both sides' sum, the person's utility or the position's."""

    SUM = 0
    PERSON = 1
    POSITION = 2

    @staticmethod
    def own(side: Side) -> "Key":
        return Key.PERSON if side is Side.PEOPLE else Key.POSITION


@dataclass(frozen=True, slots=True)
class Ask:
    """For each of ``ids`` (row numbers of ``side``) the best ``k`` of the other side.

    ``price`` (one an item, 0 or more) is taken off the key. ``floor`` (value, id: one an item) lets
    an item take only whom it values above ``value``, or at it and with a row number below ``id``.
    Ties go to the lower row number; ``spread`` starts each query's count elsewhere, so that a crowd
    with equal scores parts. With a ``bar`` (one a query) only keys above it are listed and counted,
    and only with items whose floor lets the query pass. ``k`` = 0 only counts.
    """

    side: Side
    ids: Ints
    k: int
    key: Key = Key.SUM
    price: Ints | None = None
    floor: tuple[Ints, Ints] | None = None
    spread: bool = False
    bar: Ints | None = None

    def part(self, rows: Longs) -> "Ask":
        ids = self.ids[rows]
        return Ask(self.side, ids, self.k, self.key, self.price, self.floor, self.spread, self.bar)


@dataclass(frozen=True, slots=True)
class Lists:
    """Ranked lists, one a row: ``found`` of ``k`` places are used, the others hold item -1."""

    found: Ints
    item: Ints
    u: Ints
    v: Ints
    w: Ints
    feasible: Longs

    @staticmethod
    def empty(rows: int, k: int, keep: tuple[str, ...] = ("u", "v", "w")) -> "Lists":
        u, v, w = (np.zeros((rows if name in keep else 0, k), np.int32) for name in "uvw")
        item = np.full((rows, k), -1, np.int32)
        return Lists(np.zeros(rows, np.int32), item, u, v, w, np.zeros(rows, np.int64))

    def put(self, rows: Longs, part: "Lists", keep: tuple[str, ...]) -> None:
        """Take over ``part`` as these rows."""
        for name in ("found", "item", "feasible", *keep):
            getattr(self, name)[rows] = getattr(part, name)

    @property
    def used(self) -> npt.NDArray[np.bool_]:
        """Which places hold an item, shape (rows, k)."""
        found: npt.NDArray[np.bool_] = np.arange(self.item.shape[1]) < self.found[:, None]
        return found


def offsets(ask: Ask, queries: int, items: int) -> Longs:
    """Where each query's count of items begins when ties are spread."""
    if not ask.spread:
        return np.zeros(len(ask.ids), np.int64)
    return ask.ids.astype(np.int64) * items // queries


def ranks(
    ask: Ask, key: npt.NDArray[np.int64], item: Longs, offset: Longs, items: int
) -> Longs:  # fmt: skip
    """Key and place of the item in one number; the greatest comes first."""
    low = item - offset
    low = np.where(low < 0, low + items, low)
    return key * 2**32 + (0xFFFFFFFF - low)
