"""The words of the quarter's bulletin, once for Word and PDF."""

from collections.abc import Sequence
from typing import Any

from chanjiao.publishing.documents.notes import covered, notes, rule_of
from chanjiao.publishing.reckoning import Sum, by, by_occupation
from chanjiao.publishing.snapshot import Edition

MOST_ROWS = 60
MOST_POSTS = 80


def words(edition: Edition) -> dict[str, Any]:
    """Plain text and tables; nothing here is newer than the snapshot."""
    data = edition.data
    return {
        "title": data["title"]["zh"],
        "number": f"{data['number']}（第 {data['version']} 版）",
        "publisher": data["publisher"]["zh"],
        "as_of": data["as_of"],
        "correction": data["correction"],
        "figures": _figures(data),
        "summary": _summary(edition),
        "rows": [_row(row) for row in edition.rows[:MOST_ROWS]],
        "rows_left": max(0, len(edition.rows) - MOST_ROWS),
        "posts": [_post(post) for post in edition.posts[:MOST_POSTS]],
        "posts_left": max(0, len(edition.posts) - MOST_POSTS),
        "gap": [_gap(line) for line in (data["gap"] or {"lines": []})["lines"][:20]],
        "notes": [{"label": label, "text": text} for label, text in notes(edition)],
        "seal": edition.seal,
    }


def _figures(data: Any) -> list[dict[str, str]]:
    totals, told = data["totals"], data["coverage"]
    return [
        {"label": "需求人数", "value": _number(totals["headcount"])},
        {"label": "用人企业", "value": _number(totals["companies"])},
        {"label": "岗位条数", "value": _number(totals["lines"])},
        {"label": "答复 / 征集", "value": f"{told['answered']} / {told['asked']}"},
    ]


def _summary(edition: Edition) -> list[str]:
    data = edition.data
    totals = data["totals"]
    if totals["headcount"] is None:
        return [f"{covered(data['coverage'])}。", f"{rule_of(data)}。"]
    said = [
        f"截至 {data['as_of']}，{covered(data['coverage'])}。"
        f"在有效期内的岗位需求 {totals['lines']} 条，"
        f"来自 {totals['companies']} 家企业，共需 {totals['headcount']} 人。"
    ]
    top = by_occupation(edition.rows, 5)
    if top:
        said.append(f"需求最多的职业依次为{_listed(top)}。")
    education = [one for one in by(edition.rows, "education") if one.code]
    if education:
        said.append(f"能按学历细分的需求中，{_listed(education)}。")
    said.append(f"{rule_of(data)}。")
    return said


def _listed(sums: Sequence[Sum]) -> str:
    return "、".join(f"{one.name['zh']} {one.headcount} 人" for one in sums)


def _row(row: Any) -> dict[str, str]:
    return {
        "position": str(row["position"]),
        "occupation": row["occupation"],
        "name": row["name"]["zh"],
        "industry": row["industry_name"]["zh"],
        "education": row["education_name"]["zh"],
        "skill_level": row["skill_level_name"]["zh"],
        "headcount": _number(row["headcount"]),
        "companies": _number(row["companies"]),
        "pay": "—" if row["pay_low"] is None else f"{row['pay_low']}–{row['pay_high']}",
    }


def _post(post: Any) -> dict[str, str]:
    return {
        "company": post["company"],
        "title": post["title"],
        "headcount": _number(post["headcount"]),
        "education": post["education_name"]["zh"] if post["education"] else "",
        "area": post["area"],
        "valid_until": post["valid_until"] or "",
    }


def _gap(line: Any) -> dict[str, str]:
    index = line["index_permille"]
    return {
        "occupation": line["occupation"],
        "name": line["name"]["zh"],
        "demand": _number(line["demand"]),
        "supply": _number(line["supply"]),
        "index": "—" if index is None else f"{index // 1000}.{index % 1000:03d}",
        "band": line["band_name"]["zh"] if line["band"] else "",
    }


def _number(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"
