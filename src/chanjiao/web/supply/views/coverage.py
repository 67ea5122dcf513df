from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chanjiao.core import clock
from chanjiao.supply.coverage import PARTS, coverage_by_school
from chanjiao.supply.metrics import left_out
from chanjiao.supply.queries import school_year
from chanjiao.web.shared.http import ActorRequest, page


@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Every school's score, the lowest first, and what is in no figure of next year."""
    today = clock.today()
    try:
        rows = coverage_by_school(request.actor, school_year(today), today)
        missing = left_out(today.year + 1, today) if request.actor.may_all("supply_figures") else []
    except LookupError:
        rows, missing = [], []
    rows = sorted(rows, key=lambda row: (row.score is None, row.score or 0, row.school))
    context = {
        "rows": rows, "labels": [label for label, _to_do in PARTS.values()],
        "year": school_year(today), "left_out": missing, "next_year": today.year + 1,
    }  # fmt: skip
    return page(request, "supply/coverage.html", context)
