"""List pages: filter row kept in the URL, sorting, paging, totals, import and export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.core.sheets import handlers
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.paging import Slice, page_of


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a row fills it, what sorts it, how it behaves on a phone."""

    key: str
    label: Any
    cell: Callable[[Any], Any]
    sort: str | None = None
    is_number: bool = False
    on_phone: bool = True


@dataclass(frozen=True, slots=True)
class Button:
    """A link above the list or in a row; shown only to those the matrix lets at it."""

    label: Any
    url: str
    icon: str = ""
    thing: str = ""
    action: Action = Action.READ
    is_primary: bool = False


@dataclass(frozen=True)
class Listing:
    """All a list page needs to know; views only name one.

    ``rows`` starts from the actor; ``sheet`` is the name under which the list is exported and
    imported again; ``totals`` gives (label, value) pairs for the filtered rows.
    """

    title: Any
    columns: Sequence[Column]
    rows: Callable[[Actor], QuerySet[Any]]
    filters: type[FilterSet] | None = None
    row_url: Callable[[Any], str] | None = None
    row_buttons: Callable[[Actor, Any], Sequence[Button]] | None = None
    buttons: Sequence[Button] = ()
    sheet: str = ""
    empty: Any = ""
    totals: Callable[[QuerySet[Any]], Sequence[tuple[Any, Any]]] | None = None
    size: int = 20
    crumbs: Sequence[tuple[Any, str]] = ()
    template: str = "shared/list.html"
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    thing: Any
    url: str
    cells: list[tuple[Column, Any]]
    buttons: Sequence[Button]


def list_page(request: ActorRequest, listing: Listing, **context: Any) -> HttpResponse:
    """The whole list page; its query count does not depend on how many rows there are."""
    rows = listing.rows(request.actor)
    filtered = (
        listing.filters(request.GET, queryset=rows, request=request) if (listing.filters) else None
    )
    if filtered is not None:
        rows = filtered.qs
    totals = listing.totals(rows) if listing.totals else ()
    rows, order = _sorted(rows, listing, request.GET.get("sort", ""))
    found = page_of(rows, request.GET.get("page"), listing.size)
    return page(
        request,
        listing.template,
        {
            "listing": listing,
            "slice": found,
            "rows": _rows(request.actor, listing, found),
            "heads": [(c, _next_order(c, order), _direction(c, order)) for c in listing.columns],
            "filter": filtered,
            "is_filtered": any(v for k, v in request.GET.items() if k not in {"page", "sort"}),
            "totals": totals,
            "buttons": [b for b in listing.buttons if _is_allowed(request.actor, b)],
            "export_url": _sheet_url(request.actor, "export", listing.sheet),
            "import_url": _sheet_url(request.actor, "import", listing.sheet),
            "query": _query(request, without="page"),
            "sort_query": _query(request, without="sort"),
            **listing.extra,
            **context,
        },
    )


def _rows(actor: Actor, listing: Listing, found: Slice) -> list[Row]:
    return [
        Row(
            thing,
            listing.row_url(thing) if listing.row_url else "",
            [(column, column.cell(thing)) for column in listing.columns],
            [b for b in listing.row_buttons(actor, thing) if _is_allowed(actor, b)]
            if listing.row_buttons
            else (),
        )
        for thing in found.rows
    ]


def _is_allowed(actor: Actor, button: Button) -> bool:
    return not button.thing or actor.may(button.thing, button.action)


def _sorted(rows: QuerySet[Any], listing: Listing, asked: str) -> tuple[QuerySet[Any], str]:
    """Sorted by an allowed column only; ties always end in the primary key, so pages are stable."""
    fields = {c.key: c.sort for c in listing.columns if c.sort}
    key = asked.lstrip("-")
    if key not in fields:
        return rows, ""
    sign = "-" if asked.startswith("-") else ""
    return rows.order_by(f"{sign}{fields[key]}", "pk"), asked


def _next_order(column: Column, order: str) -> str:
    return f"-{column.key}" if order == column.key else column.key


def _direction(column: Column, order: str) -> str:
    if order.lstrip("-") != column.key:
        return ""
    return "descending" if order.startswith("-") else "ascending"


def _query(request: ActorRequest, *, without: str) -> str:
    kept = request.GET.copy()
    for name in {without, "page"}:
        kept.pop(name, None)
    return kept.urlencode()


def _sheet_url(actor: Actor, what: str, sheet: str) -> str:
    """Where a list is taken out or brought in; nothing for those who may not."""
    handler = handlers().get(sheet)
    if handler is None:
        return ""
    if what == "import":
        is_open = actor.may("import_job", Action.CREATE) and actor.may(handler.thing, Action.CREATE)
    else:
        is_open = actor.may("workbench") and actor.may(handler.thing)
    return reverse(f"exchange:{what}", args=[sheet]) if is_open else ""
