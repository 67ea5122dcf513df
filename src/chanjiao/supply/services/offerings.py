"""Acts on what a school offers: record, change, confirm, report a year, name a class."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.standards import codebook
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.supply.choices import LIVE, OfferingState
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear
from chanjiao.supply.policies import can_change, can_write_for
from chanjiao.supply.queries import teachers_of
from chanjiao.supply.services.reminding import about

Fields = Mapping[str, Any]


@transaction.atomic
def create(actor: Actor, fields: Fields) -> MajorOffering:
    """Record a major the school plans; what it already runs comes in by the sheet."""
    require(can_write_for(actor, actor.organisation_id))
    offering = MajorOffering(
        school_id=actor.organisation_id, state=OfferingState.PLANNED,
        confirmed_on=clock.today(), created_by_id=actor.user_id,
    )  # fmt: skip
    _fill(offering, fields)
    offering.save()
    audit.record(actor, "offering.created", offering, code=offering.code)
    return offering


@transaction.atomic
def change(actor: Actor, offering_id: int, fields: Fields) -> MajorOffering:
    """Change what describes an offering; its state changes by moves only."""
    offering = _locked(offering_id)
    require(can_change(actor, offering))
    _fill(offering, fields)
    if offering.state in LIVE and not offering.filing_number:
        raise Refused(
            _("该专业已备案或在招，不能去掉备案号。"), code="number_missing", field="filing_number"
        )
    offering.confirmed_on = clock.today()
    offering.save()
    audit.record(actor, "offering.changed", offering, fields=sorted(fields))
    return offering


@transaction.atomic
def confirm(actor: Actor, offering_id: int) -> MajorOffering:
    """Say that the offering still stands as recorded; it then counts for another year."""
    offering = _locked(offering_id)
    require(can_change(actor, offering))
    offering.confirmed_on = clock.today()
    offering.save()
    audit.record(actor, "offering.confirmed", offering)
    return offering


@transaction.atomic
def confirm_all(actor: Actor) -> int:
    """Confirm every live offering of the actor's school at once; returns how many."""
    require(can_write_for(actor, actor.organisation_id))
    rows = MajorOffering.objects.filter(school_id=actor.organisation_id, state__in=LIVE)
    count = rows.update(confirmed_on=clock.today(), updated_at=clock.now())
    if not count:
        raise Refused(_("没有在办专业可以确认。"), code="nothing_to_confirm")
    todos.done(about(actor.organisation_id or 0))
    audit.record(actor, "offering.all_confirmed", offerings=count)
    return count


@transaction.atomic
def report_year(actor: Actor, offering_id: int, year: int, fields: Fields) -> MajorYear:
    """Put down one school year's figures, or correct them."""
    offering = _locked(offering_id)
    require(can_change(actor, offering))
    _check_year(year, fields)
    found, is_new = MajorYear.objects.update_or_create(
        offering=offering, year=year, defaults=dict(fields),
        create_defaults={**fields, "created_by_id": actor.user_id},
    )  # fmt: skip
    act = "offering.year_reported" if is_new else "offering.year_corrected"
    audit.record(actor, act, offering, year=year)
    return found


@transaction.atomic
def open_cohort(actor: Actor, offering_id: int, fields: Fields) -> Cohort:
    offering = _locked(offering_id)
    require(can_change(actor, offering))
    cohort = Cohort(offering=offering, created_by_id=actor.user_id)
    _fill_cohort(cohort, fields)
    cohort.save()
    audit.record(actor, "cohort.opened", cohort, offering=offering.pk)
    return cohort


@transaction.atomic
def change_cohort(actor: Actor, cohort_id: int, fields: Fields) -> Cohort:
    cohort = (
        Cohort.objects.select_for_update(of=("self",)).select_related("offering").get(pk=cohort_id)
    )
    require(can_change(actor, cohort.offering))
    _fill_cohort(cohort, fields)
    cohort.save()
    audit.record(actor, "cohort.changed", cohort, fields=sorted(fields))
    return cohort


@transaction.atomic
def link_to_catalogue(actor: Actor) -> int:
    """Give offerings without a catalogue item the one their code names, after a list was loaded."""
    rows = MajorOffering.objects.filter(major__isnull=True)
    ids = codebook.ids_of(System.MAJOR, {row.code for row in rows})
    linked = [row for row in rows if row.code in ids]
    for row in linked:
        row.major_id = ids[row.code]
    MajorOffering.objects.bulk_update(linked, ["major"], batch_size=500)
    if linked:
        audit.record(actor, "offering.linked", offerings=len(linked))
    return len(linked)


def link_loaded() -> int:
    """Called by the worker's clock: a catalogue may have been imported since the last round."""
    return link_to_catalogue(SYSTEM)


def _fill(offering: MajorOffering, fields: Fields) -> None:
    for name, value in fields.items():
        setattr(offering, name, value)
    item = Code.objects.filter(system=System.MAJOR, code=offering.code).last()
    offering.major = item
    if item and not offering.name:
        offering.name = item.name
    twins = MajorOffering.objects.filter(
        school_id=offering.school_id, code=offering.code,
        direction=offering.direction, level=offering.level,
    ).exclude(pk=offering.pk).exclude(state=OfferingState.REVOKED)  # fmt: skip
    if twins.exists():
        raise Refused(
            _("该校已开设 %(offering)s 的同一层次和方向。") % {"offering": offering},
            code="offering_twice", field="code",
        )  # fmt: skip


def _fill_cohort(cohort: Cohort, fields: Fields) -> None:
    for name, value in fields.items():
        setattr(cohort, name, value)
    if cohort.graduates_on.year <= cohort.grade:
        raise Refused(
            _("预计毕业 %(year)s 年须晚于入学年份 %(grade)s。")
            % {"year": cohort.graduates_on.year, "grade": cohort.grade},
            code="ends_before_start", field="graduates_on",
        )  # fmt: skip
    school = cohort.offering.school_id
    if cohort.teacher_id and not teachers_of(school).filter(pk=cohort.teacher_id).exists():
        raise Refused(
            _("班主任须是本校教师账户。"), code="teacher_of_another_school", field="teacher"
        )
    twins = Cohort.objects.filter(
        offering=cohort.offering, grade=cohort.grade, class_name=cohort.class_name
    )
    if twins.exclude(pk=cohort.pk).exists():
        raise Refused(
            _("该专业 %(grade)s 级已有班级“%(name)s”。")
            % {"grade": cohort.grade, "name": cohort.class_name},
            code="cohort_twice", field="class_name",
        )  # fmt: skip


def _check_year(year: int, fields: Fields) -> None:
    latest = clock.today().year + 1
    if not 2000 <= year <= latest:
        raise Refused(
            _("学年 %(year)s 须在 2000 与 %(latest)s 之间。") % {"year": year, "latest": latest},
            code="year_out_of_range", field="year",
        )  # fmt: skip
    for small, large, sentence in LIMITS:
        one, other = fields.get(small), fields.get(large)
        if one is not None and other is not None and one > other:
            raise Refused(
                sentence() % {"small": one, "large": other}, code="more_than_there_are", field=small
            )


LIMITS = (
    ("registered", "admitted", lambda: _("报到数 %(small)s 不能超过录取数 %(large)s。")),
    ("further_study", "graduates", lambda: _("升学人数 %(small)s 不能超过毕业生数 %(large)s。")),
)


def _locked(offering_id: int) -> MajorOffering:
    rows = MajorOffering.objects.select_for_update(of=("self",)).select_related("school")
    return rows.get(pk=offering_id)
