"""The lines of both sides, as plain records, and the crosswalk between them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Where a line names no area or no step of a chain; a place of its own, so that sums hold.
NO_PLACE = ""


class LineFault(ValueError):
    """A line that no arithmetic can use; the message names it, its value and what is right."""


class Basis(StrEnum):
    """Who says so: companies and schools themselves, or a plan that may come true."""

    DECLARED = "declared"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class Wanted:
    """People one company looks for; ``occupation`` is ``None`` while nobody has coded the line."""

    line: str
    company: str
    occupation: str | None
    people: int
    area: str = NO_PLACE
    node: str = NO_PLACE
    basis: Basis = Basis.DECLARED
    industry: str = NO_PLACE

    def __post_init__(self) -> None:
        if self.people <= 0:
            raise LineFault(
                f"需求 {self.line} 的人数 {self.people} 须大于 0。"
                f" Demand {self.line} asks for {self.people} people; it must be more than 0."
            )


@dataclass(frozen=True, slots=True)
class Trained:
    """A class about to finish. ``size`` is ``None`` where the school has not said: not zero.

    ``loss`` is the share that leaves before the end, ``further`` the share of finishers that
    study on; both lie between 0 and 1.
    """

    line: str
    school: str
    major: str
    size: int | None
    loss: Fraction
    further: Fraction
    area: str = NO_PLACE
    basis: Basis = Basis.DECLARED

    def __post_init__(self) -> None:
        if self.size is not None and self.size < 0:
            raise LineFault(
                f"班级 {self.line} 的人数 {self.size} 须不小于 0。"
                f" Class {self.line} has size {self.size}; it must not be below 0."
            )
        for name, share in (("流失率 loss", self.loss), ("升学率 further study", self.further)):
            if not 0 <= share <= 1:
                raise LineFault(
                    f"班级 {self.line} 的{name} {share} 须在 0 与 1 之间。"
                    f" The {name} of class {self.line} is {share}; it must lie between 0 and 1."
                )


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the crosswalk: graduates of the major can do the occupation, this strongly."""

    major: str
    occupation: str
    strength: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.strength <= 1:
            raise LineFault(
                f"对照 {self.major}→{self.occupation} 的强度 {self.strength} 须大于 0、不大于 1。"
                f" The link's strength is {self.strength}; it must be above 0 and at most 1."
            )
