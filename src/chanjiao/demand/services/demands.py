"""What a company says it needs: said, changed, coded, filled, merged."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.demand import wording
from chanjiao.demand.choices import (
    COUNTED,
    OPEN,
    Coding,
    Source,
    TargetState,
)
from chanjiao.demand.models import DemandFill, DemandLook, DemandSkill, JobDemand
from chanjiao.demand.models.demands import MOST_SKILLS
from chanjiao.demand.policies import can_code, can_declare_for, can_edit, can_withdraw, owns
from chanjiao.demand.queue import search_text
from chanjiao.demand.services import answering, statements, telling
from chanjiao.demand.services.lifecycle import FLOW, valid_until
from chanjiao.organisations.models import Organisation
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.standards.services import alignments

# What a company may state about a position; majors and skills are rows of their own.
STATED = (
    "title", "description", "headcount", "reason", "education", "experience", "skill_level",
    "pay_min_yuan", "pay_max_yuan", "area_id", "node_id", "place", "arrive_on", "closes_on",
    "intents", "hard_reason", "urgency", "visibility", "source", "round_id",
)  # fmt: skip


@transaction.atomic
def declare(
    actor: Actor, company_id: int, stated: Mapping[str, Any], *, submits: bool = True
) -> JobDemand:
    """State one position; ``occupation`` is a Code, None for "none fits", absent for "later"."""
    require(can_declare_for(actor, company_id))
    company = Organisation.objects.select_related("area", "industry").get(pk=company_id)
    demand = JobDemand(company=company, created_by_id=actor.user_id, year=clock.today().year)
    stated = dict(stated)
    if not stated.get("round_id"):
        asking = answering.round_asking(company_id)
        stated["round_id"] = asking.pk if asking else None
    _state(demand, stated)
    demand.valid_until = valid_until(demand)
    _set_code(demand, stated)
    _keep(demand)
    _keep_rows(demand, stated)
    _remember(actor, demand)
    audit.record(actor, "demand.declared", demand, company=company_id)
    return submit(actor, demand.pk) if submits else demand


@transaction.atomic
def submit(actor: Actor, demand_id: int) -> JobDemand:
    """Hand a draft in: it answers the round that asks, and the office is told to verify it."""
    demand = FLOW.make(actor, demand_id, "submit")
    answering.note_answer(demand.company_id, demand.round_id, TargetState.ANSWERED)
    statements.take_back(demand.company_id, demand.year)
    telling.to_verify()
    todos.done(telling.about_demand(demand.pk))
    return demand


def make_move(actor: Actor, demand_id: int, name: str, opinion: str = "") -> JobDemand:
    """Make a move of the table with what belongs to it: news and answers."""
    if name == "submit":
        return submit(actor, demand_id)
    with transaction.atomic():
        demand = FLOW.make(actor, demand_id, name, opinion)
        telling.after_move(demand, name)
    return demand


@transaction.atomic
def revise(actor: Actor, demand_id: int, stated: Mapping[str, Any]) -> JobDemand:
    """Change what was stated; a word changed today is also a word confirmed today."""
    demand = JobDemand.objects.select_for_update(of=("self",)).get(pk=demand_id)
    require(can_edit(actor, demand))
    before = {name: getattr(demand, name) for name in STATED}
    _state(demand, stated)
    if demand.headcount < demand.filled:
        raise Refused(
            _("招聘人数 %(new)s 少于已到岗的 %(filled)s 人。")
            % {"new": demand.headcount, "filled": demand.filled},
            field="headcount",
        )
    _set_code(demand, stated)
    if demand.state in COUNTED:
        demand.confirmed_on = clock.today()
    demand.valid_until = valid_until(demand)
    _keep(demand)
    _keep_rows(demand, stated)
    if "occupation" in stated:
        _remember(actor, demand)
    changed = {
        n: [before[n], getattr(demand, n)] for n in STATED if before[n] != getattr(demand, n)
    }
    changed.pop("description", None)
    audit.record(actor, "demand.revised", demand, changed=changed)
    return demand


@transaction.atomic
def choose_code(
    actor: Actor, demand_id: int, occupation: Code | None, *, by: str = Coding.PERSON
) -> JobDemand:
    """Say which occupation a position is; None says that no code fits."""
    demand = (
        JobDemand.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(pk=demand_id)
    )
    require(can_code(actor, demand))
    before = demand.occupation.code if demand.occupation else ""
    demand.occupation = occupation
    demand.coding = by if occupation else Coding.NONE
    demand.search_text = search_text(demand)
    demand.save(update_fields=["occupation", "coding", "search_text", "updated_at"])
    alignments.remember(actor, System.OCCUPATION, demand.title, demand.company_id, occupation)
    audit.record(
        actor, "demand.coded", demand,
        before=before, after=occupation.code if occupation else "", by=by,
    )  # fmt: skip
    return demand


@transaction.atomic
def record_fill(
    actor: Actor, demand_id: int, people: int, filled_on: date, *,
    school_id: int | None = None, note: str = "",
) -> JobDemand:  # fmt: skip
    """Note who came; the sum decides whether the position is partly or wholly filled."""
    demand = JobDemand.objects.select_for_update(of=("self",)).get(pk=demand_id)
    require(owns(actor, demand) and demand.state in COUNTED)
    if people > demand.wanted:
        raise Refused(
            _("到岗 %(people)s 人超过尚缺的 %(wanted)s 人；如确有增加，请先修改招聘人数。")
            % {"people": people, "wanted": demand.wanted},
            field="people",
        )
    DemandFill.objects.create(
        demand=demand, people=people, filled_on=filled_on, school_id=school_id, note=note,
        created_by_id=actor.user_id,
    )  # fmt: skip
    JobDemand.objects.filter(pk=demand.pk).update(filled=demand.filled + people)
    is_all = demand.filled + people >= demand.headcount
    return FLOW.make(actor, demand.pk, "fill_all" if is_all else "fill_part")


@transaction.atomic
def merge(actor: Actor, demand_id: int, into_id: int) -> JobDemand:
    """Say that two lines are one need told twice; the first is withdrawn, the second counts."""
    both = {
        d.pk: d
        for d in JobDemand.objects.select_for_update(of=("self",))
        .filter(pk__in=[demand_id, into_id])
        .order_by("pk")
    }
    demand, into = both[demand_id], both[into_id]
    require(can_withdraw(actor, demand) and can_withdraw(actor, into))
    if demand_id == into_id or demand.company_id != into.company_id:
        raise Refused(_("只能并入同一企业的另一条需求。"))
    if into.state not in OPEN:
        raise Refused(_("需求 %(number)s 已结束，不能并入。") % {"number": into.number})
    demand.merged_into = into
    demand.save(update_fields=["merged_into", "updated_at"])
    words = _("与 %(number)s 为同一需求，已并入。") % {"number": into.number}
    return FLOW.make(actor, demand.pk, "withdraw", words)


def note_look(actor: Actor, demand: JobDemand) -> None:
    """Remember, once a day, that a school or bureau looked: the company may know who did.

    The office, which keeps the register, looks at everything and is not worth a line.
    """
    if actor.organisation_id in (None, demand.company_id) or owns(actor, demand):
        return
    DemandLook.objects.bulk_create(
        [DemandLook(demand=demand, organisation_id=actor.organisation_id, looked_on=clock.today())],
        ignore_conflicts=True,
    )


def _state(demand: JobDemand, stated: Mapping[str, Any]) -> None:
    for name in STATED:
        if name in stated:
            setattr(demand, name, stated[name])
    demand.title = demand.title.strip()
    demand.title_key = wording.key(demand.title)
    demand.source = demand.source or Source.SURVEY
    if demand.arrive_on:
        demand.year = demand.arrive_on.year
    elif demand.round_id and demand.round:
        demand.year = demand.round.year
    demand.area_id = demand.area_id or demand.company.area_id


def _set_code(demand: JobDemand, stated: Mapping[str, Any]) -> None:
    if "occupation" not in stated:
        return
    demand.occupation = stated["occupation"]
    given = stated.get("coding", Coding.GIVEN)
    demand.coding = given if demand.occupation else stated.get("coding_if_none", Coding.WAITING)


def _remember(actor: Actor, demand: JobDemand) -> None:
    """What was chosen for these words is offered first next time, and applied to imports."""
    if demand.coding in (Coding.PERSON, Coding.NONE):
        alignments.remember(
            actor, System.OCCUPATION, demand.title, demand.company_id, demand.occupation
        )


def _keep(demand: JobDemand) -> None:
    demand.search_text = search_text(demand)
    try:
        with transaction.atomic():
            demand.save()
    except IntegrityError as error:
        twin = JobDemand.objects.filter(
            company_id=demand.company_id, title_key=demand.title_key,
            place=demand.place, state__in=OPEN,
        ).exclude(pk=demand.pk).first()  # fmt: skip
        if twin is None:
            raise
        raise Refused(
            _("已有同名的未结需求 %(number)s“%(title)s”；请修改那一条，或在“工作地点”中写明区别。")
            % {"number": twin.number, "title": twin.title},
            code="twin", field="title", twin=twin.pk,
        ) from error  # fmt: skip


def _keep_rows(demand: JobDemand, stated: Mapping[str, Any]) -> None:
    if "majors" in stated:
        demand.majors.set(stated["majors"])
    if "skills" in stated:
        _keep_skills(demand, stated["skills"])


def _keep_skills(demand: JobDemand, skills: Sequence[tuple[str, str]]) -> None:
    if len(skills) > MOST_SKILLS:
        raise Refused(
            _("技能要求有 %(n)s 项，最多 %(most)s 项。") % {"n": len(skills), "most": MOST_SKILLS},
            field="skills_text",
        )
    demand.skills.all().delete()
    DemandSkill.objects.bulk_create(
        DemandSkill(demand=demand, name=name, degree=degree) for name, degree in skills
    )
