"""What the schools have: majors, classes by the year they finish, yearly figures, students."""

from collections.abc import Iterator
from dataclasses import dataclass

from chanjiao.demo.region import Region, School

#: Graduates of a year against those in the packaged table: two years before the present one, the
#: year before, the present one, the next.
GROWTH = {-2: 0.94, -1: 1.0, 0: 1.06, 1: 1.08}
DURATION = {"中职": 3, "技工高级": 4, "高职专科": 3, "本科": 4}
ROSTERS = ("460305", "460103", "430301", "530302")  # classes of the lead school with names
NEW_MAJOR = "430504"
STOPPED = ("东渡职业中专", "73-01")


@dataclass(frozen=True, slots=True)
class Class:
    """Who finishes one major at one school in one year; ``size`` counts people at entry."""

    school: str
    major: str
    level: str
    entered: int
    finishes: int
    name: str
    size: int


def classes(region: Region, year: int) -> Iterator[Class]:
    """Classes that finish from two years before ``year`` to one year after it."""
    for school in region.schools:
        for major, graduates in school.majors:
            for offset, growth in GROWTH.items():
                size = _size(school, major, round(graduates * growth), offset)
                finishes = year + offset
                entered = finishes - DURATION[school.level]
                yield Class(
                    school.name, major, school.level, entered, finishes,
                    f"{major[-2:]}-{entered % 100:02d}级", size,
                )  # fmt: skip


def _size(school: School, major: str, size: int, offset: int) -> int:
    """Accounting at the Dongdu school shrinks until nobody is taken in any more."""
    if (school.name, major) == STOPPED and offset > 0:
        return 62
    return size
