"""What every file says about itself: number, date, coverage, method, licence, how to verify."""

from collections.abc import Mapping
from typing import Any

from chanjiao.publishing.snapshot import Edition


def notes(edition: Edition) -> list[tuple[str, str]]:
    """Pairs of label and text, in the order readers need them."""
    data = edition.data
    told = data["coverage"]
    lines = [
        ("发布编号", f"{data['number']}（第 {data['version']} 版）"),
        ("发布单位", data["publisher"]["zh"]),
        ("截至日期", data["as_of"]),
        ("覆盖情况", covered(told)),
        ("未对齐岗位", f"{told['unmapped_lines']} 条，占 {percent(told['unmapped_share'])}"),
        ("已失效未计入", f"{told['stale_lines_left_out']} 条"),
        ("公开口径", rule_of(data)),
        ("方法", data["method"]["zh"]),
        *(("参数出处", f"{t['title']} = {t['value']}（{t['source']}）") for t in thresholds(data)),
        ("许可", f"{data['licence']['id']} {data['licence']['zh']}"),
        ("快照摘要", f"SHA-256 {edition.seal}"),
        ("核验办法", "在门户“核验”页输入发布编号或摘要，或上传本文件。"),
    ]
    if data["correction"]:
        lines.insert(1, ("更正说明", data["correction"]))
    return lines


def covered(told: Mapping[str, Any]) -> str:
    return (
        f"征集 {told['asked']} 家企业，答复 {told['answered']} 家"
        f"（其中暂无需求 {told['nothing_needed']} 家），答复率 {percent(told['response_rate'])}"
    )


def rule_of(data: Mapping[str, Any]) -> str:
    told = data["suppression"]
    text = f"每行不少于 {told['min_companies']} 家企业、{told['min_people']} 人"
    text += f"；合并行 {told['pooled_rows']} 行"
    return f"{text}；本期合计不足公开口径，数字不公开" if told["withheld"] else text


def thresholds(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in data["method"]["thresholds"] if one["source"]]


def percent(share: str | None) -> str:
    """A share as text in per cent with one place; a missing one is a dash.

    >>> percent("0.3333"), percent(None)
    ('33.3%', '—')
    """
    if share is None:
        return "—"
    tenths = (int(share.replace(".", "")) + 5) // 10
    return f"{tenths // 10}.{tenths % 10}%"
