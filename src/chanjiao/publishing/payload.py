"""The frozen list as plain values: one spelling, one hash, nothing a reader may not see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median_low
from typing import Any

from chanjiao.publishing.lines import GapLine, Line, Material, Names, Threshold
from chanjiao.publishing.pooling import LEVELS, Cell, Rule, cells, people

FORMAT = "chanjiao.talent-demand-list/1"
OCCUPATION_DEPTH = 4
OTHERS = ("其他", "Others")
LICENCE = {
    "id": "CC-BY-4.0",
    "zh": "知识共享 署名 4.0 国际许可协议：注明出处即可转载、改编和商用。",
    "en": "Creative Commons Attribution 4.0 International: reuse freely, naming the source.",
}
METHOD = {
    "zh": (
        "需求来自企业申报且在有效期内的岗位需求，按《职业分类大典》对齐后计数；"
        "由粗到细逐级拆分，只在每一部分都满足最少企业数和最少人数时才拆开，"
        "不足的并入同级“其他”，因此任何公开数字及其加减结果都不对应个别企业。"
        "月薪为所报下限、上限各自的中位数，取整到百元；企业同意署名的岗位另表列出，不列薪酬。"
    ),
    "en": (
        "Demand is counted from positions that companies declared and that are still valid, "
        "aligned to the national occupation list. Cells are split from coarse to fine, only where "
        "every part has the least number of companies and people; what falls short is pooled into "
        "'others', so that no published figure, sum or difference points at a single company. "
        "Monthly pay is the median of the lower and of the upper bounds, rounded to 100 yuan. "
        "Positions whose company agreed to be named are listed apart, without pay."
    ),
}


def build(material: Material) -> dict[str, Any]:
    """Everything the list says; equal material gives an equal payload."""
    rule = Rule(material.min_companies.value, material.min_people.value)
    found = cells(material.lines, LEVELS, rule)
    rows = [_row(n, cell, material, rule) for n, cell in enumerate(found, start=1)]
    posts = sorted((x for x in material.lines if x.is_public), key=_post_order)
    return {
        "format": FORMAT,
        **_heading(material),
        "licence": LICENCE,
        "method": {**METHOD, "thresholds": _thresholds(material)},
        "totals": _totals(material.lines, rows, posts),
        "coverage": _coverage(material),
        "sources": _sources(material, rule),
        "suppression": _suppression(material, found),
        "rows": rows,
        "posts": [_post(n, line, material) for n, line in enumerate(posts, start=1)],
        "gap": _gap(material, rows),
    }


def _heading(material: Material) -> dict[str, Any]:
    head = material.heading
    return {
        "number": head.number,
        "version": head.version,
        "title": {
            "zh": f"{head.region[0]}{head.year}年第{head.quarter}季度产业人才需求清单",
            "en": f"{head.region[1]}: talent demand list, {head.year} Q{head.quarter}",
        },
        "region": _both(head.region),
        "publisher": _both(head.publisher),
        "year": head.year,
        "quarter": head.quarter,
        "as_of": head.as_of.isoformat(),
        "frozen_at": head.frozen_at,
        "correction": head.correction,
    }


def _thresholds(material: Material) -> list[dict[str, Any]]:
    return [_threshold(one) for one in (material.min_companies, material.min_people)]


def _threshold(one: Threshold) -> dict[str, Any]:
    return {"name": one.name, "value": one.value, "title": one.title, "source": one.source}


def _totals(
    lines: Sequence[Line], rows: Sequence[Mapping[str, Any]], posts: Sequence[Line]
) -> dict[str, Any]:
    """Totals of what is shown; nothing at all where the whole is too small to be shown."""
    if not rows:
        return {"headcount": None, "companies": None, "lines": None, "posts": len(posts)}
    return {
        "headcount": people(lines),
        "companies": len({line.company for line in lines}),
        "lines": len(lines),
        "posts": len(posts),
    }


def _coverage(material: Material) -> dict[str, Any]:
    told = material.coverage
    return {
        "asked": told.asked,
        "answered": told.answered,
        "nothing_needed": told.nothing_needed,
        "response_rate": share(told.answered, told.asked),
        "lines": told.lines,
        "unmapped_lines": told.unmapped_lines,
        "unmapped_share": share(told.unmapped_lines, told.lines),
        "stale_lines_left_out": told.stale_lines,
    }


def _sources(material: Material, rule: Rule) -> list[dict[str, Any]]:
    return [
        {
            "source": "" if cell.is_rest else (cell.path[0] if cell.path else ""),
            "name": _both(
                ("其他来源", "Other sources")
                if cell.is_rest or not cell.path
                else _names(material.sources, cell.path[0])
            ),
            "lines": len(cell.lines),
            "headcount": people(cell.lines),
        }
        for cell in cells(material.lines, [lambda line: line.source], rule)
    ]


def _suppression(material: Material, found: Sequence[Cell]) -> dict[str, Any]:
    pooled = [cell for cell in found if cell.is_rest or len(cell.path) < OCCUPATION_DEPTH]
    return {
        "min_companies": material.min_companies.value,
        "min_people": material.min_people.value,
        "pooled_rows": len(pooled),
        "withheld": bool(material.lines) and not found,
    }


def _row(number: int, cell: Cell, material: Material, rule: Rule) -> dict[str, Any]:
    occupation = cell.path[min(len(cell.path), OCCUPATION_DEPTH) - 1] if cell.path else ""
    finer = _finer(cell, material)
    is_pool = cell.is_rest or len(cell.path) < OCCUPATION_DEPTH
    return {
        "position": number,
        "is_pool": is_pool,
        "depth": len(cell.path),
        "group": cell.path[0] if cell.path else "",
        "occupation": occupation,
        "name": _both(_row_name(cell, occupation, material.occupations)),
        **finer,
        "headcount": people(cell.lines),
        "companies": len({line.company for line in cell.lines}),
        "lines": len(cell.lines),
        **_pay(cell.lines, rule),
        "majors": _majors(material, "" if is_pool else occupation),
        "forms": _forms(cell.lines, material, rule),
        "confirmed_from": _day(min(_days(cell.lines, "confirmed_on"), default=None)),
        "confirmed_to": _day(max(_days(cell.lines, "confirmed_on"), default=None)),
    }


def _finer(cell: Cell, material: Material) -> dict[str, Any]:
    """Who is wanted, as far as the cell tells; a pool of one occupation says "others" there."""
    told = cell.path[OCCUPATION_DEPTH:]
    found: dict[str, Any] = {}
    for at, (field, names) in enumerate(
        (
            ("industry", material.industries),
            ("education", material.educations),
            ("skill_level", material.skill_levels),
        )
    ):
        code = told[at] if at < len(told) else ""
        is_rest = cell.is_rest and len(cell.path) >= OCCUPATION_DEPTH and at == len(told)
        found[field] = code
        found[f"{field}_name"] = _both(OTHERS if is_rest else _names(names, code))
    return found


def _row_name(cell: Cell, occupation: str, names: Names) -> tuple[str, str]:
    """Pools say so in their name, so that no reader takes them for one occupation."""
    if not cell.path:
        return "各类职业合计", "All occupations together"
    if not occupation:
        return "职业尚未对齐", "Occupation not aligned yet"
    both = _both(_names(names, occupation))
    zh, en = both["zh"], both["en"]
    if cell.is_rest and len(cell.path) < OCCUPATION_DEPTH:
        return f"{zh}：其他", f"{en}: others"
    return zh, en


def _pay(lines: Iterable[Line], rule: Rule) -> dict[str, int | None]:
    """Medians over enough companies; one company's pay is never told."""
    told = [x for x in lines if x.pay_low is not None and x.pay_high is not None]
    if len({x.company for x in told}) < rule.companies:
        return {"pay_low": None, "pay_high": None}
    return {
        "pay_low": _hundreds(median_low([x.pay_low or 0 for x in told])),
        "pay_high": _hundreds(median_low([x.pay_high or 0 for x in told])),
    }


def _forms(lines: Sequence[Line], material: Material, rule: Rule) -> list[dict[str, Any]]:
    """Forms of cooperation that enough companies of the row are willing to take up."""
    wanted: dict[str, set[str]] = {}
    for line in lines:
        for form in line.forms:
            wanted.setdefault(form, set()).add(line.company)
    return [
        {"form": form, "name": _both(_names(material.forms, form))}
        for form, companies in sorted(wanted.items())
        if len(companies) >= rule.companies
    ]


def _majors(material: Material, occupation: str) -> list[dict[str, str]]:
    return [{"code": c, "name": name} for c, name in material.majors_of.get(occupation, ())]


def _post(number: int, line: Line, material: Material) -> dict[str, Any]:
    return {
        "position": number,
        "company": line.company_name,
        "title": line.title,
        "headcount": line.headcount,
        "occupation": line.occupation,
        "name": _both(_names(material.occupations, line.occupation)),
        "industry": line.industry[:1],
        "industry_name": _both(_names(material.industries, line.industry[:1])),
        "education": line.education,
        "education_name": _both(_names(material.educations, line.education)),
        "skill_level": line.skill_level,
        "skill_level_name": _both(_names(material.skill_levels, line.skill_level)),
        "area": line.area,
        "confirmed_on": _day(line.confirmed_on),
        "valid_until": _day(line.valid_until),
    }


def _gap(material: Material, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Supply beside demand, only for occupations that the rows above tell in full.

    Any other occupation's demand, taken from the pool it is in, would bare its neighbours.
    """
    gap = material.gap
    if gap is None:
        return None
    told = {row["occupation"] for row in rows if row["depth"] >= OCCUPATION_DEPTH}
    lines = [line for line in gap.lines if line.occupation in told]
    return {
        "reference": gap.reference,
        "as_of": gap.as_of.isoformat(),
        "lines": [
            {
                "occupation": line.occupation,
                "name": _both(_names(material.occupations, line.occupation)),
                "demand": line.demand,
                "supply": line.supply,
                "index_permille": line.index_permille,
                "band": line.band,
                "band_name": _both(_names(material.bands, line.band)),
            }
            for line in sorted(lines, key=_scarcest_first)
        ],
    }


def _scarcest_first(line: GapLine) -> tuple[int, str]:
    return (-1 if line.index_permille is None else line.index_permille) * -1, line.occupation


def share(part: int, whole: int) -> str | None:
    """A share with four places as text, because a float has no single spelling; None of nothing.

    >>> share(1, 3), share(0, 0)
    ('0.3333', None)
    """
    if not whole:
        return None
    parts = (part * 20_000 + whole) // (2 * whole)
    return f"{parts // 10_000}.{parts % 10_000:04d}"


def _post_order(line: Line) -> tuple[str, ...]:
    return (line.occupation, line.company_name, line.title, f"{line.headcount:09d}", line.area)


def _hundreds(yuan: int) -> int:
    return (yuan + 50) // 100 * 100


def _days(lines: Iterable[Line], field: str) -> list[date]:
    return [day for line in lines if (day := getattr(line, field)) is not None]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names(names: Names, code: str) -> tuple[str, str]:
    return names.get(code, (code, code))


def _both(names: tuple[str, str]) -> dict[str, str]:
    return {"zh": names[0], "en": names[1] or names[0]}
