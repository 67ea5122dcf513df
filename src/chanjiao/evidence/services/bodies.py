"""Tying names on a page to bodies of the register, and asking for those that are missing there."""

from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, todos
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.evidence import contents
from chanjiao.evidence.choices import StatementKind, StatementState
from chanjiao.evidence.models import Statement
from chanjiao.evidence.policies import can_work
from chanjiao.evidence.services.reading import body_of, is_resolved
from chanjiao.organisations.models import Consortium, Organisation
from chanjiao.organisations.namesakes import likely_bodies


@transaction.atomic
def resolve(actor: Actor, statement_id: int, organisation_id: int | None) -> int:
    """Say which body a name means, or that it is none of these; returns how many lines follow.

    The same name elsewhere on the page follows, and so do waiting figures and relations about it.
    """
    statement = _named(actor, statement_id)
    page_rows = Statement.objects.select_for_update(of=("self",)).filter(
        article__page_id=statement.article.page_id
    )
    rows = list(page_rows.order_by("pk"))
    names = {statement.content["name"], *statement.content["surfaces"]}
    bodies = _bodies(rows, names, organisation_id)
    followed = 0
    for row in rows:
        if row.state != StatementState.PROPOSED:
            continue
        body = body_of(row.kind, row.content, bodies)
        resolved = is_resolved(row.kind, row.content, bodies)
        score = contents.score(row.kind, row.content, is_resolved=resolved)
        if (row.organisation_id, row.score) != (body, score):
            row.organisation_id, row.score = body, score
            row.save()
            followed += 1
    todos.done(_about(statement.pk))
    audit.record(actor, "press.resolved", statement, organisation=organisation_id, rows=followed)
    return followed


@transaction.atomic
def ask_to_register(actor: Actor, statement_id: int) -> int:
    """Put a body that the register lacks before the office; returns how many offices are asked."""
    statement = _named(actor, statement_id)
    if statement.organisation_id is not None:
        raise Refused(_("“%(name)s”已对上登记的机构。") % _name(statement), code="resolved")
    offices = set(Consortium.objects.values_list("office_id", flat=True))
    offices = offices or {actor.organisation_id} if actor.has(Role.OFFICE) else offices
    if not offices:
        raise Refused(_("联合体还没有办公室，无处提请。"), code="no_office")
    address = "/directory/organisations/record/?" + urlencode(_name(statement))
    for office_id in offices:
        todos.ask(
            office_id, _("登记机构：%(name)s（采编稿提到）") % _name(statement), url=address[:200],
            title_en=f"Record a body: {statement.content['name']} (named by the press)",
            about=_about(statement.pk), role=Role.OFFICE,
        )  # fmt: skip
    audit.record(actor, "press.body_asked_for", statement, name=statement.content["name"])
    return len(offices)


def suggestions(statement: Statement, limit: int = 5) -> list[tuple[Organisation, int]]:
    """Bodies that the name may mean, the likeliest first, each with its likeness of 100."""
    hits = likely_bodies(statement.content["name"])[:limit]
    rows = Organisation.objects.in_bulk([pk for pk, _reason, _score in hits])
    return [(rows[pk], score) for pk, _reason, score in hits if pk in rows]


def _named(actor: Actor, statement_id: int) -> Statement:
    statement = Statement.objects.select_related("article__page").get(pk=statement_id)
    require(can_work(actor, statement.article.page))
    if statement.kind != StatementKind.ORGANISATION:
        raise Refused(_("只有机构名称可以对应到登记的机构。"), code="not_a_body")
    if statement.state != StatementState.PROPOSED:
        raise Refused(_("这个名称已作决定，要改请先撤销。"), code="decided")
    return statement


def _bodies(rows: list[Statement], names: set[str], organisation_id: int | None) -> dict[str, int]:
    """All names of the page with their bodies, once ``names`` mean the given one."""
    found: dict[str, int] = {}
    for row in rows:
        if row.kind == StatementKind.ORGANISATION and row.organisation_id is not None:
            for name in (row.content["name"], *row.content["surfaces"]):
                found.setdefault(name, row.organisation_id)
    for name in names:
        found.pop(name, None)
        if organisation_id is not None:
            found[name] = organisation_id
    return found


def _name(statement: Statement) -> dict[str, str]:
    return {"name": statement.content["name"]}


def _about(pk: int) -> str:
    return f"press.body:{pk}"
