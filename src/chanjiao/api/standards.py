"""Code lists: the same for everybody, from memory."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from chanjiao.api.paging import Cursor, Limit, by_place
from chanjiao.api.routing import get
from chanjiao.api.schemas import CodeHits, CodeOut, CodePage, CodeSystem, CodeSystems
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_list

router = Router(tags=["标准代码 Standards"])
SystemName = Annotated[str, Path(max_length=20, description="代码系统，见 /standards")]
HITS = 50


@get(router, "", name="systems", thing="standards", response=CodeSystems)
def systems(request: HttpRequest) -> Any:
    """代码系统 All code systems with the number of their codes."""
    return {
        "items": [
            CodeSystem(system=s.value, title=str(s.label), codes=len(code_list(s))) for s in System
        ]
    }


@get(router, "/{system}/codes", name="codes", thing="standards", response=CodePage)
def codes(
    request: HttpRequest,
    system: SystemName,
    parent: Annotated[str | None, Query(None, max_length=20, description="上级代码")] = None,
    level: Annotated[int | None, Query(None, ge=1, le=9, description="层级")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Any:
    """代码列表 Codes in the order of the list, perhaps only below a parent or on one level."""
    found = _list(system)
    items = list(found) if parent is None else found.children(parent)
    if level is not None:
        items = [item for item in items if item.level == level]
    return by_place(items, limit, cursor, lambda item: code_out(system, item))


@get(router, "/{system}/codes/{code}", name="code", thing="standards", response=CodeOut)
def code(
    request: HttpRequest, system: SystemName, code: Annotated[str, Path(max_length=20)]
) -> Any:
    """单个代码 One code, also as people write it (without dashes, padded with noughts)."""
    item = _list(system).resolve(code)
    if item is None:
        raise Http404
    return code_out(system, item)


@get(router, "/{system}/search", name="code-search", thing="standards", response=CodeHits)
def search(
    request: HttpRequest,
    system: SystemName,
    q: Annotated[str, Query(max_length=60, description="名称、别名、代码、拼音或首字母")],
    limit: Annotated[int, Query(20, ge=1, le=HITS)] = 20,
) -> Any:
    """检索 The best hits first."""
    hits = _list(system).search(q, limit)
    return {"items": [code_out(system, hit.item) for hit in hits]}


def code_out(system: str, item: Any) -> CodeOut:
    return CodeOut(
        system=system, code=item.code, name=item.name, name_en=item.name_en,
        parent=item.parent or None, level=item.level, aliases=list(item.aliases),
        flags=sorted(item.flags), valid_from=item.valid_from, valid_to=item.valid_to,
    )  # fmt: skip


def _list(system: str) -> Any:
    if system not in System.values:
        raise Http404
    return code_list(system)
