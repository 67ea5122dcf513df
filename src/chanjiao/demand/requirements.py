"""Schooling and experience as companies write them, as the choices of a demand."""

from typing import Any

from chanjiao.demand.choices import Education, Experience
from chanjiao.engines.taxonomy.postings import fields

#: From which year of experience on each choice holds.
SPANS = (
    (10, Experience.TEN), (7, Experience.SEVEN), (4, Experience.FOUR), (1, Experience.ONE),
)  # fmt: skip


def education_of(text: str) -> str:
    """The least schooling that the words ask for; nothing where they tell none.

    >>> education_of("统招大专以上学历，本科优先"), education_of("本科优先"), education_of("看情况")
    ('2', '0', '')
    """
    told = fields.education(text)
    if told is None:
        return ""
    return str(told.level) if told.is_required else str(Education.ANY.value)


def experience_of(text: str) -> str:
    """The choice that holds the fewest years asked for.

    >>> experience_of("3年以上工作经验"), experience_of("应届生可"), experience_of("有经验优先")
    ('1-3', '0', 'any')
    """
    told = fields.experience(text)
    return span_of(told) if told is not None else ""


def span_of(told: Any) -> str:
    """An experience that was read as a choice; a mere wish asks for none."""
    if told.is_any or not (told.is_required or told.low is not None):
        return str(Experience.ANY.value)
    if told.low is None:
        return ""
    least = (choice for years, choice in SPANS if told.low >= years)
    return str(next(least, Experience.NONE).value)
