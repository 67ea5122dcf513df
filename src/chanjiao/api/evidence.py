"""Evidence and the statements taken into it, as far as the one who asks sees the evidence."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from chanjiao.api.paging import Cursor, Limit, by_key
from chanjiao.api.routing import get
from chanjiao.api.schemas import (
    BodyOut,
    EvidenceOut,
    EvidencePage,
    StatementOut,
    StatementPage,
)
from chanjiao.evidence.choices import ItemKind, StatementKind, StatementState
from chanjiao.evidence.queries import items_visible_to, taken_statements_visible_to, with_uses

router = Router(tags=["佐证 Evidence"])
LARGEST_ID = 2**53
Kind = Annotated[ItemKind | None, Query(None, description="类型")]
Said = Annotated[StatementKind | None, Query(None, description="种类")]
Number = Annotated[int | None, Query(None, ge=1, le=LARGEST_ID)]


@get(router, "", name="evidence", thing="evidence", response=EvidencePage)
def evidence(
    request: HttpRequest, kind: Kind = None, organisation: Number = None,
    limit: Limit = 50, cursor: Cursor = "",
) -> Any:  # fmt: skip
    """佐证材料 Evidence: public to everybody, one's own, the consortium's or all, by role."""
    rows = with_uses(items_visible_to(request.actor))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return by_key(rows, limit, cursor, evidence_out)


@get(router, "/statements", name="evidence-statements", thing="evidence", response=StatementPage)
def statements(
    request: HttpRequest, kind: Said = None, evidence: Number = None, organisation: Number = None,
    limit: Limit = 50, cursor: Cursor = "",
) -> Any:  # fmt: skip
    """采纳的事实 Statements taken into evidence, each with its quote and its place in the text."""
    rows = taken_statements_visible_to(request.actor)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if evidence is not None:
        rows = rows.filter(evidence=evidence)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return by_key(rows, limit, cursor, statement_out)


@get(router, "/{int:id}", name="evidence-item", thing="evidence", response=EvidenceOut)
def item(request: HttpRequest, id: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Any:  # noqa: A002
    """一件佐证 One piece of evidence."""
    found = with_uses(items_visible_to(request.actor)).filter(pk=id).first()
    if found is None:
        raise Http404
    return evidence_out(found)


def evidence_out(row: Any) -> EvidenceOut:
    return EvidenceOut(
        id=row.pk, title=row.title, kind=row.kind,
        organisation=BodyOut(id=row.organisation_id, name=row.organisation.name),
        formed_on=row.formed_on, visibility=row.visibility, grade=row.grade, state=row.state,
        sha256=row.file.sha256, quotes=row.quotes,
    )  # fmt: skip


def statement_out(row: Any) -> StatementOut:
    body, reported = row.organisation, getattr(row, "reported", None)
    return StatementOut(
        id=row.pk, evidence=row.evidence_id, kind=row.kind, summary=row.summary,
        content=row.content, quote=row.quote, start=row.start, end=row.end,
        organisation=BodyOut(id=body.pk, name=body.name) if body else None,
        is_corrected=row.state == StatementState.CORRECTED,
        reported_grade=reported.grade if reported else None,
    )  # fmt: skip
