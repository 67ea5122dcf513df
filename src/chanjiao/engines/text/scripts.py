"""Traditional characters that a machine made out of a simplified text, made simplified again."""

from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

from chanjiao.engines.text.draft import Change
from chanjiao.engines.text.shifts import converted, simplified

PIECE = 20_000
FOREIGN_SHARE = 0.04
FEWEST_FOREIGN = 6
NATIVE_SHARE = 0.25


def changed_characters(text: str) -> int:
    """How many characters would be another in simplified script."""
    plain = simplified(text)
    if plain == text:
        return 0
    return sum(a != b for a, b in zip(text, plain, strict=False))


def is_foreign(text: str) -> bool:
    """Whether a page as a whole is in traditional script, not just a name or a title in it."""
    foreign = changed_characters(text)
    if foreign < FEWEST_FOREIGN or foreign < FOREIGN_SHARE * len(text):
        return False
    native = sum(a != b for a, b in zip(text, _to_traditional(text), strict=False))
    return native < foreign * NATIVE_SHARE


def simplify(text: str) -> Iterator[Change]:
    """Character by character where lengths agree, else the differing stretch as a whole."""
    for at in range(0, len(text), PIECE):
        piece = text[at : at + PIECE]
        plain = simplified(piece)
        if len(plain) == len(piece):
            yield from (
                (at + i, at + i + 1, b)
                for i, (a, b) in enumerate(zip(piece, plain, strict=True))
                if a != b
            )
        else:
            yield at, at + len(piece), plain


def _to_traditional(text: str) -> str:
    return converted(_converter(), text)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")
