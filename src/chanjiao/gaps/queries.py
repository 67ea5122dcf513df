"""Reads of studies and their figures; the first argument is who asks."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.gaps.audiences import audience_of, sees_all_lines
from chanjiao.gaps.choices import Audience, Side, StudyState, View
from chanjiao.gaps.models import GapFigure, GapLine, GapStudy
from chanjiao.gaps.trees import TOTAL, Tree


def studies_visible_to(actor: Actor) -> QuerySet[GapStudy]:
    """Those who make studies see every state, members finished ones, the public published ones."""
    rows = GapStudy.objects.select_related("run", "created_by").defer("reference")
    reaches = actor.reaches("gap")
    if actor.may_all("gap", Action.CREATE):
        return rows
    if Reach.ALL in reaches:
        return rows.filter(state=StudyState.DONE)
    if Reach.PUBLISHED in reaches:
        return rows.filter(published_at__isnull=False)
    return rows.none()


def latest_study(actor: Actor) -> GapStudy | None:
    return studies_visible_to(actor).filter(state=StudyState.DONE).first()


def figures_visible_to(actor: Actor, study: GapStudy, view: str) -> QuerySet[GapFigure]:
    """One view's rows as this actor may see them; hidden numbers are not in them."""
    return GapFigure.objects.filter(study=study, audience=audience_of(actor), view=view)


def total_of(actor: Actor, study: GapStudy) -> GapFigure | None:
    return figures_visible_to(actor, study, View.OCCUPATION).filter(key=TOTAL).first()


def figure_visible_to(
    actor: Actor, study: GapStudy, view: str, key: str, key2: str = ""
) -> GapFigure | None:
    rows = figures_visible_to(actor, study, view)
    return rows.filter(key=key, key2=key2).first()


def path_of(figures: QuerySet[GapFigure], figure: GapFigure) -> list[GapFigure]:
    """The figures above one, from the total down to its parent."""
    parents = dict(figures.filter(is_leaf=False).values_list("key", "parent"))
    above: list[str] = []
    key = figure.parent
    while figure.key != TOTAL and key in parents and key not in above:
        above.append(key)
        key = parents[key]
    found = {one.key: one for one in figures.filter(key__in=above)}
    return [found[key] for key in reversed(above)]


def node_positions(study: GapStudy) -> dict[str, str]:
    """Where each step stands in its chain: upstream, midstream, downstream or beside."""
    nodes = _reference(study.pk, study.inputs_hash)["node"]
    return {key: node.get("position", "") for key, node in nodes.items()}


def names_of_codes(study: GapStudy, tree: str) -> dict[str, str]:
    """Code → name as frozen with the study."""
    nodes = _reference(study.pk, study.inputs_hash)[tree]
    return {code: node["name"] for code, node in nodes.items()}


def lines_behind(
    actor: Actor, study: GapStudy, figure: GapFigure, side: str
) -> QuerySet[GapLine]:  # fmt: skip
    """The rows that a figure counts, as far as this actor may see single bodies' rows.

    Behind a hidden figure everybody but the office sees rows of the own body only.
    """
    reference = _reference(study.pk, study.inputs_hash)
    inside = _demand_inside if side == Side.DEMAND else _supply_inside
    rows = GapLine.objects.filter(inside(figure, reference), study=study, side=side)
    rows = rows.order_by("-people", "pk")
    is_shown = not figure.hidden or audience_of(actor) == Audience.OFFICE
    if is_shown and sees_all_lines(actor, side):
        return rows
    return rows.filter(organisation_id=actor.organisation_id or 0)


def lines_of(numbers: Iterable[int]) -> list[GapLine]:
    """The rows of one page, in the order asked for, each with its organisation."""
    wanted = list(numbers)
    found = GapLine.objects.select_related("organisation").in_bulk(wanted)
    return [found[number] for number in wanted if number in found]


@lru_cache(maxsize=8)
def _reference(study_id: int, _inputs_hash: str) -> Mapping[str, Any]:
    """Frozen with the study, so a process keeps it; the hash tells a study computed anew."""
    return dict(GapStudy.objects.values_list("reference", flat=True).get(pk=study_id))


# Under which field and tree of the frozen codes a view's key, and its second key, stand.
FIRST = {
    View.OCCUPATION: ("code", "occupation"),
    View.CELL: ("code", "occupation"),
    View.FLOW: ("", ""),
    View.AREA: ("area", "area"),
    View.CHAIN: ("node", "node"),
    View.INDUSTRY: ("industry", "industry"),
    View.GRID: ("industry", "industry"),
}
SECOND = {
    View.CELL: ("area", "area"),
    View.GRID: ("area", "area"),
    View.FLOW: ("code", "occupation"),
}


def _demand_inside(figure: GapFigure, reference: Mapping[str, Any]) -> Q:
    """Coded lines at or below the keys; for majors those of the occupations it leads to."""
    coded, view = ~Q(code=""), View(figure.view)
    if view == View.MAJOR:
        majors = _beneath(reference, "major", figure.key)
        return coded & Q(code__in=_led_to(reference, majors))
    for places, key in ((FIRST, figure.key), (SECOND, figure.key2)):
        field, tree = places.get(view, ("", ""))
        if field:
            coded &= _codes(field, reference, tree, key)
    return coded


def _supply_inside(figure: GapFigure, reference: Mapping[str, Any]) -> Q:
    """Offerings at or below the major, else all whose majors lead to the occupation."""
    if figure.view in (View.MAJOR, View.FLOW):
        return _codes("code", reference, "major", figure.key)
    if figure.view in (View.OCCUPATION, View.CELL) and figure.key != TOTAL:
        inside = _beneath(reference, "occupation", figure.key)
        majors = {major for major, occupation, _ in reference["links"] if occupation in inside}
        return Q(code__in=majors)
    if figure.view == View.AREA:
        return _codes("area", reference, "area", figure.key)
    return Q(code__in={major for major, _, _ in reference["links"]})


def _codes(field: str, reference: Mapping[str, Any], tree: str, key: str) -> Q:
    if key == TOTAL:
        return Q()
    return Q(**{f"{field}__in": _beneath(reference, tree, key)})


def _beneath(reference: Mapping[str, Any], tree: str, key: str) -> set[str]:
    nodes = reference[tree]
    inner = {node["parent"] for node in nodes.values()}
    return Tree.of(nodes, [*(code for code in nodes if code not in inner), key]).beneath(key)


def _led_to(reference: Mapping[str, Any], majors: Iterable[str]) -> set[str]:
    wanted = set(majors)
    return {occupation for major, occupation, _ in reference["links"] if major in wanted}
