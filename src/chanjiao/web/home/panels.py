"""What stands beside the to-dos on the workbench: the survey that runs, the sharpest shortages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.demand.queries import round_totals, rounds_visible_to
from chanjiao.gaps.queries import figures_visible_to, latest_study

SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running round is; ``share`` is whole per cent of companies that answered."""

    title: str
    url: str
    silent_url: str
    closes_on: Any
    answered: int
    nothing: int
    silent: int
    asked: int

    @property
    def share(self) -> int:
        return round(100 * (self.answered + self.nothing) / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class Shortages:
    study: Any
    rows: list[Any]
    url: str


def running_round(actor: Actor) -> Progress | None:
    """The round companies are answering now, for those who may hold rounds."""
    if not actor.may("survey_round", Action.UPDATE):
        return None
    found = rounds_visible_to(actor).filter(state="collecting").order_by("-opens_on").first()
    if found is None:
        return None
    totals = round_totals(found)
    counted = [totals[state] for state in ("answered", "nothing", "waiting")]
    url = reverse("demand:round", args=[found.pk])
    return Progress(
        str(found), url, f"{url}?state=waiting", found.closes_on, *counted, asked=sum(counted)
    )


def sharpest_shortages(actor: Actor) -> Shortages | None:
    """Occupations with the highest index of the newest study this actor may see."""
    study = latest_study(actor) if actor.may("gap") else None
    if study is None:
        return None
    rows = figures_visible_to(actor, study, "occupation").filter(is_leaf=True, index__gt=0)
    return Shortages(study, list(rows.order_by("-index", "key")[:SHORTEST]), reverse("gaps:study"))
