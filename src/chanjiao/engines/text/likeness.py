"""Whether two paragraphs say the same, give or take a few characters."""

from zlib import crc32

SAME = 0.9
SHORTEST = 30
PIECE = 4
MARKS = 8
LONGEST = 2000


def nearly_same(one: str, other: str) -> bool:
    """True from nine tenths of common character pairs on; short texts have to be equal."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 0.15 * max(
        len(one), len(other)
    ):
        return False
    left, right = _pairs(one), _pairs(other)
    return len(left & right) >= SAME * len(left | right)


def sketch(text: str) -> frozenset[str]:
    """A few marks of a text that nearly the same text has too: its smallest pieces by hash.

    Two texts that share nine tenths of their pairs share one of eight such marks all but surely.

    >>> len(sketch("今天下午，学校召开推进会，会上为十家校外实训基地授牌。") & sketch("今天")) == 0
    True
    """
    if len(text) < SHORTEST:
        return frozenset({text})
    pieces = {text[i : i + PIECE] for i in range(min(len(text), LONGEST) - PIECE + 1)}
    return frozenset(sorted(pieces, key=_hashed)[:MARKS])


def _hashed(piece: str) -> int:
    return crc32(piece.encode("utf-8", "surrogatepass"))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
