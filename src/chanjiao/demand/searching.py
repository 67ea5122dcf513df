"""Finding positions by words: one condition on each of the two databases, always by an index."""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from chanjiao.demand import wording


class HasTerms(Func):
    """The very expression of the GIN index, so that PostgreSQL uses it (see 0002_search)."""

    template = "(array_to_tsvector(string_to_array(%(expressions)s::tsquery)"
    arg_joiner = ", ' ')) @@ "
    output_field = BooleanField()


def by_text[Q: QuerySet[Any]](rows: Q, text: str) -> Q:
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


def _quoted(term: str) -> str:
    return term.replace("\\", "\\\\").replace("'", "''")
