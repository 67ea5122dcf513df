"""Finding positions by words: one condition on each of the two databases, always by an index."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from chanjiao.demand import wording
from chanjiao.demand.choices import COUNTED, LIVE
from chanjiao.demand.models import JobDemand
from chanjiao.demand.queries import lapsing
from chanjiao.organisations.models import Area

type Narrow = Callable[[QuerySet[JobDemand], str], QuerySet[JobDemand]]

# What figures count together is found together.
STATES_OF = {"counted": COUNTED, "live": LIVE}


class HasTerms(Func):
    """The very expression of the GIN index, so that PostgreSQL uses it (see 0002_search)."""

    template = "(array_to_tsvector(string_to_array(%(expressions)s::tsquery)"
    arg_joiner = ", ' ')) @@ "
    output_field = BooleanField()


def by_text[R: QuerySet[Any]](rows: R, text: str) -> R:
    """Rows whose title, company, place or occupation holds every word of ``text``."""
    asked = wording.asked_terms(text)
    if not asked:
        return rows.none() if text.strip() else rows
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{_quoted(term)}':*" for term in asked)
        return rows.filter(HasTerms(F("search_text"), Value(query)))
    query = " ".join(f'"{term}"*' for term in asked)
    matches = RawSQL(
        "SELECT rowid FROM demand_jobdemand_terms WHERE demand_jobdemand_terms MATCH %s", [query]
    )
    return rows.filter(pk__in=matches)


def demands_matching(rows: QuerySet[JobDemand], asked: Mapping[str, str]) -> QuerySet[JobDemand]:
    """Rows that fit everything asked, as list, export and links ask it; odd words find nothing."""
    for name, value in asked.items():
        narrow = NARROW.get(name)
        if narrow is not None and value:
            rows = narrow(rows, value)
    return rows


def _in_area(rows: QuerySet[JobDemand], path: str) -> QuerySet[JobDemand]:
    """Everything inside the area; a line that names none lies where its company does."""
    inside = Area.objects.filter(Q(path=path) | Q(path__startswith=f"{path}/")).values("pk")
    return rows.filter(Q(area__in=inside) | Q(area=None, company__area__in=inside))


def _numbered(field: str) -> Narrow:
    def narrow(rows: QuerySet[JobDemand], value: str) -> QuerySet[JobDemand]:
        is_number = value.isascii() and value.isdigit() and len(value) < 19
        return rows.filter(**{field: int(value)}) if is_number else rows.none()

    return narrow


def _equal(field: str) -> Narrow:
    return lambda rows, value: rows.filter(**{field: value})


NARROW: dict[str, Narrow] = {
    "q": by_text,
    "state": lambda rows, value: rows.filter(state__in=STATES_OF.get(value, (value,))),
    "coding": _equal("coding"),
    "education": _equal("education"),
    "source": _equal("source"),
    "round": _numbered("round_id"),
    "lapsing": lambda rows, _value: lapsing(rows),
    "area": _in_area,
    "node": _numbered("node_id"),
}


def _quoted(term: str) -> str:
    return term.replace("\\", "\\\\").replace("'", "''")
