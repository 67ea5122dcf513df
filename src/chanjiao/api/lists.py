"""Published lists: open to everybody, each version as it was frozen."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from chanjiao.api.paging import Cursor, Limit, by_key, by_place
from chanjiao.api.routing import get
from chanjiao.api.schemas import Failure, ListOut, ListPage, ListRow, ListRowPage, VersionOut
from chanjiao.publishing.queries import (
    list_numbered,
    publications_visible_to,
    rows_of,
    version_numbered,
    versions_of,
)

router = Router(tags=["公开清单 Published lists"])
Number = Annotated[str, Path(max_length=30, description="发布编号")]


class Withdrawn(Exception):
    """The list is a tombstone: its number answers, its rows do not."""


@get(router, "", name="lists", thing="publication", response=ListPage)
def lists(request: HttpRequest, limit: Limit = 50, cursor: Cursor = "") -> Any:
    """全部清单 Every list that was ever public, the newest quarter first."""
    rows = list(publications_visible_to(request.actor))
    return by_place(rows, limit, cursor, list_out)


@get(router, "/{number}", name="list", thing="publication", response=ListOut)
def one(request: HttpRequest, number: Number) -> Any:
    """一份清单 A list with all its versions and what each corrected."""
    return list_out(_publication(number))


@get(
    router, "/{number}/rows", name="list-rows", thing="publication",
    response=ListRowPage,
)  # fmt: skip
def rows(
    request: HttpRequest,
    number: Number,
    version: Annotated[int | None, Query(None, ge=1, le=999, description="默认为现行版")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """清单行 The rows of a version, in the order of the list."""
    publication = _publication(number)
    if publication.is_withdrawn:
        raise Withdrawn
    found = version_numbered(publication, version)
    if found is None:
        raise Http404
    page = by_key(rows_of(found), limit, cursor, ListRow.from_orm, key="position")
    return {
        **page, "publication": publication.number, "version": found.number,
        "seal": found.snapshot.seal,
    }  # fmt: skip


def list_out(publication: Any) -> ListOut:
    return ListOut(
        number=publication.number, title=publication.title, title_en=publication.title_en,
        quarter=publication.quarter.label, state=publication.state,
        withdrawn_at=publication.withdrawn_at, withdrawal_reason=publication.withdrawal_reason,
        versions=[_version(version) for version in versions_of(publication)],
    )  # fmt: skip


def _version(version: Any) -> VersionOut:
    kept = version.snapshot
    return VersionOut(
        number=version.number, as_of=kept.as_of, published_at=version.published_at,
        seal=kept.seal, correction=version.correction, rows=kept.rows, headcount=kept.headcount,
        companies=kept.companies, asked=kept.asked, answered=kept.answered,
    )  # fmt: skip


def _publication(number: str) -> Any:
    found = list_numbered(number)
    if found is None:
        raise Http404
    return found


__all__ = ["Failure", "Withdrawn", "router"]
