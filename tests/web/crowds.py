"""Many rows for a list page: made by themselves where a model allows it, by hand where not."""

import itertools
from collections.abc import Callable
from typing import Any

from django.db import models
from model_bakery import baker

from chanjiao.core.actor import Actor
from chanjiao.evidence.models import PressArticle, Statement
from chanjiao.organisations.models import Organisation, RoleGrant
from chanjiao.publishing.models import Publication, Quarter, Snapshot, Version
from chanjiao.supply.models import Cohort, MajorOffering, Student

type Crowd = Callable[[int], object]

#: Fields that say whose a row is, for pages on which everybody sees their own.
OWNERS = ("organisation", "company", "school", "body")
NUMBERS = itertools.count(1000)

for name in ("BigIntegerField", "IntegerField", "PositiveIntegerField"):
    baker.generators.add(f"django.db.models.{name}", lambda: next(NUMBERS))


def plain(model: type[models.Model], count: int, **fields: Any) -> list[Any]:
    """Rows with a related row of their own in every foreign key, also where none is needed."""
    links = [
        field.name
        for field in model._meta.fields
        if field.is_relation and field.null and field.related_model is not model
    ]
    return baker.make(model, _quantity=count, _fill_optional=links, **fields)


def by_itself(actor: Actor, rows: Callable[[Actor], models.QuerySet[Any]]) -> Crowd:
    """Rows of the page's own model, belonging to the reader where nobody else's are shown."""
    model = rows(actor).model
    own = [f.name for f in model._meta.fields if f.name in OWNERS]

    def crowd(count: int) -> None:
        before = rows(actor).count()
        plain(model, count)
        if rows(actor).count() < before + count and own:
            mine = Organisation.objects.get(pk=actor.organisation_id)
            plain(model, count, **dict.fromkeys(own, mine))

    return crowd


def organisations(count: int) -> None:
    taken = Organisation.objects.count()
    for n in range(taken, taken + count):
        plain(
            Organisation, 1, name=f"丁企业{n:03}", name_key=f"丁企业{n:03}", merged_into=None,
            kind="company", status="active",
        )  # fmt: skip


def offerings(count: int, **fields: Any) -> list[MajorOffering]:
    return [
        plain(
            MajorOffering, 1, code=f"46{next(NUMBERS)}", duration=3, level="college",
            state="open", filing_number="1", **fields,
        )[0]
        for _n in range(count)
    ]  # fmt: skip


def cohorts(count: int) -> None:
    for offering in offerings(count):
        plain(Cohort, 1, offering=offering)


def students(count: int) -> None:
    """Students of the body whose page it is: the one that was granted a role last."""
    school = RoleGrant.objects.latest("pk").organisation
    for offering in offerings(count, school=school):
        cohort = plain(Cohort, 1, offering=offering)[0]
        plain(Student, 1, school=school, offering=offering, cohort=cohort, status="enrolled")


def lists(count: int) -> None:
    """Published lists, each with the quarter and the version without which there is none."""
    for _n in range(count):
        n = next(NUMBERS)
        quarter = Quarter.objects.create(year=n, number=1, as_of="2026-03-31", state="published")
        made = Publication.objects.create(number=f"RCXQ-{n}Q1", title=f"清单 {n}", quarter=quarter)
        snapshot = plain(Snapshot, 1, seal=f"{n:064x}", version=1)[0]
        plain(Version, 1, publication=made, number=1, snapshot=snapshot)


def taken_statements(count: int) -> None:
    for n in range(count):
        article = plain(PressArticle, 1, number=1, paragraphs=[], text="甲校在校生1人")[0]
        plain(
            Statement, 1, article=article, kind="figure", state="accepted", start=n, end=n + 1,
            value=n, score=1, content=FIGURE, proposed=FIGURE,
        )  # fmt: skip


FIGURE = {
    "subject": "甲校", "indicator": "在校生", "value": "1", "upper": None, "unit": "人",
    "qualifier": "exact", "status": "actual", "period": "2026",
}  # fmt: skip

#: Pages for which rows can't be made up without knowing what they mean.
BY_HAND: dict[str, Crowd] = {
    "portal:lists": lists,
    "publishing:list": lists,
    "directory:organisations": organisations,
    "supply:offerings": offerings,
    "supply:cohorts": cohorts,
    "supply:students": students,
    "evidence:statements": taken_statements,
}
