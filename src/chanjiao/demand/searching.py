"""Finding positions by words: one condition on each of the two databases, always by an index."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chanjiao.demand import wording


def by_text[Q: QuerySet[Any]](rows: Q, text: str) -> Q:
    """Rows whose title, company, place or occupation holds every word of ``text``."""
    asked = wording.asked_terms(text)
    if not asked:
        return rows
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{_quoted(term)}':*" for term in asked)
        matches = RawSQL(
            "SELECT id FROM demand_jobdemand WHERE "
            "array_to_tsvector(string_to_array(search_text, ' ')) @@ %s::tsquery",
            [query],
        )
    else:
        query = " ".join(f'"{term.replace(chr(34), "")}"*' for term in asked)
        matches = RawSQL(
            "SELECT rowid FROM demand_jobdemand_terms WHERE demand_jobdemand_terms MATCH %s",
            [query],
        )
    return rows.filter(pk__in=matches)


def _quoted(term: str) -> str:
    return term.replace("\\", "\\\\").replace("'", "''")
