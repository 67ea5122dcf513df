"""Every address of the site, what it needs, and an example of each that takes arguments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chanjiao.core.permissions import Needs
from chanjiao.core.roles import Role
from tests.web.access.particular import a_sheet

# Packages that guard their own views. What they show is tested in tests/people and by the crawl.
SELF_GUARDED = ("allauth.", "django.contrib.admin", "django.contrib.contenttypes", "ninja.")
SELF_GUARDED_NAMES = {"admin"}


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    pattern: str
    view: Any
    arguments: tuple[str, ...]

    @property
    def needs(self) -> Needs | None:
        return getattr(self.view, "needs", None)

    @property
    def is_self_guarded(self) -> bool:
        owner = self.name.partition(":")[0]
        return owner in SELF_GUARDED_NAMES or self.view.__module__.startswith(SELF_GUARDED)


def routes() -> Iterator[Route]:
    yield from _below(get_resolver(), "", "", ())


def _below(
    resolver: URLResolver, names: str, path: str, arguments: tuple[str, ...]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        taken = (*arguments, *entry.pattern.converters, *_groups(entry.pattern))
        if isinstance(entry, URLResolver):
            inside = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from _below(entry, inside, here, taken)
        elif isinstance(entry, URLPattern):
            yield Route(f"{names}{entry.name}", here, entry.callback, taken)


def _groups(pattern: Any) -> tuple[str, ...]:
    regex = getattr(pattern, "regex", None)
    known = getattr(pattern, "converters", {})
    return tuple(k for k in regex.groupindex if k not in known) if regex else ()


@dataclass(frozen=True, slots=True)
class Example:
    """How an address is filled: from a record of the tenant, and with words that fit anybody."""

    table: str = ""
    argument: str = ""
    words: tuple[tuple[str, Any], ...] = ()

    def address(self, name: str, made: dict[str, Any]) -> str:
        filled = {k: v() if callable(v) else v for k, v in self.words}
        if self.table:
            filled[self.argument] = made[self.table].pk
        return reverse(name, kwargs=filled)


# Whose record an address tells of, by its beginning; all acts on that record follow it.
PLACES = {
    "people/users/<int:pk>/": "organisations.RoleGrant",
    "people/invitations/<int:pk>/": "organisations.Invitation",
    "people/tokens/<int:pk>/": "organisations.ApiToken",
    "people/audit/<int:sequence>/": "core.AuditEntry",
    "directory/organisations/<int:pk>/": "organisations.Organisation",
    "directory/duplicates/<int:pk>/": "organisations.DuplicatePair",
    "directory/merges/<int:pk>/": "organisations.Merge",
    "directory/members/<int:pk>/": "organisations.Membership",
    "directory/consortia/<int:pk>/": "organisations.Consortium",
    "directory/areas/<int:pk>/": "organisations.Area",
    "directory/chains/<int:pk>/": "industry.Chain",
    "directory/nodes/<int:pk>/": "industry.ChainNode",
    "directory/placements/<int:pk>/": "industry.Placement",
    "exchange/<int:pk>/": "exchange.ImportJob",
    "demand/<int:pk>/": "demand.JobDemand",
    "demand/rounds/<int:pk>/": "demand.SurveyRound",
    "demand/links/<int:pk>/": "demand.IntakeLink",
    "demand/asks/<int:pk>/": "demand.Ask",
    "supply/offerings/<int:pk>/": "supply.MajorOffering",
    "supply/years/<int:pk>/": "supply.MajorYear",
    "supply/cohorts/<int:pk>/": "supply.Cohort",
    "supply/students/<int:pk>/": "supply.Student",
    "api/v1/demands/<int:id>": "demand.JobDemand",
    "api/v1/supply/offerings/<int:id>": "supply.MajorOffering",
    "fairs/<int:pk>/": "fairs.Fair",
    "fairs/halls/<int:pk>/": "fairs.Hall",
    "fairs/stands/<int:pk>/": "fairs.Stand",
    "fairs/booths/<int:pk>/": "fairs.Booth",
    "fairs/intentions/<int:pk>/": "fairs.Intention",
    "gaps/<int:pk>/": "gaps.GapStudy",
    "standards/crosswalk/<int:pk>/": "standards.CodeLink",
    "standards/parameters/<int:pk>/": "core.RuleParameter",
    "alignment/memory/<int:pk>/": "standards.Alignment",
    "evidence/<int:pk>/": "evidence.EvidenceItem",
    "evidence/press/<int:pk>/": "evidence.PressPage",
    "evidence/press/statements/<int:pk>/": "evidence.Statement",
    "api/v1/evidence/<int:id>": "evidence.EvidenceItem",
}

# Arguments that name no body's record. What is published is frozen by its own tests, so that
# here its addresses are asked for what never was.
NOBODYS_NUMBER = 999_999
WORDS: dict[str, Any] = {
    "sheet": a_sheet, "secret": "nobody-was-sent-this", "token": "nobody-was-sent-this",
    "number": "no-such", "version": 1, "position": 1, "key": "x", "fmt": "csv",
    "move": "no-such", "act": "no-such", "name": "rename",
    "system": "occ2022", "code": "6-18-01-07",
}  # fmt: skip
NUMBERED_BY_NOBODY = ("publishing/",)


def example_of(route: Route) -> Example | None:
    """How to fill a route's arguments; None when that is not known yet."""
    beginning = max((p for p in PLACES if route.pattern.startswith(p)), key=len, default="")
    taken = beginning.partition(":")[2].partition(">")[0]
    words = {name: WORDS[name] for name in route.arguments if name in WORDS and name != taken}
    if route.pattern.startswith(NUMBERED_BY_NOBODY) and "pk" in route.arguments:
        words["pk"] = NOBODYS_NUMBER
    if set(route.arguments) - set(words) - {taken}:
        return None
    return Example(PLACES.get(beginning, ""), taken, tuple(words.items()))


_BODIES = {Role.COMPANY_HR, Role.SCHOOL_ADMIN}

# Routes whose view asks for more than the matrix row: to whom a 403 may be the right answer.
NARROWER: dict[str, tuple[str, set[Role]]] = {
    "people:audit-chain": ("the whole chain is the auditor's", set(Role) - {Role.AUDITOR}),
    "people:disable": ("closes an account in all bodies", _BODIES),
    "people:enable": ("opens an account in all bodies", _BODIES),
    "people:give": ("roles fit the kind of body and the giver", {Role.SYSTEM_ADMIN}),
    "people:change": ("only a role that one may give", {Role.SYSTEM_ADMIN}),
    "people:withdraw": ("only a role that one may give", {Role.SYSTEM_ADMIN}),
    "people:resend": ("only a role that one may give", {Role.SYSTEM_ADMIN, Role.SCHOOL_ADMIN}),
    "people:withdraw-invitation": (
        "only a role that one may give", {Role.SYSTEM_ADMIN, Role.SCHOOL_ADMIN},
    ),
    "directory:code-evidence": ("evidence is the body's own and the office's", set(Role)),
    "demand:round-export": (
        "silence is followed up by the office and an area's officer",
        set(Role) - {Role.OFFICE, Role.GRID_OFFICER},
    ),
    "exchange:export": ("what may be exported hangs on the sheet", set(Role)),
    "exchange:import": ("what may be imported hangs on the sheet", _BODIES),
    "exchange:template": ("what may be imported hangs on the sheet", _BODIES),
    "exchange:undo": ("only what was imported within a day", set(Role)),
    "exchange:file": ("an auditor sees that it came in, not what", {Role.AUDITOR}),
    "fairs:mine": ("only for a student on a roll", set(Role)),
    "fairs:mine-apply": ("only for a student on a roll", set(Role)),
    "fairs:mine-confirm": ("only for a student on a roll", set(Role)),
    "fairs:advice": ("only for a student on a roll", set(Role)),
    "fairs:intention-change": ("only for the student whose it is", set(Role)),
    "fairs:advance": ("only from the day of the fair on", {Role.COMPANY_HR}),
    "exchange:errors": ("an auditor sees that it came in, not what", {Role.AUDITOR}),
}  # fmt: skip

# Acts that name their object in the form: without one there is nothing to find.
FORM_NAMES_IT = {
    "alignment:choose": "the queue and the words",
    "alignment:undo": "the queue",
    "demand:merge": "the line to merge into",
    "people:switch": "the body to act for",
    "people:demo-sign-in": "the demo's user; outside the demo there is none",
}
