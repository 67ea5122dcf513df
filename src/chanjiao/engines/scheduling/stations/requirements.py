"""The requirements, one by one: each can be named, and each can be left out to see what it does."""

import enum
from dataclasses import dataclass

from chanjiao.engines.scheduling.stations.problem import Group, Problem, Station


class Kind(enum.StrEnum):
    SEATS = "seats"  # the group fits into the station
    SKILLS = "skills"
    SAFETY = "safety"
    TRAVEL = "travel"
    WINDOW = "window"  # the group's own weeks
    BARRED = "barred"  # a rule forbids this group this station
    ABSENT = "absent"  # weeks without the instructor
    CLOSED = "closed"  # weeks the station can't be used
    OCCUPIED = "occupied"  # a station holds one group, or its seats
    INSTRUCTOR = "instructor"  # one place at a time
    COHORT = "cohort"  # the same people, one place at a time
    LIMIT = "limit"  # people at a site at once


OF_GROUP = (
    Kind.SEATS,
    Kind.SKILLS,
    Kind.SAFETY,
    Kind.TRAVEL,
    Kind.WINDOW,
    Kind.BARRED,
    Kind.ABSENT,
)
SHARED = (Kind.CLOSED, Kind.OCCUPIED, Kind.INSTRUCTOR, Kind.COHORT, Kind.LIMIT)


@dataclass(frozen=True, slots=True, order=True)
class Requirement:
    """A kind of requirement of one group, or (``group`` empty) of all stations and people."""

    kind: Kind
    group: str = ""


def refusal(problem: Problem, group: Group, station: Station) -> Kind | None:
    """The first thing that keeps a group from a station in any week, or nothing.

    What is not known is never taken as kept: a travel time that is missing refuses the place.
    """
    return next(iter(refusals(problem, group, station)), None)


def refusals(problem: Problem, group: Group, station: Station) -> list[Kind]:
    """Everything that keeps a group from a station, whatever the week."""
    found = []
    if group.size > station.seats:
        found.append(Kind.SEATS)
    if not group.needs <= station.skills:
        found.append(Kind.SKILLS)
    if not station.safety <= group.cleared:
        found.append(Kind.SAFETY)
    if group.longest_travel is not None:
        minutes = problem.travel.get((group.home, station.site))
        if minutes is None or minutes > group.longest_travel:
            found.append(Kind.TRAVEL)
    if station.id in group.barred:
        found.append(Kind.BARRED)
    if group.size > problem.limits.get(station.site, group.size):
        found.append(Kind.LIMIT)
    return found


_WORDS = {
    Kind.SEATS: ("工位数不少于人数", "enough seats"),
    Kind.SKILLS: ("工位能练所需技能", "the skills it needs"),
    Kind.SAFETY: ("具备安全准入", "safety clearance"),
    Kind.TRAVEL: ("路程在限度内", "travel within its limit"),
    Kind.WINDOW: ("在规定的时段内", "its own weeks"),
    Kind.BARRED: ("不去规则禁止的工位", "no station that a rule forbids"),
    Kind.ABSENT: ("指导教师在岗", "its instructor is there"),
    Kind.CLOSED: ("工位开放", "stations are open"),
    Kind.OCCUPIED: ("工位不重复占用、不超员", "no station is used twice or beyond its seats"),
    Kind.INSTRUCTOR: ("指导教师不同时在两处", "no instructor is in two places"),
    Kind.COHORT: ("同一批学生不同时在两处", "no students are in two places"),
    Kind.LIMIT: ("单位同期人数不超上限", "no site has more people than its limit"),
}


def worded(requirement: Requirement) -> tuple[str, str]:
    """The requirement in Chinese and in English."""
    zh, en = _WORDS[requirement.kind]
    if not requirement.group:
        return zh, en
    return f"{requirement.group}：{zh}", f"{requirement.group}: {en}"
