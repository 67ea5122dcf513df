"""Applying a checked positions sheet: fifty thousand rows in a few hundred statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.labels import Labels
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Action
from chanjiao.core.sheets import Change, Key, Progress, Values, first_of_month
from chanjiao.demand import wording
from chanjiao.demand.choices import Coding, DemandState, Education, Source
from chanjiao.demand.coding import Remembered
from chanjiao.demand.models import DemandSkill, JobDemand
from chanjiao.demand.rows import FOUND_AGAIN, companies_by_code
from chanjiao.demand.services import answering, telling
from chanjiao.demand.services.lifecycle import usually_until, valid_until
from chanjiao.industry.queries import node_labels
from chanjiao.organisations.models import Organisation
from chanjiao.organisations.queries import area_labels
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import ids_of
from chanjiao.standards.models import Code

BATCH = 2000
# Sheet columns that are plain fields of the demand, and what they are when nobody says.
PLAIN = {
    "title": "title", "headcount": "headcount", "pay_min": "pay_min_yuan",
    "pay_max": "pay_max_yuan", "closes_on": "closes_on", "description": "description",
    "education": "education", "experience": "experience", "skill_level": "skill_level",
    "place": "place", "arrive_on": "arrive_on", "reason": "reason", "source": "source",
}  # fmt: skip
BLANK = {
    "pay_min": None, "pay_max": None, "closes_on": None, "arrive_on": None,
    "education": Education.ANY.value, "source": Source.SURVEY.value,
}  # fmt: skip
UPDATED = (
    *PLAIN.values(), "title_key", "occupation", "coding", "area", "node", "intents", "year",
    "valid_until", "confirmed_on", "search_text", "state", "updated_at",
)  # fmt: skip
REVIVED = frozenset({DemandState.EXPIRED, DemandState.DRAFT, DemandState.RETURNED})


@transaction.atomic
def apply_changes(actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
    """Create, change and take away; what the office brings in counts, the rest waits for it."""
    require(actor.may("demand", Action.CREATE))
    work = Work(actor, changes)
    for start in range(0, len(changes), BATCH):
        part = changes[start : start + BATCH]
        work.create([c for c in part if c.before is None and c.after is not None])
        work.change([c for c in part if c.before is not None and c.after is not None])
        work.remove([c for c in part if c.after is None])
        progress(min(start + BATCH, len(changes)), len(changes), "")
    work.finish()


@dataclass(frozen=True, slots=True)
class Body:
    """What a row needs to know of its company."""

    name: str
    area_id: int | None


class Work:
    """The rows of one file, with what they share looked up once."""

    def __init__(self, actor: Actor, changes: Sequence[Change]) -> None:
        self.actor, self.today = actor, clock.today()
        self.usual = usually_until()
        self.is_office = actor.may_all("demand", Action.APPROVE)
        self.companies = companies_by_code({change.key[0] for change in changes})
        for company_id in set(self.companies.values()):
            require(actor.may_here("demand", Action.CREATE, company_id))
        self.bodies = _bodies(sorted(set(self.companies.values())))
        self.rounds = answering.rounds_asking(self.bodies)
        after = [change.after for change in changes if change.after]
        self.majors = ids_of(
            System.MAJOR, {code for v in after for code in _parts(v.get("majors"))}
        )
        self.given = ids_of(
            System.OCCUPATION, {str(v["occupation"]) for v in after if v.get("occupation")}
        )
        self.memory = Remembered((change.key[1] for change in changes), self.bodies)
        self.occupations = _occupations({*self.given.values(), *self.memory.ids.values()})
        self.areas, self.nodes = area_labels(), node_labels()
        self.seen: set[Key] = set()
        self.answered: set[int] = set()

    def create(self, changes: Sequence[Change]) -> None:
        fresh: list[tuple[JobDemand, Values]] = []
        for change in changes:
            key = _normal(change.key)
            if key in self.seen:  # rows equal in every value: the first is kept
                continue
            self.seen.add(key)
            fresh.append((self._made(change), change.after or {}))
        made = JobDemand.objects.bulk_create([demand for demand, _values in fresh], BATCH)
        self._keep_lists([(d, v) for d, (_d, v) in zip(made, fresh, strict=True)])
        self.answered.update(demand.company_id for demand in made)

    def change(self, changes: Sequence[Change]) -> None:
        """Write the columns that differ; a line that had lapsed stands again."""
        if not changes:
            return
        held = self._held(changes)
        coded = {demand.occupation_id for demand in held.values() if demand.occupation_id}
        self.occupations |= _occupations(coded - set(self.occupations))
        touched: list[tuple[JobDemand, Values]] = []
        for change in changes:
            demand, values = held[_normal(change.key)], change.after or {}
            self._state(demand, values)
            demand.state = self._state_after(demand)
            demand.confirmed_on = self.today
            touched.append((demand, values))
        JobDemand.objects.bulk_create(
            [demand for demand, _values in touched], BATCH,
            update_conflicts=True, unique_fields=["id"], update_fields=UPDATED,
        )  # fmt: skip
        self._drop_lists(touched)
        self._keep_lists(touched)
        self.answered.update(demand.company_id for demand, _values in touched)

    def remove(self, changes: Sequence[Change]) -> None:
        """Take back what an import brought; a line somebody has worked on since stays."""
        if not changes:
            return
        ids = [demand.pk for demand in self._held(changes).values()]
        rows = JobDemand.objects.filter(pk__in=ids)
        if (
            worked_on := rows.filter(asks__isnull=False).first()
            or rows.filter(filled__gt=0).first()
        ):
            raise Refused(
                _("需求 %(number)s 导入后已有后续办理，不能撤回整批导入。")
                % {"number": worked_on.number}
            )
        JobDemand.majors.through.objects.filter(jobdemand_id__in=ids).delete()
        rows.delete()

    def finish(self) -> None:
        answering.note_answers(self.answered)
        if self.answered and not self.is_office:
            telling.to_verify()

    def _made(self, change: Change) -> JobDemand:
        company_id = self.companies.get(change.key[0])
        if company_id is None:
            raise Refused(
                _("没有登记统一社会信用代码为 %(code)s 的企业。") % {"code": change.key[0]}
            )
        demand = JobDemand(
            company_id=company_id,
            area_id=self.bodies[company_id].area_id,
            created_by_id=self.actor.user_id,
            state=DemandState.VALID if self.is_office else DemandState.SUBMITTED,
            confirmed_on=self.today,
        )
        if company_id in self.rounds:
            demand.round_id, demand.year = self.rounds[company_id]
        self._state(demand, dict.fromkeys(PLAIN) | dict(change.after or {}))
        return demand

    def _state(self, demand: JobDemand, values: Values) -> None:
        for name, field in PLAIN.items():
            if name in values:
                value = values[name]
                is_blank = value in (None, "")
                setattr(demand, field, BLANK.get(name, "") if is_blank else value)
        if values.get("arrive_on"):
            demand.arrive_on = first_of_month(values["arrive_on"])
        if "area" in values:
            demand.area_id = _meant(self.areas, values["area"])
        if "node" in values:
            demand.node_id = _meant(self.nodes, values["node"])
        if "intents" in values:
            demand.intents = list(values["intents"] or ())
        demand.title, demand.place = demand.title.strip(), demand.place.strip()
        demand.title_key = wording.key(demand.title)
        demand.year = demand.arrive_on.year if demand.arrive_on else demand.year or self.today.year
        demand.valid_until = valid_until(demand, self.usual)
        self._code(demand, values)
        demand.search_text = self._terms(demand)

    def _code(self, demand: JobDemand, values: Values) -> None:
        """The file's own code; else what was decided before; else the line waits in the queue."""
        given = self.given.get(str(values.get("occupation") or ""))
        if given:
            demand.occupation_id, demand.coding = given, Coding.GIVEN
            return
        if "occupation" in values:
            demand.occupation_id = None
        if demand.occupation_id is None:
            known, how = self.memory.about(demand.title, demand.company_id)
            demand.occupation_id, demand.coding = known, how

    def _terms(self, demand: JobDemand) -> str:
        occupation = self.occupations.get(demand.occupation_id or 0, "")
        name = self.bodies[demand.company_id].name
        return " ".join(wording.terms(demand.title, name, demand.place, occupation))

    def _state_after(self, demand: JobDemand) -> str:
        if demand.state not in REVIVED:
            return demand.state
        return DemandState.VALID if self.is_office else DemandState.SUBMITTED

    def _held(self, changes: Sequence[Change]) -> dict[Key, JobDemand]:
        codes = {company_id: code for code, company_id in self.companies.items()}
        rows = JobDemand.objects.select_for_update(of=("self",)).filter(
            company_id__in={self.companies[change.key[0]] for change in changes},
            title_key__in={wording.key(change.key[1]) for change in changes},
            state__in=FOUND_AGAIN,
        )
        # An open line outranks a lapsed one of the same name, a later one an earlier.
        found = sorted(rows, key=lambda d: (d.state != DemandState.EXPIRED, d.pk))
        return {(codes[d.company_id], d.title_key, d.place): d for d in found}

    def _keep_lists(self, rows: Sequence[tuple[JobDemand, Values]]) -> None:
        through = JobDemand.majors.through
        through.objects.bulk_create(
            [
                through(jobdemand_id=demand.pk, code_id=self.majors[code])
                for demand, values in rows
                for code in _parts(values.get("majors"))
                if code in self.majors
            ],
            BATCH,
        )
        DemandSkill.objects.bulk_create(
            [
                DemandSkill(demand_id=demand.pk, name=name, degree=degree)
                for demand, values in rows
                for name, degree in wording.skills_from(str(values.get("skills") or ""))
            ],
            BATCH,
        )

    def _drop_lists(self, rows: Sequence[tuple[JobDemand, Values]]) -> None:
        with_majors = [demand.pk for demand, values in rows if "majors" in values]
        JobDemand.majors.through.objects.filter(jobdemand_id__in=with_majors).delete()
        with_skills = [demand.pk for demand, values in rows if "skills" in values]
        DemandSkill.objects.filter(demand_id__in=with_skills).delete()


def _meant(labels: Labels, text: Any) -> int | None:
    """The record a checked cell names; nothing where it is blank again."""
    if not text:
        return None
    found = labels.find(str(text))
    if len(found) != 1:
        raise Refused(_("“%(text)s”在预览之后已改名或删除，请重新检查文件。") % {"text": text})
    return found[0]


def _bodies(ids: Sequence[int]) -> dict[int, Body]:
    found: dict[int, Body] = {}
    for start in range(0, len(ids), BATCH):
        rows = Organisation.objects.filter(pk__in=ids[start : start + BATCH])
        for pk, name, area_id in rows.values_list("pk", "name", "area_id"):
            found[pk] = Body(name, area_id)
    return found


def _occupations(ids: Iterable[int]) -> dict[int, str]:
    """Name and code of occupations as a position is found by."""
    rows = Code.objects.filter(pk__in=set(ids)).values_list("pk", "name", "code")
    return {pk: f"{name} {code.replace('-', '')}" for pk, name, code in rows}


def _normal(key: Key) -> Key:
    return (key[0], wording.key(key[1]), key[2].strip())


def _parts(text: Any) -> list[str]:
    return [part for part in str(text or "").split("、") if part]
