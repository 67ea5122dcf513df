"""The sheet of classes: which started when, how many they are, and when they should finish."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import Change, Key, Progress, Values, first_of_month, month_of
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.supply.models import Cohort, MajorOffering
from chanjiao.supply.queries import cohorts_visible_to, teachers_of
from chanjiao.supply.sheets.beneath import (
    BeneathOfferingSheet,
    offering_key,
    offering_named,
    offering_values,
)
from chanjiao.supply.sheets.majors import CODE, DIRECTION, LEVEL, OfferingIndex
from chanjiao.supply.sheets.schools import BATCH, SCHOOL

JUNE = 6


def finishes_after_it_starts(row: Mapping[str, Any]) -> Iterable[Problem]:
    month, grade = row.get("graduates_on"), row.get("grade")
    if month and grade and int(month[:4]) <= int(grade):
        yield Problem(
            "graduates_on", "ends_before_start",
            f"预计毕业 {month} 须晚于入学年份 {grade}。",
            f"Graduation {month} must come after the start in {grade}.",
            "请核对入学年份和预计毕业时间。", "Check both.",
        )  # fmt: skip


class CohortSheet(BeneathOfferingSheet):
    thing = "supply_figures"
    sheet = Sheet(
        "cohorts", "班级与届次", "Cohorts",
        (
            SCHOOL, CODE, DIRECTION, LEVEL,
            Column("grade", "入学年份", "Starting year", "year", required=True,
                   aliases=("年级", "入学年级"), example="2024"),
            Column("class_name", "班级", "Class", "text", required=True, max_length=40,
                   aliases=("班级名称", "班名"), example="机电2401"),
            Column("size", "人数", "Size", "integer", minimum=0, maximum=1000, unit="人",
                   aliases=("班级人数", "学生数"),
                   note_zh="已登记学生的班级以学生数为准。",
                   note_en="Where students are on the register, they are counted instead."),
            Column("graduates_on", "预计毕业", "Expected graduation", "month",
                   aliases=("预计毕业时间", "毕业年月"),
                   note_zh="可不填：入学年份加学制，6 月。",
                   note_en="Blank: starting year plus duration, in June."),
            Column("teacher", "班主任邮箱", "Teacher's e-mail", "email", aliases=("班主任",),
                   personal=True),
        ),
        key=("school", "code", "direction", "level", "grade", "class_name"),
        checks=(finishes_after_it_starts,),
    )  # fmt: skip

    def stored(self, actor: Actor) -> Any:
        return cohorts_visible_to(actor).exclude(offering__state="revoked")

    def key_of(self, row: Cohort) -> Key:
        return (*offering_key(row), str(row.grade), row.class_name)

    def values_of(self, row: Cohort) -> Values:
        return {
            **offering_values(row),
            "grade": row.grade, "class_name": row.class_name, "size": row.declared_size,
            "graduates_on": month_of(row.graduates_on),
            "teacher": row.teacher.email if row.teacher else None,
        }  # fmt: skip

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = self.stored(actor)
        if filters.get("grade", "").isdecimal():
            rows = rows.filter(grade=int(filters["grade"]))
        if filters.get("offering", "").isdecimal():
            rows = rows.filter(offering=int(filters["offering"]))
        for row in rows.order_by("offering__school__name", "grade", "offering__code", "class_name"):
            yield self.values_of(row)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        return [
            *super().conflicts(actor, rows), *_teacher_problems(rows, self.schools(actor, rows))
        ]  # fmt: skip

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        schools = self.ids_for(actor, changes)
        index = OfferingIndex(schools.values())
        present = self.present(actor, schools)
        teachers = _teacher_ids(change.after for change in changes if change.after)
        fresh, stale, gone = [], [], []
        for change in changes:
            row = present.get(change.key)
            if change.after is None:
                gone += [row.pk] if row else []
                continue
            if row is None:
                row = _new(offering_named(index, change.key), change.key)
                row.created_by_id = actor.user_id
                fresh.append(row)
            else:
                stale.append(row)
            _fill(row, change.after, teachers)
        Cohort.objects.bulk_create(fresh, batch_size=BATCH)
        Cohort.objects.bulk_update(
            stale, ["declared_size", "graduates_on", "teacher"], batch_size=BATCH
        )
        _take_away(gone)
        progress(len(changes), len(changes), "")


def _new(offering: MajorOffering, key: Key) -> Cohort:
    grade = int(key[4])
    years = int(offering.duration.to_integral_value(rounding="ROUND_CEILING"))
    return Cohort(
        offering=offering, grade=grade, class_name=key[5],
        graduates_on=date(grade + max(1, years), JUNE, 1),
    )  # fmt: skip


def _fill(row: Cohort, after: Values, teachers: Mapping[str, int]) -> None:
    if "size" in after:
        row.declared_size = after["size"]
    if after.get("graduates_on"):
        row.graduates_on = first_of_month(after["graduates_on"]) or row.graduates_on
    if "teacher" in after:
        row.teacher_id = teachers.get(str(after["teacher"]).lower())


def _take_away(pks: Sequence[int]) -> None:
    try:
        Cohort.objects.filter(pk__in=pks).delete()
    except ProtectedError as error:
        raise Refused(_("已有学生登记在这些班级中，不能撤销。")) from error


def _teacher_problems(
    rows: Sequence[Values], schools: Mapping[str, int]
) -> list[tuple[int, Problem]]:
    named = [n for n, row in enumerate(rows) if row.get("teacher") and row["school"] in schools]
    known = {
        name: set(teachers_of(schools[name]).values_list("email", flat=True))
        for name in {str(rows[n]["school"]) for n in named}
    }
    problem = Problem(
        "teacher", "unknown_teacher", "本校没有使用这个邮箱的教师账户。",
        "No teacher of your school has this e-mail.",
        "请先邀请该教师，或留空。", "Invite the teacher first, or leave it blank.",
    )  # fmt: skip
    return [
        (n, problem)
        for n in named
        if str(rows[n]["teacher"]).lower() not in known[str(rows[n]["school"])]
    ]


def _teacher_ids(rows: Iterable[Values]) -> dict[str, int]:
    mails = {str(row["teacher"]).lower() for row in rows if row.get("teacher")}
    return dict(User.objects.filter(email__in=mails).values_list("email", "pk"))
