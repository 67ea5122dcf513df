"""Demand as the one who asks may see it; neither contacts nor free text leave by this door."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Router, Schema

from chanjiao.api.paging import Cursor, Limit, by_key
from chanjiao.api.routing import get
from chanjiao.api.schemas import BodyOut, CodeRef, DemandOut, DemandPage, NodeRef
from chanjiao.demand.choices import DemandState
from chanjiao.demand.queries import demands_visible_to
from chanjiao.demand.searching import demands_matching
from chanjiao.organisations.queries import path_of_area

router = Router(tags=["岗位需求 Demand"])
LARGEST_ID = 2**53


class Asked(Schema):
    """What lines are asked for; everything together."""

    year: int | None = Field(None, ge=2000, le=2100, description="需求年度")
    occupation: str | None = Field(None, max_length=20, description="职业代码")
    state: DemandState | None = Field(None, description="状态")
    area: str | None = Field(None, max_length=30, description="区域编码，含其下各级")
    node: str | None = Field(None, max_length=80, description="产业链编码/环节编码")


@get(router, "", name="demands", thing="demand", response=DemandPage)
def demands(
    request: HttpRequest,
    asked: Annotated[Asked, Query()],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """岗位需求 Lines of demand: one's own, an area's, members' or the public ones, by role."""
    rows = demands_visible_to(request.actor).select_related("node__chain")
    return by_key(_asked_for(rows, asked), limit, cursor, demand_out)


def _asked_for(rows: Any, asked: Asked) -> Any:
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    if asked.occupation:
        rows = rows.filter(occupation__code=asked.occupation)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.area is not None:
        rows = demands_matching(rows, {"area": path_of_area(asked.area)})
    if asked.node is not None:
        chain, _slash, step = asked.node.partition("/")
        rows = rows.filter(node__chain__code=chain, node__code=step)
    return rows


@get(router, "/{int:id}", name="demand", thing="demand", response=DemandOut)
def demand(request: HttpRequest, id: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Any:  # noqa: A002
    """一条需求 One line of demand."""
    found = demands_visible_to(request.actor).filter(pk=id).first()
    if found is None:
        raise Http404
    return demand_out(found)


def node_out(row: Any) -> NodeRef:
    return NodeRef(chain=row.chain.code, code=row.code, name=row.name)


def demand_out(row: Any) -> DemandOut:
    code = row.occupation
    return DemandOut(
        id=row.pk, number=row.number, company=BodyOut(id=row.company_id, name=row.company.name),
        year=row.year, title=row.title,
        occupation=CodeRef(code=code.code, name=code.name) if code else None,
        headcount=row.headcount, filled=row.filled, education=row.education,
        pay_min_yuan=row.pay_min_yuan, pay_max_yuan=row.pay_max_yuan,
        area=row.area.name if row.area else None,
        area_code=row.area.code if row.area else None,
        node=node_out(row.node) if row.node else None,
        source=row.source, state=row.state,
        confirmed_on=row.confirmed_on, valid_until=row.valid_until,
    )  # fmt: skip
