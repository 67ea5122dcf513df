"""Every address of the site, what it needs, and an example of each that takes arguments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chanjiao.core.permissions import Needs
from chanjiao.core.roles import Role
from tests.web.access.scene import a_sheet

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
    """How an address is filled: from a record of the tenant, or with words that fit anybody."""

    table: str = ""
    argument: str = "pk"
    column: str = "pk"
    words: tuple[tuple[str, Any], ...] = ()

    def address(self, name: str, made: dict[str, Any]) -> str:
        filled = {k: v() if callable(v) else v for k, v in self.words}
        if self.table:
            thing: Any = made[self.table]
            for part in self.column.split("."):
                thing = getattr(thing, part)
            filled[self.argument] = thing
        return reverse(name, kwargs=filled)


def _words(**words: Any) -> Example:
    return Example(words=tuple(words.items()))


GRANT, INVITATION = "organisations.RoleGrant", "organisations.Invitation"
OFFERING, COHORT, STUDENT = "supply.MajorOffering", "supply.Cohort", "supply.Student"
TOKEN, JOB = "organisations.ApiToken", "exchange.ImportJob"
STUDY = "gaps.GapStudy"

# Each route that takes arguments stands here, or the matrix test fails.
EXAMPLES: dict[str, Example] = {
    "portal:list": _words(number="no-such"),
    "portal:posts": _words(number="no-such"),
    "portal:version": _words(number="no-such", version=1),
    "portal:version-posts": _words(number="no-such", version=1),
    "portal:row": _words(number="no-such", version=1, position=1),
    "portal:figure": _words(number="no-such", version=1, key="x"),
    "portal:file": _words(number="no-such", version=1, fmt="csv"),
    "portal:chart": _words(number="no-such", version=1, key="x"),
    "people:grant": Example(GRANT),
    "people:give": Example(GRANT),
    "people:change": Example(GRANT),
    "people:withdraw": Example(GRANT),
    "people:disable": Example(GRANT),
    "people:enable": Example(GRANT),
    "people:invitation": Example(INVITATION),
    "people:resend": Example(INVITATION),
    "people:withdraw-invitation": Example(INVITATION),
    "people:accept": _words(secret="nobody-was-sent-this"),
    "people:token": Example(TOKEN),
    "people:withdraw-token": Example(TOKEN),
    "people:audit-entry": Example("core.AuditEntry", "sequence"),
    "directory:organisation": Example("organisations.Organisation"),
    "gaps:detail": Example(STUDY),
    "gaps:progress": Example(STUDY),
    "gaps:figure": Example(STUDY),
    "gaps:method": Example(STUDY),
    "gaps:compare": Example(STUDY),
    "gaps:export": Example(STUDY),
    "gaps:check": Example(STUDY),
    "gaps:publish": Example(STUDY),
    "gaps:withdraw": Example(STUDY),
    "exchange:import": _words(sheet=a_sheet),
    "exchange:template": _words(sheet=a_sheet),
    "exchange:export": _words(sheet=a_sheet),
    "exchange:job": Example(JOB),
    "exchange:progress": Example(JOB),
    "exchange:errors": Example(JOB),
    "exchange:file": Example(JOB),
    "exchange:mapping": Example(JOB),
    "exchange:confirm": Example(JOB),
    "exchange:cancel": Example(JOB),
    "exchange:undo": Example(JOB),
    "alignment:decision": Example("standards.Alignment"),
    "alignment:take-back": Example("standards.Alignment"),
    "standards:browse": _words(system="occ2022"),
    "standards:code": _words(system="occ2022", code="6-18-01-07"),
    "standards:link": Example("standards.CodeLink"),
    "standards:review-link": Example("standards.CodeLink"),
    "standards:parameter": Example("core.RuleParameter"),
    "standards:propose-parameter": Example("core.RuleParameter"),
    "standards:decide-parameter": Example("core.RuleParameter"),
    "supply:offering": Example(OFFERING),
    "supply:offering-edit": Example(OFFERING),
    "supply:offering-confirm": Example(OFFERING),
    "supply:offering-move": Example(OFFERING, words=(("move", "submit"),)),
    "supply:offering-decide": Example(OFFERING, words=(("move", "file"),)),
    "supply:year-new": Example(OFFERING),
    "supply:year-edit": Example("supply.MajorYear"),
    "supply:cohort-new": Example(OFFERING),
    "supply:cohort": Example(COHORT),
    "supply:cohort-edit": Example(COHORT),
    "supply:student": Example(STUDENT),
    "supply:student-edit": Example(STUDENT),
    "supply:student-contact": Example(STUDENT),
}

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
    "exchange:export": ("what may be exported hangs on the sheet", set(Role)),
    "exchange:import": ("what may be imported hangs on the sheet", _BODIES),
    "exchange:template": ("what may be imported hangs on the sheet", _BODIES),
    "exchange:undo": ("only what was imported within a day", set(Role)),
    "exchange:file": ("an auditor sees that it came in, not what", {Role.AUDITOR}),
    "exchange:errors": ("an auditor sees that it came in, not what", {Role.AUDITOR}),
}  # fmt: skip

# Acts that name their object in the form: without one there is nothing to find.
FORM_NAMES_IT = {
    "alignment:choose": "the queue and the words",
    "alignment:undo": "the queue",
    "people:switch": "the body to act for",
    "people:demo-sign-in": "the demo's user; outside the demo there is none",
}
