"""What a study freezes: both sides' lines, the crosswalk, the trees they hang on, the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chanjiao.core.parameters import parameter
from chanjiao.demand import metrics as demand
from chanjiao.demand.choices import TargetState
from chanjiao.demand.models import RoundTarget
from chanjiao.gaps.choices import Side
from chanjiao.gaps.models import GapLine, GapStudy
from chanjiao.industry.choices import PlacementRole
from chanjiao.industry.models import ChainNode, Placement
from chanjiao.organisations.models import Area
from chanjiao.standards.choices import LinkState, Relation, System
from chanjiao.standards.codebook import code_list
from chanjiao.standards.models import CodeLink
from chanjiao.supply import metrics as supply
from chanjiao.supply.models import MajorOffering

PARAMETERS = (
    "gap_band_short",
    "gap_band_severe",
    "gap_reference_percentile",
    "crosswalk_counts_from",
    "small_cell_companies",
    "small_cell_people",
    "small_cell_doubt_share",
)
ROLE_RANK = {PlacementRole.HEAD: 0, PlacementRole.BACKBONE: 1, PlacementRole.SUPPORT: 2}
SHARE = Decimal("0.000001")  # as the database keeps it, so that a check reads the same
INDUSTRY_LEVEL = 2  # divisions (大类): two digits


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demand line lies: area, step of a chain, industry; empty where nobody knows."""

    title: str
    area: str
    node: str
    industry: str


def parameters_on(day: date) -> dict[str, dict[str, Any]]:
    """The rules in force, with their sources, in a form that can be frozen."""
    found = {}
    for name in PARAMETERS:
        one = parameter(name, on=day)
        found[name] = {
            "title": one.title,
            "value": format(one.value.normalize(), "f"),
            "unit": one.unit,
            "source": one.source,
            "valid_from": one.valid_from.isoformat(),
        }
    return found


def demand_lines(study: GapStudy) -> list[GapLine]:
    """Counted lines with their codes, then those that would count if somebody coded them."""
    places = _places(study)
    made = [
        _demand_line(study, places, one.demand_id, one.company_id, one.headcount, one.occupation,
                     one.basis)
        for one in demand.lines_for_gap(study.year, study.as_of)
    ]  # fmt: skip
    waiting = demand.uncoded(study.year, study.as_of).order_by("pk").values_list(
        "pk", "company_id", "headcount", "filled"
    )  # fmt: skip
    for pk, company, headcount, filled in waiting.iterator(chunk_size=5000):
        made.append(
            _demand_line(study, places, pk, company, headcount - filled, "", demand.DECLARED)
        )
    return made


def supply_lines(study: GapStudy) -> list[GapLine]:
    """What each offering should bring to the labour market in the year of the study."""
    names = {o.pk: o.title for o in MajorOffering.objects.only("pk", "name", "direction")}
    areas = dict(Area.objects.values_list("pk", "code"))
    return [
        GapLine(
            study=study,
            side=Side.SUPPLY,
            source_id=one.offering_id,
            organisation_id=one.school_id,
            title=names.get(one.offering_id, one.major)[:120],
            code=one.major,
            people=one.size,
            loss=one.loss.value.quantize(SHARE),
            further=one.further.value.quantize(SHARE),
            area=areas.get(one.area_id, "") if one.area_id else "",
            basis=one.basis,
        )
        for one in supply.lines_for_gap(study.year, study.as_of)
    ]


def reference_of(study: GapStudy, lines: Iterable[GapLine]) -> dict[str, Any]:
    """Crosswalk and trees, limited to what the lines use and what stands above it."""
    links = _links(study)
    used = list(lines)
    wanted = {one.code for one in used if one.side == Side.DEMAND and one.code}
    majors = {one.code for one in used if one.side == Side.SUPPLY}
    linked = {row[1] for row in links if row[0] in majors}
    return {
        "links": links,
        "occupation": _codes(System.OCCUPATION, wanted | linked),
        "major": _codes(System.MAJOR, majors),
        "industry": _codes(System.INDUSTRY, {one.industry for one in used if one.industry}),
        "area": _areas({one.area for one in used if one.area}),
        "node": _nodes(),
    }


def response_of(year: int) -> dict[str, int]:
    """Companies asked in the year's rounds, and those that answered, if only with nothing."""
    asked = RoundTarget.objects.filter(round__year=year).exclude(state=TargetState.DROPPED)
    answered = asked.filter(state__in=[TargetState.ANSWERED, TargetState.NOTHING])
    return {
        "asked": asked.order_by().values("company_id").distinct().count(),
        "answered": answered.order_by().values("company_id").distinct().count(),
    }


def left_out_of(study: GapStudy) -> list[dict[str, Any]]:
    """Rows of the year that no figure counts, by side and reason."""
    found: list[dict[str, Any]] = [
        {"side": Side.DEMAND.value, "reason": one.reason, "lines": one.lines,
         "people": one.headcount}
        for one in demand.left_out(study.year, study.as_of)
    ]  # fmt: skip
    found += [
        {"side": Side.SUPPLY.value, "reason": one.reason, "lines": one.offerings,
         "people": one.people}
        for one in supply.left_out(study.year, study.as_of)
    ]  # fmt: skip
    return [row for row in found if row["lines"]]


def _demand_line(
    study: GapStudy, places: Mapping[int, Place], pk: int, company: int, people: int, code: str,
    basis: str,
) -> GapLine:  # fmt: skip
    place = places[pk]
    return GapLine(
        study=study, side=Side.DEMAND, source_id=pk, organisation_id=company,
        title=place.title, code=code, people=people, area=place.area, node=place.node,
        industry=place.industry, basis=basis,
    )  # fmt: skip


def _places(study: GapStudy) -> dict[int, Place]:
    """A line without an area lies where its company does; a company counts at one node only."""
    areas = dict(Area.objects.values_list("pk", "code"))
    nodes = dict(_node_keys())
    placed = _main_nodes(study.year, nodes)
    divisions = _divisions()
    rows = demand.standing(study.year, study.as_of).order_by().values_list(
        "pk", "title", "company_id", "area_id", "company__area_id", "node_id",
        "company__industry__code",
    )  # fmt: skip
    found = {}
    for pk, title, company, area, home, node, industry in rows.iterator(chunk_size=5000):
        found[pk] = Place(
            title,
            areas.get(area or home, ""),
            nodes.get(node, "") or placed.get(company, ""),
            divisions.get(industry or "", ""),
        )
    return found


def _main_nodes(year: int, nodes: Mapping[int, str]) -> dict[int, str]:
    """For each company the node it heads, else carries, else supports, as last placed: only one."""
    rows = Placement.objects.filter(year__lte=year).values_list(
        "organisation_id", "year", "role", "node_id"
    )
    ranked = sorted(
        (-placed_in, ROLE_RANK[PlacementRole(role)], node, body)
        for body, placed_in, role, node in rows
    )
    found: dict[int, str] = {}
    for _year, _rank, node, body in ranked:
        found.setdefault(body, nodes[node])
    return found


def _node_keys() -> list[tuple[int, str]]:
    rows = ChainNode.objects.values_list("pk", "chain__code", "code")
    return [(pk, f"{chain}/{code}") for pk, chain, code in rows]


def _nodes() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    rows = ChainNode.objects.select_related("chain", "parent__chain")
    for node in rows.order_by("chain__code", "order", "pk"):
        chain = node.chain
        found.setdefault(chain.code, _node(chain.name, chain.name_en, ""))
        above = f"{chain.code}/{node.parent.code}" if node.parent else chain.code
        found[f"{chain.code}/{node.code}"] = {
            **_node(node.name, node.name_en, above), "position": node.position,
        }  # fmt: skip
    return found


def _areas(used: set[str]) -> dict[str, dict[str, Any]]:
    rows = {area.code: area for area in Area.objects.all()}
    needed = {part for code in used if code in rows for part in rows[code].path.split("/")}
    found = {}
    for code in sorted(needed & set(rows)):
        area = rows[code]
        parts = area.path.split("/")
        found[code] = _node(area.name, area.name_en, parts[-2] if len(parts) > 1 else "")
    return found


def _codes(system: str, used: set[str]) -> dict[str, dict[str, Any]]:
    listed = code_list(system)
    found = {}
    for code in sorted(used):
        item = listed.get(code)
        chain = [item, *listed.ancestors(code)] if item else []
        for one in chain:
            found[one.code] = _node(one.name, one.name_en, one.parent or "")
        if item is None:
            found[code] = _node(code, "", "")
    return found


def _divisions() -> dict[str, str]:
    """Industry code → its two-digit division."""
    listed = code_list(System.INDUSTRY)
    found = {}
    for item in listed:
        above = listed.at_level(item.code, INDUSTRY_LEVEL)
        if above is not None:
            found[item.code] = above.code
    return found


def _links(study: GapStudy) -> list[list[str]]:
    least = study.parameters["crosswalk_counts_from"]["value"]
    rows = CodeLink.objects.filter(
        relation=Relation.MAJOR_OCCUPATION, state=LinkState.ACCEPTED, strength__gte=least,
        strength__gt=0,
    ).values_list("source__code", "target__code", "strength")  # fmt: skip
    best: dict[tuple[str, str], Any] = {}
    for major, occupation, strength in rows:
        best[major, occupation] = max(strength, best.get((major, occupation), strength))
    return [[*key, format(strength, "f")] for key, strength in sorted(best.items())]


def _node(name: str, name_en: str, parent: str) -> dict[str, Any]:
    return {"name": name, "name_en": name_en, "parent": parent}
