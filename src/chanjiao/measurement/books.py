"""Indicator books that ship with the product."""

from functools import cache
from pathlib import Path

from chanjiao.engines.composite import Book, read_book

FOLDER = Path(__file__).parent / "data" / "books"
DEFAULT = "iei22"


@cache
def packaged(code: str = DEFAULT) -> Book:
    """The book of that code as it ships; raises ``KeyError`` for one that doesn't."""
    path = FOLDER / f"{code}.yaml"
    if code not in packaged_codes():
        raise KeyError(code)
    return read_book(path.read_text(encoding="utf-8"))


def packaged_codes() -> list[str]:
    """Codes of all books in the package."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
