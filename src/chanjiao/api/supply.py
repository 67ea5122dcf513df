"""Supply as the one who asks may see it: offerings are public, figures are the school's own."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from chanjiao.api.paging import Cursor, Limit, by_key
from chanjiao.api.routing import get
from chanjiao.api.schemas import (
    BodyOut,
    CodeRef,
    CohortOut,
    CohortPage,
    ExpectedAnswer,
    ExpectedOut,
    OfferingOut,
    OfferingPage,
    RateOut,
    YearOut,
    YearPage,
)
from chanjiao.core import clock
from chanjiao.supply.choices import Level, OfferingState
from chanjiao.supply.metrics import counted, lines_of
from chanjiao.supply.queries import (
    cohorts_visible_to,
    offerings_visible_to,
    offerings_with_figures_for,
    years_visible_to,
)

router = Router(tags=["专业供给 Supply"])
LARGEST_ID = 2**53
METHOD = "size × (1 − loss) × (1 − further study)"
SchoolId = Annotated[int | None, Query(None, ge=1, le=LARGEST_ID, description="学校编号")]
OfferingId = Annotated[int | None, Query(None, ge=1, le=LARGEST_ID, description="专业点编号")]
SchoolYear = Annotated[int | None, Query(None, ge=2000, le=2100, description="学年")]
Graduation = Annotated[int | None, Query(None, ge=2000, le=2100, description="毕业年份")]


@get(router, "/offerings", name="offerings", thing="supply", response=OfferingPage)
def offerings(
    request: HttpRequest,
    school: SchoolId = None,
    code: Annotated[str | None, Query(None, max_length=20, description="专业代码")] = None,
    level: Annotated[Level | None, Query(None, description="层次")] = None,
    state: Annotated[OfferingState | None, Query(None, description="设置状态")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """开设专业 Majors that schools offer."""
    wanted = {"school_id": school, "code": code, "level": level, "state": state}
    kept = {name: value for name, value in wanted.items() if value is not None}
    return by_key(offerings_visible_to(request.actor).filter(**kept), limit, cursor, offering_out)


@get(router, "/offerings/{int:id}", name="offering", thing="supply", response=OfferingOut)
def offering(request: HttpRequest, id: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Any:  # noqa: A002
    """一个专业点 One offering."""
    found = offerings_visible_to(request.actor).filter(pk=id).first()
    if found is None:
        raise Http404
    return offering_out(found)


@get(router, "/years", name="years", thing="supply_figures", response=YearPage)
def years(
    request: HttpRequest, offering: OfferingId = None, year: SchoolYear = None, limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:  # fmt: skip
    """专业年度数据 Yearly figures of offerings."""
    rows = years_visible_to(request.actor)
    if offering is not None:
        rows = rows.filter(offering_id=offering)
    if year is not None:
        rows = rows.filter(year=year)
    return by_key(rows, limit, cursor, year_out)


@get(router, "/cohorts", name="cohorts", thing="supply_figures", response=CohortPage)
def cohorts(
    request: HttpRequest,
    offering: OfferingId = None,
    graduation_year: Graduation = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """班级与届次 Classes with their size; no student is named here."""
    rows = cohorts_visible_to(request.actor)
    if offering is not None:
        rows = rows.filter(offering_id=offering)
    if graduation_year is not None:
        rows = rows.filter(graduates_on__year=graduation_year)
    return by_key(rows, limit, cursor, cohort_out)


@get(router, "/expected", name="expected", thing="supply_figures", response=ExpectedAnswer)
def expected(
    request: HttpRequest,
    year: Annotated[int, Query(ge=2000, le=2100, description="毕业年份")],
) -> Any:
    """预计毕业生 Expected graduates of a year by offering, each rate with what it rests on."""
    today = clock.today()
    mine = offerings_with_figures_for(request.actor).values("pk")
    rows = counted(today).filter(pk__in=mine)
    return ExpectedAnswer(
        year=year, as_of=today, method=METHOD,
        items=[expected_out(line) for line in lines_of(rows, year, today)],
    )  # fmt: skip


def offering_out(row: Any) -> OfferingOut:
    major = row.major
    return OfferingOut(
        id=row.pk, school=BodyOut(id=row.school_id, name=row.school.name), code=row.code,
        name=row.name, major=CodeRef(code=major.code, name=major.name) if major else None,
        direction=row.direction, level=row.level, form=row.form, duration=row.duration,
        state=row.state, confirmed_on=row.confirmed_on,
    )  # fmt: skip


def year_out(row: Any) -> YearOut:
    return YearOut(
        offering=row.offering_id, year=row.year, plan=row.plan, applied=row.applied,
        admitted=row.admitted, registered=row.registered, enrolled=row.enrolled,
        graduates=row.graduates, further_study=row.further_study,
    )  # fmt: skip


def cohort_out(row: Any) -> CohortOut:
    return CohortOut(
        id=row.pk, offering=row.offering_id, grade=row.grade, class_name=row.class_name,
        size=row.size, graduates_on=row.graduates_on,
    )  # fmt: skip


def expected_out(line: Any) -> ExpectedOut:
    return ExpectedOut(
        offering=line.offering_id, school=line.school_id, major=line.major, level=line.level,
        year=line.year, size=line.size, loss=rate_out(line.loss),
        further_study=rate_out(line.further), expected=line.expected, source=line.source,
    )  # fmt: skip


def rate_out(rate: Any) -> RateOut:
    source = rate.parameter.source if rate.parameter else f"{rate.lost}/{rate.of}"
    return RateOut(value=round(rate.value, 4), basis=rate.basis, source=source)
