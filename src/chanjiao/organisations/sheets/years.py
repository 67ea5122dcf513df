"""The sheet of yearly figures of bodies: people, money, land."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.organisations.choices import AreaGrade, Kind, Status, YearSource
from chanjiao.organisations.models import Organisation, OrganisationYear
from chanjiao.organisations.policies import InternalReach, internal_reach

CHUNK = 2000
BATCH = 500
MOST_WAN = Decimal("99999999999.99")
GRADES = {
    AreaGrade.A.value: ("A", "A", "A类"),
    AreaGrade.B.value: ("B", "B", "B类"),
    AreaGrade.C.value: ("C", "C", "C类"),
    AreaGrade.D.value: ("D", "D", "D类"),
    AreaGrade.NONE.value: ("不定", "none", "未评"),
}


def _parts_within_whole(values: Mapping[str, object]) -> Iterator[Problem]:
    pairs = (
        ("skilled", "staff", "技能人才", "在岗职工", "skilled people", "staff"),
        ("high_skilled", "skilled", "高技能人才", "技能人才", "highly skilled", "skilled people"),
    )
    for part, whole, part_zh, whole_zh, part_en, whole_en in pairs:
        one, other = values.get(part), values.get(whole)
        if isinstance(one, int) and isinstance(other, int) and one > other:
            yield Problem(
                part, "part_exceeds_whole", f"{part_zh} {one} 人，多于{whole_zh} {other} 人。",
                f"{one} {part_en} are more than {other} {whole_en}.",
                "请核对两个数。", "Check both figures.",
            )  # fmt: skip


def _money(name: str, zh: str, en: str, *aliases: str) -> Column:
    return Column(
        name, zh, en, "money_wan", minimum=-MOST_WAN, maximum=MOST_WAN, unit="万元", aliases=aliases
    )


FIGURES = (
    "staff", "skilled", "high_skilled", "output_wan", "revenue_wan", "tax_wan", "rd_spend_wan",
    "land_mu", "area_grade",
)  # fmt: skip


class YearSheet(SheetHandler):
    """Any body with a credit code; a figure left blank stays what it was."""

    sheet = Sheet(
        "organisation_years", "机构年度数据", "Organisation years",
        (
            Column("credit_code", "统一社会信用代码", "Credit code", "uscc", required=True,
                   aliases=("信用代码", "社会信用代码")),
            Column("name", "机构名称", "Name", "text", max_length=120,
                   aliases=("企业名称", "单位名称"),
                   note_zh="只供核对，以代码为准。", note_en="For your eyes; the code decides."),
            Column("year", "年度", "Year", "year", required=True, minimum=1990, maximum=2100),
            Column("staff", "在岗职工数", "Staff", "integer", minimum=0, maximum=9_999_999,
                   unit="人", aliases=("职工人数", "员工人数", "从业人数")),
            Column("skilled", "技能人才", "Skilled people", "integer", minimum=0,
                   maximum=9_999_999, unit="人", aliases=("技能人才数",)),
            Column("high_skilled", "高技能人才", "Highly skilled", "integer", minimum=0,
                   maximum=9_999_999, unit="人", aliases=("高技能人才数",)),
            _money("output_wan", "产值", "Output", "总产值", "工业总产值"),
            _money("revenue_wan", "营收", "Revenue", "营业收入"),
            _money("tax_wan", "实缴税金", "Tax paid", "税金", "纳税额"),
            _money("rd_spend_wan", "研发投入", "R&D spending", "研发经费"),
            Column("land_mu", "用地亩数", "Land", "decimal", minimum=0, maximum=Decimal(9999999),
                   unit="亩", aliases=("用地", "用地面积")),
            Column("area_grade", "亩均评价", "Land grade", "choice", choices=GRADES),
        ),
        key=("credit_code", "year"),
        checks=(_parts_within_whole,),
    )  # fmt: skip
    thing = "organisation_internal"

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        """The name only helps people to check the code; it is compared and written nowhere."""
        return [{**row, "name": None, "name_given": row.get("name")} for row in rows]

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        wanted = set(keys)
        codes = sorted({key[0] for key in wanted})
        found: dict[Key, Values] = {}
        for start in range(0, len(codes), CHUNK):
            rows = OrganisationYear.objects.filter(
                organisation__credit_code__in=codes[start : start + CHUNK]
            ).exclude(organisation__status=Status.MERGED)
            for row in _values(rows, internal_reach(actor)):
                key = (str(row["credit_code"]), str(row["year"]))
                if key in wanted:
                    found[key] = row
        return found

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = OrganisationYear.objects.filter(organisation__credit_code__isnull=False)
        rows = rows.exclude(organisation__status=Status.MERGED)
        if (year := filters.get("year", "")).isdecimal():
            rows = rows.filter(year=year)
        return _values(rows, internal_reach(actor))

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        bodies = _bodies({str(row["credit_code"]) for row in rows})
        reach = internal_reach(actor, Action.UPDATE)
        found = []
        for number, row in enumerate(rows):
            body = bodies.get(str(row["credit_code"]))
            found += [(number, one) for one in _problems(row, body, reach)]
        return found

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        bodies = _bodies({change.key[0] for change in changes})
        held = _held(changes, bodies)
        fresh, stale, gone = [], [], []
        for change in changes:
            place = (bodies[change.key[0]].pk, int(change.key[1]))
            row = held.get(place)
            if change.after is None:
                gone.append(row.pk if row else None)
                continue
            if row is None:
                row = OrganisationYear(
                    organisation_id=place[0], year=place[1], source=YearSource.IMPORT,
                    created_by_id=actor.user_id,
                )  # fmt: skip
                fresh.append(row)
            else:
                row.source, row.updated_at = YearSource.IMPORT, clock.now()
                stale.append(row)
            for name in FIGURES:
                if name in change.after:
                    blank = "" if name == "area_grade" else None
                    value = change.after[name]
                    setattr(row, name, blank if value is None else value)
        OrganisationYear.objects.filter(pk__in=gone).delete()
        OrganisationYear.objects.bulk_create(fresh, batch_size=BATCH)
        progress(60, 100, "")
        OrganisationYear.objects.bulk_update(
            stale, [*FIGURES, "source", "updated_at"], batch_size=BATCH
        )
        progress(100, 100, "")


def _problems(
    row: Values, body: Organisation | None, reach: InternalReach
) -> Iterable[Problem]:  # fmt: skip
    if body is None or not reach.covers(body.pk, body.area_id):
        yield Problem(
            "credit_code", "unknown_body", f"没有代码为 {row['credit_code']} 的机构。",
            f"No body with code {row['credit_code']} is registered.",
            "请先导入或登记机构。", "Import or record the body first.",
        )  # fmt: skip
        return
    if int(row["year"]) > clock.today().year:
        yield Problem(
            "year", "year_to_come", f"{row['year']} 年还没有到。", f"{row['year']} has not come.",
            "请核对年度。", "Check the year.",
        )  # fmt: skip
    if row.get("area_grade") and body.kind != Kind.COMPANY:
        yield Problem(
            "area_grade", "not_a_company", f"“{body.name}”不是企业，没有亩均评价。",
            f"“{body.name}” is no company and has no land grade.",
            "请清空本格。", "Clear the cell.",
        )  # fmt: skip
    if row.get("name_given") and row["name_given"] != body.name:
        yield Problem(
            "name", "other_name", f"该代码登记的名称是“{body.name}”。",
            f"The code is registered as “{body.name}”.", "请核对代码。", "Check the code.",
            warning=True,
        )  # fmt: skip


def _values(rows: Any, reach: InternalReach) -> Iterable[dict[str, Any]]:
    """Yearly figures are internal: rows outside the actor's reach are left out."""
    fields = ("organisation_id", "organisation__area_id", "organisation__credit_code",
              "organisation__name", "year", *FIGURES)  # fmt: skip
    found = rows.order_by("organisation__credit_code", "year").values_list(*fields)
    for pk, area, code, name, year, *figures in found.iterator(chunk_size=CHUNK):
        if reach.covers(pk, area):
            values = dict(zip(FIGURES, figures, strict=True))
            values["area_grade"] = values["area_grade"] or None
            yield {"credit_code": code, "name": name, "year": year, **values}


def _bodies(codes: set[str]) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), CHUNK):
        rows = Organisation.objects.filter(credit_code__in=wanted[start : start + CHUNK])
        living = rows.exclude(status=Status.MERGED)
        for body in living.only("pk", "name", "kind", "credit_code", "area_id"):
            found[str(body.credit_code)] = body
    return found


def _held(
    changes: Sequence[Change], bodies: Mapping[str, Organisation]
) -> dict[tuple[int, int], OrganisationYear]:
    places = {(bodies[change.key[0]].pk, int(change.key[1])) for change in changes}
    years = {year for _pk, year in places}
    rows = OrganisationYear.objects.select_for_update(of=("self",)).filter(year__in=years)
    found = {(row.organisation_id, row.year): row for row in rows}
    return {place: row for place, row in found.items() if place in places}
