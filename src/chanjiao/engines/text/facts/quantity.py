"""A number with its unit, before anybody knows what it counts."""

from dataclasses import dataclass
from decimal import Decimal

from chanjiao.engines.text.facts.model import Qualifier


@dataclass(frozen=True, slots=True)
class Amount:
    """``start`` to ``end`` holds number, unit and the words that say how exact it is.

    ``core`` is where the number itself begins; written means in Chinese numerals.
    """

    start: int
    end: int
    core: int
    value: Decimal
    unit: str
    qualifier: Qualifier = "exact"
    upper: Decimal | None = None
    is_written: bool = False
