"""The sheet of major offerings: what a school runs, with its filing state."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import Change, Key, Progress, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.standards import codebook
from chanjiao.standards.choices import System
from chanjiao.supply.choices import NEEDS_FILING_NUMBER, Form, OfferingState
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.queries import offerings_with_figures_for
from chanjiao.supply.sheets.majors import CODE, DIRECTION, LEVEL, LEVELS, major_checker
from chanjiao.supply.sheets.schools import BATCH, SCHOOL, SchoolSheet

FORMS = {
    Form.REGULAR: ("普通", "Regular", "全日制"),
    Form.FIVE_YEARS: ("五年一贯", "Five years through", "五年制", "五年一贯制"),
    Form.THREE_TWO: ("中高 3+2", "3+2", "三二分段"),
    Form.TO_BACHELOR: ("高本贯通", "College to bachelor"),
    Form.FOUR_ZERO: ("四零合作", "4+0"),
    Form.APPRENTICE: ("学徒制", "Apprenticeship", "现代学徒制"),
    Form.ORDER: ("订单", "Order-based", "订单培养"),
}
STATES = {
    OfferingState.PLANNED: ("拟设", "Planned"),
    OfferingState.SUBMITTED: ("待备案", "Submitted for filing"),
    OfferingState.FILED: ("备案", "Filed", "已备案"),
    OfferingState.OPEN: ("在招", "Enrolling", "招生"),
    OfferingState.LIMITED: ("限招", "Limited"),
    OfferingState.STOPPED: ("停招", "Stopped"),
}
FIELDS = ("name", "form", "duration", "group", "first_year", "filing_number", "approval_number")
BLANK = {"group": "", "filing_number": "", "approval_number": "", "first_year": None}


def required_level() -> Column:
    return Column(
        "level", LEVEL.zh, LEVEL.en, "choice", required=True, choices=LEVELS, aliases=LEVEL.aliases,
        example="高职专科",
    )  # fmt: skip


def filing_number_where_needed(row: Mapping[str, Any]) -> Iterable[Problem]:
    if row.get("state") in NEEDS_FILING_NUMBER and not row.get("filing_number"):
        yield Problem(
            "filing_number", "filing_number_missing", "备案、在招、限招的专业须有备案号。",
            "A filed, enrolling or limited major needs a filing number.",
            "请填写备案号，或把设置状态改为“拟设”。", "Give it, or set the state to planned.",
        )  # fmt: skip


class OfferingSheet(SchoolSheet):
    sheet = Sheet(
        "major_offerings", "开设专业", "Major offerings",
        (
            SCHOOL, CODE,
            Column("name", "专业名称", "Major", "text", max_length=80,
                   note_zh="可不填：取目录名称。", note_en="Blank: the catalogue's name."),
            DIRECTION, required_level(),
            Column("form", "培养方式", "Form", "choice",
                   choices={k.value: v for k, v in FORMS.items()}),
            Column("duration", "学制", "Duration", "decimal", required=True, unit="年",
                   minimum=Decimal("0.5"), maximum=Decimal(8), aliases=("学制（年）", "修业年限"),
                   example="3"),
            Column("group", "专业群", "Major cluster", "text", max_length=80),
            Column("first_year", "首届招生年份", "First year", "year",
                   aliases=("首届", "开设年份")),
            Column("state", "设置状态", "State", "choice",
                   choices={k.value: v for k, v in STATES.items()}, aliases=("状态", "招生状态")),
            Column("filing_number", "备案号", "Filing number", "text", max_length=60,
                   aliases=("备案文号",)),
            Column("approval_number", "国控专业批准文号", "Approval number", "text", max_length=80,
                   aliases=("批准文号",)),
        ),
        key=("school", "code", "direction", "level"),
        checks=(filing_number_where_needed,),
    )  # fmt: skip

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        return {"code": major_checker()}

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        names = {key[0] for key in keys}
        rows = _rows(actor).filter(school__name__in=names)
        return {_key(row): _values(row) for row in rows.iterator(chunk_size=BATCH)}

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        for row in _filtered(_rows(actor), filters).order_by("school__name", "code", "direction"):
            yield _values(row)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        schools = self.schools(actor, rows)
        found = [*self.school_problems(rows, schools), *self.repeated(rows)]
        present = {_key(row): row for row in _rows(actor).filter(school_id__in=schools.values())}
        items = codebook.code_list(System.MAJOR)
        for number, row in enumerate(rows):
            item = items.get(str(row["code"]))
            old = present.get(_key_of_values(row))
            found += [(number, one) for one in _state_problems(row, old)]
            found += [(number, one) for one in _catalogue_problems(row, item, old)]
        return found

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        schools = self.ids_for(actor, changes)
        present = {
            _key(row): row for row in _rows(actor).filter(school_id__in=schools.values())
        }  # fmt: skip
        ids = codebook.ids_of(System.MAJOR, {change.key[1] for change in changes})
        fresh, stale = [], []
        for change in changes:
            if change.after is None:
                continue
            row = present.get(change.key)
            if row is None:
                row = MajorOffering(
                    school_id=schools[change.key[0]], code=change.key[1],
                    direction=change.key[2], level=change.key[3], created_by_id=actor.user_id,
                )  # fmt: skip
                fresh.append(row)
            else:
                stale.append(row)
            row.major_id = ids.get(row.code)
            _fill(row, change.after)
        MajorOffering.objects.bulk_create(fresh, batch_size=BATCH)
        MajorOffering.objects.bulk_update(
            stale, [*FIELDS, "state", "major", "confirmed_on"], batch_size=BATCH
        )
        _take_away([present[c.key].pk for c in changes if c.after is None and c.key in present])
        progress(len(changes), len(changes), "")


def _fill(row: MajorOffering, after: Values) -> None:
    for name in FIELDS:
        if name in after:
            value = after[name]
            setattr(row, name, BLANK.get(name, "") if value is None else value)
    if "state" in after:
        row.state = after["state"] or OfferingState.PLANNED
    row.form = row.form or Form.REGULAR
    if not row.name:
        row.name = codebook.name_of(System.MAJOR, row.code)
    row.confirmed_on = clock.today()


def _take_away(pks: Sequence[int]) -> None:
    try:
        MajorOffering.objects.filter(pk__in=pks).delete()
    except ProtectedError as error:
        raise Refused(_("已有班级或学生登记在这些专业下，不能撤销。")) from error


def _state_problems(row: Values, old: MajorOffering | None) -> Iterable[Problem]:
    state = row.get("state")
    if old is None and state == OfferingState.SUBMITTED:
        yield Problem(
            "state", "state_by_page", "“待备案”只能在页面上报备案后产生。",
            "“Submitted” only comes from filing on the page.",
            "请填“拟设”，导入后在页面上报备案。", "Give “planned”, then file it on the page.",
        )  # fmt: skip
    if old is not None and state and state != old.state:
        yield Problem(
            "state", "state_by_page",
            f"该专业现为“{old.get_state_display()}”，设置状态不能用表格更改。",
            f"The offering is “{old.state}”; a sheet can't change its state.",
            "请在专业页面上办理，本列留空。", "Do it on the offering's page and leave this blank.",
        )  # fmt: skip


def _catalogue_problems(row: Values, item: Any, old: MajorOffering | None) -> Iterable[Problem]:
    if item is None:
        return
    number = row.get("approval_number") or (old.approval_number if old else "")
    if "国控" in item.flags and row.get("state") in NEEDS_FILING_NUMBER and not number:
        yield Problem(
            "approval_number", "approval_missing", f"{item.name}是国控专业，须有批准文号。",
            f"{item.name} is state-controlled and needs an approval number.",
            "请填写批准文号。", "Give the approval number.",
        )  # fmt: skip
    name = row.get("name")
    if name and name not in (item.name, *item.aliases):
        yield Problem(
            "name", "name_differs",
            f"代码 {item.code} 在目录中是“{item.name}”，表中写的是“{name}”。",
            f"Code {item.code} is “{item.name}” in the catalogue; the file says “{name}”.",
            "请核对代码与名称。", "Check code and name.", warning=True,
        )  # fmt: skip


def _rows(actor: Actor) -> Any:
    return offerings_with_figures_for(actor).exclude(state=OfferingState.REVOKED)


def _filtered(rows: Any, filters: Mapping[str, str]) -> Any:
    for name in ("level", "state", "school"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    text = filters.get("q", "").strip()
    return rows.filter(name__icontains=text) if text else rows


def _key(row: MajorOffering) -> Key:
    return (row.school.name, row.code, row.direction, row.level)


def _key_of_values(row: Values) -> Key:
    return (
        str(row.get("school")), str(row["code"]), row.get("direction") or "", str(row.get("level"))
    )  # fmt: skip


def _values(row: MajorOffering) -> Values:
    return {
        "school": row.school.name, "code": row.code, "direction": row.direction or None,
        "level": row.level, "state": row.state,
        **{name: getattr(row, name) or None for name in FIELDS},
    }  # fmt: skip
