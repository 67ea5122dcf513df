"""What is held against the list before it is frozen: each check says pass, warn or fail and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.core.parameters import parameter
from chanjiao.publishing.snapshot import Difference, Edition

PASS, WARN, FAIL = "pass", "warn", "fail"
_TELEPHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a check begins to warn: shares 0–1, and how many times a figure may grow or shrink."""

    low_response: Decimal
    high_unmapped: Decimal
    large_change: Decimal


def limits(on: date) -> Limits:
    """The rules in force on a day; each has its source in the table of rule parameters."""
    return Limits(
        parameter("publication_low_response", on=on).value,
        parameter("publication_high_unmapped", on=on).value,
        parameter("publication_large_change", on=on).value,
    )


def checks(edition: Edition, changed: Sequence[Difference] | None, rules: Limits) -> list[Check]:
    """All checks in the order in which a person would make them.

    ``changed`` is the difference to the list before, or None where there is none before.
    """
    data = edition.data
    return [
        _answers(data["coverage"], rules),
        _unmapped(data["coverage"], rules),
        _has_rows(data),
        _small_cells(edition),
        _personal(edition),
        _names_known(edition),
        _changes(changed, rules),
    ]


def mends(before: Mapping[str, Any], after: Mapping[str, Any]) -> Check:
    """A correction must say something else than the version it corrects."""
    is_same = all(before[part] == after[part] for part in ("rows", "posts", "coverage", "gap"))
    text = _("与第 %(n)s 版内容不同。")
    if is_same:
        text = _("与第 %(n)s 版内容相同，没有更正任何内容。")
    return Check(_("更正内容"), FAIL if is_same else PASS, text % {"n": before["version"]})


def failed(found: Sequence[Check]) -> int:
    return sum(check.outcome == FAIL for check in found)


def _answers(told: Mapping[str, Any], rules: Limits) -> Check:
    name = _("答复率")
    if not told["asked"]:
        return Check(name, WARN, _("没有征集企业，答复率无法计算。"))
    text = _("征集 %(asked)s 家，答复 %(answered)s 家。") % dict(told)
    low = Decimal(told["response_rate"]) < rules.low_response
    return Check(name, WARN if low else PASS, text)


def _unmapped(told: Mapping[str, Any], rules: Limits) -> Check:
    text = _("%(lines)s 条岗位中 %(unmapped_lines)s 条没有职业代码。") % dict(told)
    high = Decimal(told["unmapped_share"] or 0) > rules.high_unmapped
    return Check(_("未对齐比例"), WARN if high else PASS, text)


def _has_rows(data: Mapping[str, Any]) -> Check:
    name = _("清单内容")
    if not data["coverage"]["lines"]:
        return Check(
            name, FAIL, _("截至 %(day)s 没有有效岗位，无清单可发。") % {"day": data["as_of"]}
        )
    if data["suppression"]["withheld"]:
        return Check(name, FAIL, _("全部需求合计仍不足公开口径，数字不能公开。"))
    text = _("%(rows)s 行，其中合并行 %(pooled)s 行。") % {
        "rows": len(data["rows"]),
        "pooled": data["suppression"]["pooled_rows"],
    }
    return Check(name, PASS, text)


def _small_cells(edition: Edition) -> Check:
    """The rows as published, counted again against the thresholds they were cut by."""
    told = edition.data["suppression"]
    small = [
        str(row["position"])
        for row in edition.rows
        if row["companies"] < told["min_companies"] or row["headcount"] < told["min_people"]
    ]
    if small:
        return Check(
            _("小样本"), FAIL, _("第 %(rows)s 行不足公开口径。") % {"rows": "、".join(small)}
        )
    text = _("每行不少于 %(companies)s 家企业、%(people)s 人。") % {
        "companies": told["min_companies"],
        "people": told["min_people"],
    }
    return Check(_("小样本"), PASS, text)


def _personal(edition: Edition) -> Check:
    """A telephone or identity number in a position's title would be published with it."""
    name = _("个人信息")
    for post in edition.posts:
        for value in (post["title"], post["company"], post["area"]):
            if _TELEPHONE.search(value) or _IDENTITY.search(value):
                text = _("公开岗位第 %(n)s 条含电话或证件号码，请先更正：%(company)s。")
                return Check(name, FAIL, text % {"n": post["position"], "company": post["company"]})
    return Check(
        name, PASS, _("公开岗位 %(n)s 条，未见电话或证件号码。") % {"n": len(edition.posts)}
    )


def _names_known(edition: Edition) -> Check:
    nameless = {
        row["occupation"]
        for row in edition.rows
        if row["occupation"] and row["name"]["zh"] == row["occupation"]
    }
    if nameless:
        text = _("代码表中没有这些职业代码：%(codes)s。") % {"codes": "、".join(sorted(nameless))}
        return Check(_("职业名称"), FAIL, text)
    return Check(_("职业名称"), PASS, _("每个职业代码都有名称。"))


def _changes(changed: Sequence[Difference] | None, rules: Limits) -> Check:
    name = _("与上期相比")
    if changed is None:
        return Check(name, PASS, _("没有上期清单可比。"))
    large = [
        one
        for one in changed
        if one.before
        and one.after
        and max(one.before, one.after) > rules.large_change * min(one.before, one.after)
    ]
    text = _("%(n)s 个职业有变动，其中 %(large)s 个增减超过 %(times)s 倍。") % {
        "n": len(changed),
        "large": len(large),
        "times": f"{rules.large_change.normalize():f}",
    }
    return Check(name, WARN if large else PASS, text)
