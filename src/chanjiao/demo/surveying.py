"""Third stage: three years of asking companies, two of them past, and the quarter now open."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Max

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role
from chanjiao.demand.choices import Coding, DemandState, NothingReason, Period, TargetState
from chanjiao.demand.models import JobDemand, SurveyRound
from chanjiao.demand.services import answering, demands, expiring, rounds, statements
from chanjiao.demo.calendar import Quarter
from chanjiao.demo.loading import load_sheet
from chanjiao.demo.market import Line
from chanjiao.organisations.models import Organisation

REASONS = (
    NothingReason.FULL, NothingReason.SHRINKING, NothingReason.AGENCY, NothingReason.UNDECIDED,
)  # fmt: skip


def open_round(office: Actor, quarter: Quarter) -> SurveyRound:
    """Plan a quarter's round over all companies, announce it and ask."""
    made = rounds.plan(
        office,
        {
            "title": f"{quarter.year} 年第 {quarter.number} 季度人才需求征集",
            "title_en": f"Talent demand survey {quarter.year} Q{quarter.number}",
            "year": quarter.year,
            "period": Period.QUARTER,
            "quarter": quarter.number,
            "opens_on": clock.today(),
            "closes_on": quarter.next.first_day - timedelta(days=1),
        },
    )
    rounds.target(office, made.pk, {})
    rounds.make_move(office, made.pk, "announce")
    rounds.make_move(office, made.pk, "open")
    return made


def load_lines(office: Actor, lines: Iterable[Line]) -> None:
    """Lines brought in by the office as one file: they count at once."""
    last = JobDemand.objects.aggregate(last=Max("pk"))["last"] or 0
    load_sheet(office, "positions", _rows(lines), updates_existing=True)
    # The database stamps them with the day of building; they came on the day that is told.
    JobDemand.objects.filter(pk__gt=last).update(created_at=clock.now())


def expire() -> None:
    """Let lines lapse whose day has passed, as the worker does round by round."""
    while expiring.expire_due():
        pass


def say_nothing(office: Actor, survey_round: SurveyRound, count: int) -> None:
    """Some silent companies are reached by telephone: they need nobody, and say why."""
    wanting = JobDemand.objects.filter(state=DemandState.VALID).values("company_id")
    waiting = survey_round.targets.filter(state=TargetState.WAITING).order_by("company_id")
    waiting = waiting.exclude(company_id__in=wanting)
    for number, target in enumerate(list(waiting[:count])):
        reason = REASONS[number % len(REASONS)]
        statements.say_nothing(office, target.company_id, reason, survey_round=survey_round)


def confirm_again(survey_round: SurveyRound, share: int) -> None:
    """Of the companies with standing lines, ``share`` in ten say that theirs still hold."""
    standing = JobDemand.objects.filter(state=DemandState.VALID).order_by("company_id", "pk")
    for demand in standing.select_related("company"):
        if demand.company_id % 10 < share:
            demands.make_move(_people_of(demand.company), demand.pk, "confirm")
    answered = {pk for pk in standing.values_list("company_id", flat=True) if pk % 10 < share}
    answering.note_answers(answered)


def _people_of(company: Organisation) -> Actor:
    return Actor(
        name="企业联系人", organisation_id=company.pk, organisation_name=company.name,
        roles=frozenset({Role.COMPANY_HR}), via="command",
    )  # fmt: skip


def leave_none_waiting(office: Actor) -> None:
    """At the end of a quarter every line has been decided about, if only with "none fits"."""
    for pk in JobDemand.objects.filter(coding=Coding.WAITING).values_list("pk", flat=True):
        demands.choose_code(office, pk, None)


def _rows(lines: Iterable[Line]) -> Iterator[dict[str, object]]:
    for line in lines:
        yield {
            "credit_code": line.company, "title": line.title, "occupation": line.code,
            "headcount": line.headcount, "pay_min": line.pay_min, "pay_max": line.pay_max,
            "arrive_on": f"{line.year}-12", "source": line.source,
        }  # fmt: skip
