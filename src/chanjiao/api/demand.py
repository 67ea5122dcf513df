"""Demand as the one who asks may see it; neither contacts nor free text leave by this door."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from chanjiao.api.paging import Cursor, Limit, by_key
from chanjiao.api.routing import get
from chanjiao.api.schemas import BodyOut, CodeRef, DemandOut, DemandPage
from chanjiao.demand.choices import DemandState
from chanjiao.demand.queries import demands_visible_to

router = Router(tags=["岗位需求 Demand"])
LARGEST_ID = 2**53
State = Annotated[DemandState | None, Query(None, description="状态")]


@get(router, "", name="demands", thing="demand", response=DemandPage)
def demands(
    request: HttpRequest,
    year: Annotated[int | None, Query(None, ge=2000, le=2100, description="需求年度")] = None,
    occupation: Annotated[str | None, Query(None, max_length=20, description="职业代码")] = None,
    state: State = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """岗位需求 Lines of demand: one's own, an area's, members' or the public ones, by role."""
    rows = demands_visible_to(request.actor)
    if year is not None:
        rows = rows.filter(year=year)
    if occupation:
        rows = rows.filter(occupation__code=occupation)
    if state is not None:
        rows = rows.filter(state=state)
    return by_key(rows, limit, cursor, demand_out)


@get(router, "/{int:id}", name="demand", thing="demand", response=DemandOut)
def demand(request: HttpRequest, id: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Any:  # noqa: A002
    """一条需求 One line of demand."""
    found = demands_visible_to(request.actor).filter(pk=id).first()
    if found is None:
        raise Http404
    return demand_out(found)


def demand_out(row: Any) -> DemandOut:
    code = row.occupation
    return DemandOut(
        id=row.pk, number=row.number, company=BodyOut(id=row.company_id, name=row.company.name),
        year=row.year, title=row.title,
        occupation=CodeRef(code=code.code, name=code.name) if code else None,
        headcount=row.headcount, filled=row.filled, education=row.education,
        pay_min_yuan=row.pay_min_yuan, pay_max_yuan=row.pay_max_yuan,
        area=row.area.name if row.area else None, source=row.source, state=row.state,
        confirmed_on=row.confirmed_on, valid_until=row.valid_until,
    )  # fmt: skip
