"""Sheets of this app: an official code table, and a crosswalk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.standards import tables
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import OPEN_START
from chanjiao.standards.models import Code

SYSTEMS = {
    System.INDUSTRY.value: ("国民经济行业分类", "Industries", "GB/T 4754"),
    System.OCCUPATION.value: ("职业分类大典", "Occupations"),
    System.MAJOR.value: (
        "专业目录",
        "Majors",
        "职业教育专业目录",
        "中职专业目录",
        "技工院校专业目录",
    ),
    System.REGION.value: ("行政区划", "Regions"),
    System.SKILL.value: ("技能", "Skills"),
    System.DESTINATION.value: ("毕业去向", "Destinations"),
    System.OWNERSHIP.value: ("单位性质", "Nature of the employer"),
}


class CodeSheet(SheetHandler):
    """Official tables that do not ship, such as secondary-vocational majors, and later changes."""

    sheet = Sheet(
        "codes", "标准代码表", "Code lists",
        (
            Column("system", "代码系统", "List", "choice", required=True, choices=SYSTEMS,
                   aliases=("目录", "系统")),
            Column("code", "代码", "Code", "text", required=True, max_length=20,
                   aliases=("专业代码", "职业代码", "行业代码", "编码"), example="660302"),
            Column("name", "名称", "Name", "text", required=True, max_length=160,
                   aliases=("专业名称", "职业名称", "行业名称"), example="数控技术应用"),
            Column("parent", "上级代码", "Parent code", "text", max_length=20,
                   aliases=("专业类代码", "上级"), example="6603"),
            Column("aliases", "别名", "Aliases", "text", max_length=500,
                   note_zh="几个别名以 | 分开", note_en="several aliases parted by |"),
            Column("name_en", "英文名称", "English name", "text", max_length=200),
            Column("flags", "标记", "Flags", "text", max_length=40, example="中职"),
            Column("valid_from", "生效日期", "Valid from", "date",
                   note_zh="不填则为长期有效", note_en="empty: always"),
            Column("valid_to", "失效日期", "Valid to", "date"),
        ),
        key=("system", "code"),
    )  # fmt: skip
    thing = "standards"

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        wanted = set(keys)
        rows = self._latest(Q(system__in={system for system, _code in keys}))
        return {key: values for key, values in rows.items() if key in wanted}

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        system = filters.get("system")
        return self._latest(Q(system=system) if system else Q(system__in=SYSTEMS)).values()

    def keys(self, actor: Actor) -> Iterable[Key]:
        return ()  # a table leaves out most of the lists; that is no finding

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        held = {
            (row.system, row.code): row
            for row in Code.objects.filter(system__in={row["system"] for row in rows}).order_by(
                "valid_from"
            )
        }
        known = {*held, *((row["system"], row["code"]) for row in rows)}
        found = []
        for number, row in enumerate(rows):
            parent = row.get("parent")
            if parent and (row["system"], parent) not in known:
                found.append((number, _unknown_parent(str(parent))))
            starts, ends = row.get("valid_from"), row.get("valid_to")
            old = held.get((row["system"], row["code"]))
            if old and starts and old.valid_to is None and starts != old.valid_from:
                found.append((number, _still_valid(old)))
            if starts and ends and ends < starts:
                found.append((number, _ends_early(starts, ends)))
        return found

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        tables.write(actor, [dict(change.after) for change in changes if change.after is not None])
        tables.remove(actor, [change.key for change in changes if change.after is None])
        progress(len(changes), len(changes), "")

    def _latest(self, where: Q) -> dict[Key, Values]:
        rows = Code.objects.filter(where).select_related("parent").order_by(
            "system", "code", "valid_from"
        )  # fmt: skip
        return {(row.system, row.code): _values(row) for row in rows}


def _values(row: Code) -> dict[str, Any]:
    return {
        "system": row.system, "code": row.code, "name": row.name,
        "parent": row.parent.code if row.parent else None,
        "aliases": "|".join(row.aliases) or None, "name_en": row.name_en or None,
        "flags": row.flags or None,
        "valid_from": None if row.valid_from == OPEN_START else row.valid_from,
        "valid_to": row.valid_to,
    }  # fmt: skip


def _unknown_parent(parent: str) -> Problem:
    return Problem(
        "parent", "unknown_parent", f"没有代码为 {parent} 的上级。", f"There is no code {parent}.",
        "请先收录上级代码，或放在同一张表里。", "Add the parent first, or in the same table.",
    )  # fmt: skip


def _still_valid(old: Code) -> Problem:
    return Problem(
        "valid_from", "still_valid",
        f"{old.code} {old.name} 自 {old.valid_from} 起有效，尚未失效。",
        f"{old.code} {old.name} has been valid since {old.valid_from} and has not ended.",
        "只改名称时请不填生效日期；含义改变时请先给旧代码失效日期。",
        "Leave the date empty to change a name; end the old code first if the meaning changes.",
    )  # fmt: skip


def _ends_early(starts: date, ends: date) -> Problem:
    return Problem(
        "valid_to", "ends_early", f"失效日期 {ends} 早于生效日期 {starts}。",
        f"Valid to {ends} is before valid from {starts}.",
    )  # fmt: skip
