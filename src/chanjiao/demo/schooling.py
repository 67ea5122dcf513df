"""What the schools have: majors, classes by the year they finish, yearly figures, students."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chanjiao.demo import names
from chanjiao.demo.region import Region, School

#: Graduates of a year against those in the packaged table: two years before the present one, the
#: year before, the present one, the next.
GROWTH = {-2: 0.94, -1: 1.0, 0: 1.06, 1: 1.08}
DURATION = {"中职": 3, "技工高级": 4, "高职专科": 3, "本科": 4}
ROSTERS = ("460305", "460103", "430301", "530302")  # classes of the lead school with names
NEW_MAJOR = "430504"
FORGETFUL = 17
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


def offering_rows(region: Region) -> Iterator[dict[str, object]]:
    """Rows of the sheet of majors: 60 that enrol, and the new one that the lead school files."""
    number = 0
    for school in region.schools:
        for major, _graduates in school.majors:
            number += 1
            yield {
                "school": school.name, "code": major, "level": school.level,
                "duration": DURATION[school.level], "first_year": 2012 + number % 9,
                "state": "在招", "filing_number": f"望澜备〔2021〕{number:03d}号",
            }  # fmt: skip


def new_major_row(region: Region) -> dict[str, object]:
    """Storage materials, planned by the lead school because nobody else teaches it."""
    lead = next(school for school in region.schools if school.is_lead)
    return {
        "school": lead.name, "code": NEW_MAJOR, "level": lead.level,
        "duration": DURATION[lead.level], "state": "拟设",
    }  # fmt: skip


def cohort_rows(found: Iterable[Class]) -> Iterator[dict[str, object]]:
    for one in found:
        yield {
            "school": one.school, "code": one.major, "level": one.level, "grade": one.entered,
            "class_name": one.name, "size": one.size, "graduates_on": f"{one.finishes}-06",
        }  # fmt: skip


def year_rows(found: Sequence[Class], years: Sequence[int]) -> Iterator[dict[str, object]]:
    """Yearly figures; two schools forgot last year's, as happens."""
    by_major: dict[tuple[str, str, str], list[Class]] = {}
    for one in found:
        by_major.setdefault((one.school, one.major, one.level), []).append(one)
    for year in years:
        for number, ((school, major, level), rows) in enumerate(by_major.items()):
            if year == years[-1] and number % FORGETFUL == 5:
                continue
            entering = next((r.size for r in rows if r.entered == year), rows[-1].size)
            yield {
                "school": school, "code": major, "level": level, "year": year,
                "plan": round(entering * 1.05), "admitted": entering + 3, "registered": entering,
                "enrolled": sum(r.size for r in rows if r.entered <= year < r.finishes),
            }  # fmt: skip


def student_rows(region: Region, found: Iterable[Class], year: int) -> Iterator[dict[str, object]]:
    """Every student of a few of the lead school's classes that finish this year or the next."""
    lead = next(school for school in region.schools if school.is_lead)
    number = 0
    for one in found:
        if one.school != lead.name or one.major not in ROSTERS or one.finishes < year:
            continue
        for place in range(one.size):
            number += 1
            born = date(one.entered - 18, 1 + place % 12, 1 + place % 28)
            yield {
                "school": one.school, "number": f"{one.entered}{one.major[-3:]}{place + 1:03d}",
                "name": f"学员{number:04d}",
                "identity_number": names.identity_number(number, f"{born:%Y%m%d}"),
                "birth_on": born.isoformat(), "code": one.major, "level": one.level,
                "grade": one.entered, "class_name": one.name,
            }  # fmt: skip
