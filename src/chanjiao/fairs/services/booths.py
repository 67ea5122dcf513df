"""A company's part in a fair: positions from its ledger, its people, its stand, its word."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import Todo
from chanjiao.core.refusals import Refused, require
from chanjiao.demand.choices import AskState
from chanjiao.demand.models import Ask, JobDemand
from chanjiao.fairs.choices import STANDING, BoothState, Purpose
from chanjiao.fairs.models import Booth, Fair, FairPost, NoShowPardon
from chanjiao.fairs.policies import can_apply_for, can_change_booth, can_hold
from chanjiao.fairs.queries import absences_of, posts_to_bring
from chanjiao.fairs.services import fairs
from chanjiao.fairs.services.booth_flow import FLOW
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import Organisation

Line = Mapping[str, Any]


@transaction.atomic
def apply(actor: Actor, fair_id: int, company_id: int, stated: Mapping[str, Any]) -> Booth:
    """Put a company's name down with at least one position of its ledger.

    ``stated["posts"]`` holds lines with ``demand`` (its number), ``purpose`` and ``people``.
    """
    fair = fairs.locked(fair_id)
    company = Organisation.objects.select_for_update(of=("self",)).get(pk=company_id)
    require(can_apply_for(actor, fair, company_id))
    _refuse_unfit(fair, company)
    booth = Booth.objects.create(
        fair=fair, company=company, edition=fair.edition, created_by_id=actor.user_id,
        ask=_answered(fair, company_id), **_plain(stated),
    )  # fmt: skip
    _bring(booth, stated["posts"])
    _clear_todos(fair, company_id)
    audit.record(actor, "booth.applied", booth, company=company_id, fair=fair.pk)
    return booth


@transaction.atomic
def revise(actor: Actor, booth_id: int, stated: Mapping[str, Any]) -> Booth:
    """Change who comes and what they bring; saying so confirms the present date as well."""
    booth = _locked(booth_id)
    require(can_change_booth(actor, booth))
    for name, value in _plain(stated).items():
        setattr(booth, name, value)
    booth.edition = booth.fair.edition
    booth.save()
    _bring(booth, stated["posts"])
    _clear_todos(booth.fair, booth.company_id)
    audit.record(actor, "booth.revised", booth)
    return booth


@transaction.atomic
def confirm(actor: Actor, booth_id: int) -> Booth:
    """Say that one still comes after the fair was moved."""
    booth = _locked(booth_id)
    require(can_change_booth(actor, booth))
    booth.edition = booth.fair.edition
    booth.save(update_fields=["edition", "updated_at"])
    _clear_todos(booth.fair, booth.company_id)
    audit.record(actor, "booth.confirmed", booth, edition=booth.edition)
    return booth


def make_move(actor: Actor, booth_id: int, name: str, opinion: str = "") -> Booth:
    booth: Booth = FLOW.make(actor, booth_id, name, opinion)
    if booth.state in (BoothState.CANCELLED, BoothState.DECLINED):
        _clear_todos(booth.fair, booth.company_id)
    return booth


@transaction.atomic
def approve_all(actor: Actor, fair_id: int) -> int:
    """Let in everybody who waits and brings a position; returns how many."""
    waiting = Booth.objects.filter(fair_id=fair_id, state=BoothState.APPLIED, posts__isnull=False)
    ids = list(waiting.distinct().order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        make_move(actor, pk, "approve")
    return len(ids)


@transaction.atomic
def pardon(actor: Actor, company_id: int, statement: str) -> NoShowPardon:
    """Let a company come again after it has explained its absences in writing."""
    require(can_hold(actor))
    if len(statement.strip()) < 10:
        raise Refused(_("请抄录企业的书面说明（至少 10 个字）。"), field="statement")
    given = NoShowPardon.objects.create(
        company_id=company_id, statement=statement.strip(), granted_on=clock.today(),
        created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "booth.pardoned", given, company=company_id)
    return given


def _refuse_unfit(fair: Fair, company: Organisation) -> None:
    """One stand for a legal person on a day; none while barred or no longer active."""
    if company.status != Status.ACTIVE:
        raise Refused(
            _("%(name)s 当前为“%(status)s”，不能参展。")
            % {"name": company.name, "status": company.get_status_display()}
        )
    same_day = (
        Booth.objects.filter(company=company, fair__held_on=fair.held_on, state__in=STANDING)
        .select_related("fair")
        .first()
    )
    if same_day:
        raise Refused(
            _("%(name)s 已报名同一天的“%(fair)s”；一个法人同一天只设一个展位。")
            % {"name": company.name, "fair": same_day.fair.name},
            code="same_day",
        )
    absences = absences_of(company.pk, fair.held_on)
    if absences.barred_until:
        raise Refused(
            _(
                "%(name)s 无故缺席达 %(limit)s 次，%(day)s 前暂停参展（%(source)s）；"
                "提交书面说明后可恢复。"
            )
            % {
                "name": company.name, "limit": absences.limit,
                "day": absences.barred_until, "source": absences.source,
            },
            code="barred",
        )  # fmt: skip


def _bring(booth: Booth, lines: Sequence[Line]) -> None:
    """Make a booth's positions those of the lines; what somebody applied for stays in place."""
    if not lines:
        raise Refused(_("请至少选择一个岗位。"), code="no_posts", field="posts")
    offered = {row.pk: row for row in posts_to_bring(booth.company_id, booth)}
    held = list(booth.posts.select_for_update().order_by("pk"))
    for line in lines:
        demand = offered.get(line["demand"])
        if demand is None:
            raise Refused(
                _("岗位 %(pk)s 不在该企业的有效需求中，请刷新页面后重选。")
                % {"pk": line["demand"]},
                field="posts",
            )
        post = _same(held, line) or FairPost(booth=booth, demand=demand)
        _refuse_too_many(demand, line["people"], post.people or 0)
        if post in held:
            held.remove(post)
        post.people, post.purpose = line["people"], Purpose(line["purpose"])
        post.save()
    _drop(held)


def _same(held: Sequence[FairPost], line: Line) -> FairPost | None:
    """The position that a line speaks of; another purpose makes it another position."""
    kind = line["demand"], line["purpose"]
    return next((post for post in held if (post.demand_id, post.purpose) == kind), None)


def _refuse_too_many(demand: JobDemand, people: int, held: int) -> None:
    """As many as the ledger still wants; what was agreed to earlier may stay."""
    most = max(demand.wanted, held)
    if not 1 <= people <= most:
        raise Refused(
            _("“%(title)s”填了 %(people)s 人，须为 1 至 %(wanted)s 人（台账中尚缺人数）。")
            % {"title": demand.title, "people": people, "wanted": most},
            field="posts",
        )


def _drop(posts: Sequence[FairPost]) -> None:
    for post in posts:
        applied = post.intentions.count()
        if applied:
            raise Refused(
                _("“%(title)s”已有 %(n)s 名学生投递，不能撤下；可改人数，或取消参展。")
                % {"title": post.demand.title, "n": applied},
                code="applied_for", field="posts",
            )  # fmt: skip
        post.delete()


def _plain(stated: Mapping[str, Any]) -> dict[str, Any]:
    names = ("representatives", "tables", "wish")
    return {name: stated[name] for name in names if name in stated}


def _answered(fair: Fair, company_id: int) -> Ask | None:
    """The open invitation to this fair that the application answers, closed with a yes."""
    asked = fair.asks.filter(company_id=company_id, state=AskState.ASKED).first()
    if asked:
        asked.state, asked.answer, asked.answered_on = AskState.ANSWERED, "yes", clock.today()
        asked.save()
    return asked


def _clear_todos(fair: Fair, company_id: int) -> None:
    """Only this company's: the others have still to answer."""
    Todo.objects.filter(
        about=fairs.about(fair.pk), organisation_id=company_id, done_at=None
    ).update(done_at=clock.now())


def _locked(booth_id: int) -> Booth:
    rows = Booth.objects.select_for_update(of=("self",)).select_related("fair", "company")
    return rows.get(pk=booth_id)
