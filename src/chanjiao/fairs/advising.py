"""Which positions of a fair suit a student, with the reasons: advice, and never a record.

The inputs are what the register holds of the student's studies. Nobody's sex, age, origin or
name is one; the engine refuses such columns (see docs/engines/matching.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from chanjiao.engines.matching import (
    Appeal,
    Ask,
    AtLeast,
    Fit,
    Key,
    Market,
    Scheme,
    Side,
    Table,
)
from chanjiao.fairs.choices import COMING
from chanjiao.fairs.models import Fair, FairPost
from chanjiao.standards.choices import LinkState, Relation
from chanjiao.standards.models import CodeLink
from chanjiao.supply.choices import Level
from chanjiao.supply.models import Student

# Levels of a school against the levels a position asks for (GB/T 4658 as the demand form has it).
EDUCATION = {
    Level.SECONDARY: 1, Level.MIDDLE_WORKER: 1, Level.SENIOR_WORKER: 1, Level.TECHNICIAN: 2,
    Level.COLLEGE: 2, Level.VOCATIONAL_BACHELOR: 3, Level.BACHELOR: 3,
}  # fmt: skip
SCHEME = Scheme(
    version="fair-1",
    person={"study": 6.0, "named": 3.0, "pay": 1.0},
    position={"study": 5.0, "named": 4.0},
)
LONGEST = 200
FULL_PAY_YUAN = 12_000  # pay counts in full from here on; it only parts equals


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggested position: its rank, its score 0–1 and how much each reason adds to it."""

    post: FairPost
    score: float
    study: float
    is_named: bool
    education: int


def posts_of_fair(fair: Fair) -> QuerySet[FairPost]:
    """Every position of the companies that are coming."""
    return (
        FairPost.objects.filter(booth__fair=fair, booth__state__in=COMING)
        .select_related("demand", "demand__occupation", "booth__company", "booth__stand__hall")
        .prefetch_related("demand__majors")
        .order_by("pk")
    )


def advise(student: Student, posts: Sequence[FairPost], *, limit: int = LONGEST) -> list[Advice]:
    """The positions whose conditions the student meets, best first; equal inputs, equal order."""
    if not posts:
        return []
    offering = student.offering
    ties = _ties(offering.code, posts)
    market = Market(
        Table([student.pk], {
            "major": [offering.code], "education": [EDUCATION[Level(offering.level)]],
        }),
        Table([post.pk for post in posts], {
            "occupation": [_occupation(post) for post in posts],
            "asked": [int(post.demand.education) or None for post in posts],
            "named": [_names(post, offering.code) for post in posts],
            "pay": [_pay(post) for post in posts],
        }),
        conditions=[AtLeast("education", "education", "asked")],
        factors=[
            Fit("study", "major", "occupation", ties),
            Appeal("named", "named"),
            Appeal("pay", "pay"),
        ],
        scheme=SCHEME,
    )  # fmt: skip
    asked = Ask(Side.PEOPLE, np.array([0], np.int32), min(limit, len(posts)), Key.PERSON)
    found = market.ask(asked)
    ordered = sorted(posts, key=lambda post: post.pk)
    best = []
    for place in range(int(found.found[0])):
        post = ordered[int(found.item[0, place])]
        best.append(
            Advice(
                post=post,
                score=int(found.u[0, place]) / market.unit,
                study=ties.get((offering.code, _occupation(post)), 0.0),
                is_named=bool(_names(post, offering.code)),
                education=int(post.demand.education),
            )
        )
    return best


def _occupation(post: FairPost) -> str:
    return post.demand.occupation.code if post.demand.occupation else ""


def _names(post: FairPost, major: str) -> float:
    """Whether the company itself asks for this major; asking for none leaves it open."""
    asked = {code.code for code in post.demand.majors.all()}
    return 1.0 if major in asked else 0.0


def _pay(post: FairPost) -> float:
    low = post.demand.pay_min_yuan or post.demand.pay_max_yuan or 0
    return min(low / FULL_PAY_YUAN, 1.0)


def _ties(major: str, posts: Sequence[FairPost]) -> Mapping[tuple[str, str], float]:
    """How strongly the reviewed crosswalk links the major with each occupation asked for."""
    rows = CodeLink.objects.filter(
        relation=Relation.MAJOR_OCCUPATION, state=LinkState.ACCEPTED, source__code=major,
        target__code__in={_occupation(post) for post in posts} - {""},
    )  # fmt: skip
    found = rows.values_list("target__code", "strength")
    return {(major, occupation): float(strength) for occupation, strength in found}
