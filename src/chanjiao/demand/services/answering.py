"""What counts as an answer: a target of an open round leaves the list of the silent."""

from collections.abc import Collection

from chanjiao.core import clock, todos
from chanjiao.demand.choices import Answer, AskKind, AskState, RoundState, TargetState
from chanjiao.demand.models import Ask, RoundTarget, SurveyRound

ROUND_KINDS = (AskKind.SURVEY, AskKind.REMINDER)


def round_asking(company_id: int) -> SurveyRound | None:
    """The round that collects from this company today, if there is one."""
    target = (
        RoundTarget.objects.select_related("round")
        .filter(company_id=company_id, round__state=RoundState.COLLECTING)
        .exclude(state=TargetState.DROPPED)
        .order_by("-round__opens_on")
        .first()
    )
    return target.round if target else None


def rounds_asking(company_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """For each of these companies that a round asks today: the round and its year."""
    targets = RoundTarget.objects.filter(round__state=RoundState.COLLECTING).exclude(
        state=TargetState.DROPPED
    )
    rows = targets.order_by("round__opens_on").values_list("company_id", "round_id", "round__year")
    return {body: (pk, year) for body, pk, year in rows if body in company_ids}


def note_answers(company_ids: Collection[int]) -> None:
    """Mark many companies as having stated demand, in every round that asks them."""
    for body, (round_id, _year) in rounds_asking(company_ids).items():
        note_answer(body, round_id, TargetState.ANSWERED)


def note_answer(company_id: int, round_id: int | None, state: str) -> None:
    """Mark the company as having answered; a demand outweighs an earlier "nothing"."""
    if round_id is None:
        return
    targets = RoundTarget.objects.filter(company_id=company_id, round_id=round_id)
    if state == TargetState.NOTHING:
        targets = targets.exclude(state=TargetState.ANSWERED)
    targets.update(state=state, answered_on=clock.today())
    answer = Answer.YES if state == TargetState.ANSWERED else Answer.NO
    Ask.objects.filter(
        company_id=company_id, round_id=round_id, kind__in=ROUND_KINDS, state=AskState.ASKED
    ).update(state=AskState.ANSWERED, answer=answer, answered_on=clock.today())
    todos.done(about_round(round_id, company_id))


def about_round(round_id: int, company_id: int) -> str:
    return f"survey_round:{round_id}:{company_id}"


def close_ask(ask_id: int, state: str) -> None:
    """An ask answered through its link; a "nothing" is the answer no."""
    answer = Answer.YES if state == TargetState.ANSWERED else Answer.NO
    Ask.objects.filter(pk=ask_id, state=AskState.ASKED).update(
        state=AskState.ANSWERED, answer=answer, answered_on=clock.today()
    )
    todos.done(f"ask:{ask_id}")
