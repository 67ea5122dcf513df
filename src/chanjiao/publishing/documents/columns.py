"""Columns of the list as files carry them, the same in every format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    zh: str
    en: str
    width: int
    value: Callable[[Row], str | int | None]


def _name(field: str) -> Callable[[Row], str]:
    def value(row: Row) -> str:
        return str(row[f"{field}_name"]["zh"])

    return value


def _field(field: str) -> Callable[[Row], Any]:
    return lambda row: row[field]


def _joined(field: str, inner: Callable[[Row], str]) -> Callable[[Row], str]:
    return lambda row: "、".join(inner(one) for one in row[field])


CELLS = (
    Column("序号", "No.", 6, _field("position")),
    Column("职业代码", "Occupation code", 13, _field("occupation")),
    Column("职业", "Occupation", 26, lambda row: row["name"]["zh"]),
    Column("是否合并行", "Pooled", 8, lambda row: "是" if row["is_pool"] else "否"),
    Column("行业门类", "Industry section", 8, _field("industry")),
    Column("行业", "Industry", 20, _name("industry")),
    Column("学历要求", "Education", 10, _name("education")),
    Column("技能等级", "Skill level", 10, _name("skill_level")),
    Column("需求人数", "People wanted", 9, _field("headcount")),
    Column("企业数", "Companies", 8, _field("companies")),
    Column("岗位条数", "Positions", 8, _field("lines")),
    Column("月薪下限中位数（元）", "Median of lower pay bounds (yuan)", 12, _field("pay_low")),
    Column("月薪上限中位数（元）", "Median of upper pay bounds (yuan)", 12, _field("pay_high")),
    Column("对应专业", "Majors", 30, _joined("majors", lambda m: f"{m['name']}（{m['code']}）")),
    Column("合作意向", "Willing to", 20, _joined("forms", lambda f: f["name"]["zh"])),
    Column("最早确认", "First confirmed", 11, _field("confirmed_from")),
    Column("最近确认", "Last confirmed", 11, _field("confirmed_to")),
)

POSTS = (
    Column("序号", "No.", 6, _field("position")),
    Column("企业", "Company", 30, _field("company")),
    Column("岗位名称", "Position", 22, _field("title")),
    Column("需求人数", "People wanted", 9, _field("headcount")),
    Column("职业代码", "Occupation code", 13, _field("occupation")),
    Column("职业", "Occupation", 24, lambda row: row["name"]["zh"] if row["occupation"] else ""),
    Column("行业门类", "Industry section", 8, _field("industry")),
    Column("行业", "Industry", 20, _name("industry")),
    Column("学历要求", "Education", 10, _name("education")),
    Column("技能等级", "Skill level", 10, _name("skill_level")),
    Column("所在区域", "Area", 16, _field("area")),
    Column("最近确认", "Last confirmed", 11, _field("confirmed_on")),
    Column("有效期至", "Valid until", 11, _field("valid_until")),
)

GAP = (
    Column("职业代码", "Occupation code", 13, _field("occupation")),
    Column("职业", "Occupation", 26, lambda row: row["name"]["zh"]),
    Column("需求人数", "People wanted", 9, _field("demand")),
    Column("供给人数", "Supply", 9, _field("supply")),
    Column("紧缺指数（‰）", "Shortage index (‰)", 10, _field("index_permille")),
    Column("紧缺程度", "Band", 12, _name("band")),
)
