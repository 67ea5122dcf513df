"""Demands as rows of the positions sheet, read in a few queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from chanjiao.core.sheets import month_of
from chanjiao.demand import wording
from chanjiao.demand.choices import OPEN, DemandState
from chanjiao.demand.models import DemandSkill, JobDemand
from chanjiao.industry.queries import node_labels
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import Organisation
from chanjiao.organisations.queries import area_labels

CHUNK = 2000
# A row of a file is the same need as an open line, or as one that has only lapsed.
FOUND_AGAIN = (*OPEN, DemandState.EXPIRED)
FIELDS = {
    "id": "pk",
    "company__credit_code": "credit_code",
    "company__name": "company",
    "title": "title",
    "occupation__code": "occupation",
    "headcount": "headcount",
    "pay_min_yuan": "pay_min",
    "pay_max_yuan": "pay_max",
    "closes_on": "closes_on",
    "description": "description",
    "education": "education",
    "experience": "experience",
    "skill_level": "skill_level",
    "place": "place",
    "area_id": "area",
    "node_id": "node",
    "arrive_on": "arrive_on",
    "reason": "reason",
    "intents": "intents",
    "source": "source",
}


def values_of(rows: QuerySet[JobDemand]) -> Iterator[dict[str, Any]]:
    """Sheet values of each demand, with its ``pk`` beside them."""
    plain = rows.select_related(None).values_list(*FIELDS)
    areas, nodes = area_labels(), node_labels()
    chunk: list[dict[str, Any]] = []
    for row in plain.iterator(chunk_size=CHUNK):
        values = dict(zip(FIELDS.values(), row, strict=True))
        values["area"], values["node"] = areas.label(values["area"]), nodes.label(values["node"])
        chunk.append(values)
        if len(chunk) == CHUNK:
            yield from _with_lists(chunk)
            chunk = []
    yield from _with_lists(chunk)


def companies_by_code(codes: Iterable[str]) -> dict[str, int]:
    """Living bodies by credit code; the code of a merged one leads to its heir."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Organisation.objects.filter(credit_code__in=wanted[start : start + CHUNK])
        for code, pk, status, heir in rows.values_list(
            "credit_code", "pk", "status", "merged_into_id"
        ):
            if status != Status.MERGED:
                found[code] = pk
            elif heir:
                found.setdefault(code, heir)
    return found


def _with_lists(chunk: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if not chunk:
        return
    ids = [values["pk"] for values in chunk]
    majors, skills = _majors(ids), _skills(ids)
    for values in chunk:
        values["majors"] = "、".join(majors.get(values["pk"], ()))
        values["skills"] = wording.skills_as_text(skills.get(values["pk"], []))
        values["intents"] = tuple(values["intents"] or ())
        values["arrive_on"] = month_of(values["arrive_on"])
        yield values


def _majors(ids: list[int]) -> Mapping[int, list[str]]:
    through = JobDemand.majors.through.objects.filter(jobdemand_id__in=ids).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in through.values_list("jobdemand_id", "code__code"):
        found[pk].append(code)
    return found


def _skills(ids: list[int]) -> Mapping[int, list[tuple[str, str]]]:
    rows = DemandSkill.objects.filter(demand_id__in=ids).order_by("pk")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, name, degree in rows.values_list("demand_id", "name", "degree"):
        found[pk].append((name, degree))
    return found
