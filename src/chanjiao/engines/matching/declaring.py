"""What a market is judged by: hard conditions, factors of wishes, and their weights as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chanjiao.engines.matching.faults import fault

_PROTECTED = """
    sex gender age birth birthday birth_date birth_year born_on ethnicity ethnic nationality race
    religion marital marital_status married pregnant pregnancy children household hukou native_place
    disability disabled health political political_status height weight appearance photo surname
    性别 年龄 出生 出生日期 出生年月 生日 民族 种族 国籍 宗教 宗教信仰 婚姻 婚姻状况 婚否 生育
    生育状况 怀孕 户籍 户口 籍贯 残疾 健康 健康状况 政治面貌 身高 体重 外貌 相貌 照片 姓氏
"""
PROTECTED = frozenset(_PROTECTED.split())


def refuse_protected(names: Iterable[str], protected: frozenset[str] = PROTECTED) -> None:
    """Raise ``MarketFault`` where a column is one that nobody may be chosen by."""
    for name in names:
        if name.strip().casefold().replace(" ", "_").replace("-", "_") in protected:
            raise fault(
                f"列 {name} 是受保护的个人特征，不得用于匹配；请删去该列。",
                f"Column {name} is a protected attribute and no input to matching; leave it out.",
            )


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The person's values and the position's share at least one; an empty set asks for nothing."""

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """The person has everything that the position asks for (certificates)."""

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Both sides share nothing: no own company, no position that was declined, no conflict."""

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The person's number reaches the position's (education); nothing asked is reached by all.

    A person whose number is unknown does not meet a position that asks for one.
    """

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """The person's number does not exceed the position's (wage asked and wage paid).

    A person who asks for nothing accepts all; a position that says nothing meets no demand.
    """

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A value 0–1 for each pair of codes (major × occupation, home × place of work)."""

    name: str
    person: str
    position: str
    table: Mapping[tuple[str, str], float] = field(default_factory=dict)
    otherwise: float = 0.0
    same: float | None = None


@dataclass(frozen=True, slots=True)
class Covers:
    """The weighted share of what the position names that the person has (skills met)."""

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosine of both sides' weighted names: 1 where they name the same in the same measure."""

    name: str
    person: str
    position: str


@dataclass(frozen=True, slots=True)
class Rise:
    """From 0 where the position offers what the person asks for to 1 at ``span`` above it.

    ``relative`` takes the span as a share of what is asked for. Nothing known counts 0.
    """

    name: str
    person: str
    position: str
    span: float
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Merit:
    """A number 0–1 of the person alone (grade); the column is used as it stands."""

    name: str
    person: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """A number 0–1 of the position alone (popularity, quality of training)."""

    name: str
    position: str


Condition = AnyOf | AllOf | NoneOf | AtLeast | AtMost
Factor = Fit | Covers | Likeness | Rise | Merit | Appeal


@dataclass(frozen=True, slots=True)
class Scheme:
    """Weights as data: what each side cares for, and how much each side counts in the sum.

    A side's utility is the weighted mean of its factors, 0–1. Shares are whole numbers 0–100.
    ``protected`` are the columns that are refused.
    """

    version: str
    person: Mapping[str, float]
    position: Mapping[str, float]
    person_share: int = 1
    position_share: int = 1
    protected: frozenset[str] = PROTECTED

    def checked(self, factors: Iterable[Factor]) -> "Scheme":
        known = {factor.name for factor in factors}
        for side in (self.person, self.position):
            for name, weight in side.items():
                if name not in known:
                    raise fault(
                        f"方案 {self.version} 给未知因素 {name} 定了权重。",
                        f"Scheme {self.version} weighs {name}, which is no factor of the market.",
                    )
                if not 0 <= weight < float("inf"):
                    raise fault(
                        f"因素 {name} 的权重 {weight} 须不小于 0。",
                        f"Weight {weight} of {name} must be 0 or more.",
                    )
        shares = (self.person_share, self.position_share)
        if not all(isinstance(s, int) and 0 <= s <= 100 for s in shares) or sum(shares) == 0:
            raise fault(
                f"双方占比 {shares} 须为 0–100 的整数且不同为 0。",
                f"Shares {shares} must be whole numbers 0–100, not both 0.",
            )
        return self

    def weights(self, name: str) -> tuple[float, float]:
        """Both sides' weight of one factor, each side's weights adding up to 1."""
        person, position = sum(self.person.values()), sum(self.position.values())
        return (
            self.person.get(name, 0.0) / person if person else 0.0,
            self.position.get(name, 0.0) / position if position else 0.0,
        )
