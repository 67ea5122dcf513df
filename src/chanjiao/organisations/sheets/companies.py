"""The sheet of companies: a register of tens of thousands, brought in by credit code."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.namesake import namesakes
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.organisations.choices import Kind, Scale, Status
from chanjiao.organisations.models import Organisation
from chanjiao.organisations.namesakes import packaged_places, places
from chanjiao.organisations.policies import internal_reach
from chanjiao.organisations.queries import (
    organisations_matching,
    organisations_visible_to,
    with_latest_staff,
)
from chanjiao.organisations.sheets.codes import industry_checker, region_checker
from chanjiao.organisations.sheets.writing import CompanyWriter

CHUNK = 2000
SCALES = {
    Scale.LARGE.value: ("大型", "Large", "大"),
    Scale.MEDIUM.value: ("中型", "Medium", "中"),
    Scale.SMALL.value: ("小型", "Small", "小"),
    Scale.MICRO.value: ("微型", "Micro", "微"),
}
STATES = {
    Status.ACTIVE.value: ("在营", "In business", "开业", "存续", "正常"),
    Status.CLOSED.value: ("停业", "Closed", "歇业"),
    Status.DEREGISTERED.value: ("注销", "Deregistered", "吊销"),
    Status.MOVED.value: ("迁出", "Moved away"),
}


class CompanySheet(SheetHandler):
    """Only bodies of kind company; schools and others are recorded by hand."""

    sheet = Sheet(
        "companies", "企业", "Companies",
        (
            Column("name", "企业名称", "Company name", "text", required=True, max_length=120,
                   aliases=("单位名称", "公司名称", "名称"), example="鼎盛机械有限公司"),
            Column("credit_code", "统一社会信用代码", "Credit code", "uscc", required=True,
                   aliases=("信用代码", "社会信用代码", "统一信用代码", "统一代码")),
            Column("industry", "行业代码", "Industry code", "code", max_length=20,
                   aliases=("所属行业", "行业", "国民经济行业代码"), example="C3491",
                   note_zh="GB/T 4754-2017 四位小类代码，也可写名称。",
                   note_en="Class of GB/T 4754-2017, or its name."),
            Column("region_code", "行政区划代码", "Region code", "code", max_length=12,
                   aliases=("区划代码", "行政区划", "所在区县"), example="330206"),
            Column("staff", "在岗职工数", "Staff", "integer", minimum=0, maximum=9_999_999,
                   aliases=("职工人数", "员工人数", "从业人数", "职工数"), unit="人"),
            Column("contact_name", "联系人", "Contact", "text", max_length=40, personal=True),
            Column("contact_phone", "联系电话", "Phone", "phone", personal=True,
                   aliases=("电话", "手机", "联系方式")),
            Column("note", "备注", "Note", "text", max_length=500),
            Column("is_above", "是否规上", "Above designated size", "boolean",
                   aliases=("规上", "规上企业")),
            Column("scale", "规模", "Scale", "choice", choices=SCALES, aliases=("企业规模",)),
            Column("address", "地址", "Address", "text", max_length=200,
                   aliases=("住所", "注册地址", "经营地址")),
            Column("status", "状态", "Status", "choice", choices=STATES,
                   aliases=("经营状态", "登记状态")),
        ),
        key=("credit_code",),
        duplicates="warn",
    )  # fmt: skip
    thing = "organisation"

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        return {"industry": industry_checker(), "region_code": region_checker()}

    def across(self, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        """Two rows of the file with alike names and different codes."""
        names = {n: str(row["name"]) for n, row in enumerate(rows) if row.get("name")}
        return [
            (pair.second, _alike(rows[pair.first], pair.reason, "本文件中的", "in this file"))
            for pair in namesakes(names, packaged_places())
        ]

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        held = _holders([str(row["credit_code"]) for row in rows])
        found = []
        for number, row in enumerate(rows):
            holder = held.get(str(row["credit_code"]))
            if holder is not None and (problem := _holder_problem(*holder)):
                found.append((number, problem))
        fresh = {n: row for n, row in enumerate(rows) if row["credit_code"] not in held}
        return [*found, *_like_registered(fresh)]

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        found: dict[Key, Values] = {}
        codes = [key[0] for key in keys]
        for start in range(0, len(codes), CHUNK):
            rows = Organisation.objects.filter(credit_code__in=codes[start : start + CHUNK])
            # A merged body last, so that a living one with the same code is the one found.
            for row in _values(rows.filter(kind=Kind.COMPANY), actor):
                key = (str(row["credit_code"]),)
                if key not in found or row["status"] != Status.MERGED:
                    found[key] = row
        return found

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = organisations_visible_to(actor).filter(kind=Kind.COMPANY, credit_code__isnull=False)
        yield from _values(organisations_matching(rows, filters), actor)

    def keys(self, actor: Actor) -> Iterable[Key]:
        rows = organisations_visible_to(actor).filter(kind=Kind.COMPANY, credit_code__isnull=False)
        return ((code,) for code in rows.values_list("credit_code", flat=True))

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        CompanyWriter(actor, progress).write(changes)


def _values(rows: QuerySet[Organisation], actor: Actor) -> Iterable[dict[str, Any]]:
    """Rows as the sheet has them; internal columns stay blank for those who may not see them."""
    reach = internal_reach(actor)
    fields = (
        "pk", "area_id", "name", "credit_code", "industry__code", "region_code", "latest_staff",
        "contact_name", "contact_phone", "note", "is_above_designated_size", "scale", "address",
        "status",
    )  # fmt: skip
    found = with_latest_staff(rows).order_by("credit_code", "pk").values(*fields)
    for row in found.iterator(chunk_size=CHUNK):
        may_see = reach.covers(row["pk"], row["area_id"])
        yield {
            "name": row["name"],
            "credit_code": row["credit_code"],
            "industry": row["industry__code"],
            "region_code": row["region_code"] or None,
            "staff": row["latest_staff"] if may_see else None,
            "contact_name": (row["contact_name"] or None) if may_see else None,
            "contact_phone": (row["contact_phone"] or None) if may_see else None,
            "note": (row["note"] or None) if may_see else None,
            "is_above": row["is_above_designated_size"],
            "scale": row["scale"] or None,
            "address": row["address"] or None,
            "status": row["status"],
        }


def _holders(codes: Sequence[str]) -> dict[str, tuple[str, str, str, str]]:
    """Who has these codes: kind, state, name and the name of the body it was merged into."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for start in range(0, len(codes), CHUNK):
        rows = Organisation.objects.filter(credit_code__in=codes[start : start + CHUNK])
        fields = ("credit_code", "kind", "status", "name", "merged_into__name")
        for code, kind, status, name, heir in rows.values_list(*fields):
            if code not in found or status != Status.MERGED:
                found[code] = (kind, status, name, heir or "")
    return found


def _holder_problem(kind: str, status: str, name: str, heir: str) -> Problem | None:
    if kind != Kind.COMPANY:
        return Problem(
            "credit_code", "code_of_another_kind", f"该代码属于{Kind(kind).label}“{name}”。",
            f"The code belongs to “{name}”, which is no company.",
            "请核对代码；学校等机构请在机构页面登记。",
            "Check the code; other bodies are recorded on their own page.",
        )  # fmt: skip
    if status == Status.MERGED:
        return Problem(
            "credit_code", "merged_body", f"该代码的“{name}”已并入“{heir}”。",
            f"The body with this code, “{name}”, was merged into “{heir}”.",
            "本行只更新合并前的记录。", "This row only updates the record from before the merge.",
            warning=True,
        )  # fmt: skip
    return None


def _like_registered(fresh: Mapping[int, Values]) -> list[tuple[int, Problem]]:
    """New rows whose names are like those of registered bodies."""
    if not fresh:
        return []
    registered = Organisation.objects.exclude(status=Status.MERGED).order_by("pk")
    known = {-pk: (name, code) for pk, name, code in
             registered.values_list("pk", "name", "credit_code")}  # fmt: skip
    names = {pk: name for pk, (name, _code) in known.items()}
    names |= {number: str(row["name"]) for number, row in fresh.items()}
    found = []
    for pair in namesakes(names, places()):
        if pair.first < 0 <= pair.second:
            name, code = known[pair.first]
            other = {"name": name, "credit_code": code or "无代码"}
            found.append((pair.second, _alike(other, pair.reason, "已登记的", "on the register")))
    return found


_REASONS = {
    "name": ("名称相同", "has the same name as"),
    "core": ("去掉地名和组织形式后名称相同", "has, but for place and form, the name of"),
    "sound": ("名称读音相同", "sounds like"),
    "alike": ("名称相近", "has a name like"),
}


def _alike(other: Values, reason: str, where_zh: str, where_en: str) -> Problem:
    zh, en = _REASONS[reason]
    return Problem(
        "name", "similar_name", f"与{where_zh}“{other['name']}”（{other['credit_code']}）{zh}。",
        f"The name {en} “{other['name']}” ({other['credit_code']}) {where_en}.",
        "可以导入；导入后在“疑似重复”里核对。",
        "It can be imported; look at it afterwards among possible duplicates.",
        warning=True,
    )  # fmt: skip
