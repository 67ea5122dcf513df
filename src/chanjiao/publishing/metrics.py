"""Figures of a published list: each with what it counts, out of what, of which day, from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.publishing.snapshot import Edition


@dataclass(frozen=True, slots=True)
class Figure:
    """A count has a numerator only; a share has both and its value as a text of four places.

    ``key`` stands in the permalink; ``rows`` says which table of the list the figure opens.
    """

    key: str
    label: str
    unit: str
    numerator: int | None
    numerator_of: str
    denominator: int | None = None
    denominator_of: str = ""
    share: str | None = None
    rows: str = "cells"

    @property
    def is_share(self) -> bool:
        return bool(self.denominator_of)


def figures_of(edition: Edition) -> list[Figure]:
    """All figures a reader may cite, in the order of a page."""
    totals, told = edition.data["totals"], edition.data["coverage"]
    return [*_counts(totals, edition), *_shares(told)]


def figure_named(edition: Edition, key: str) -> Figure | None:
    return next((figure for figure in figures_of(edition) if figure.key == key), None)


def _counts(totals: Mapping[str, Any], edition: Edition) -> list[Figure]:
    occupations = {
        row["occupation"] for row in edition.rows if row["occupation"] and row["depth"] >= 4
    }
    return [
        Figure(
            "headcount", _("需求人数"), _("人"), totals["headcount"],
            _("有效岗位仍需招聘的人数之和"),
        ),
        Figure(
            "companies", _("用人企业"), _("家"), totals["companies"],
            _("至少有一条有效岗位的企业数"),
        ),
        Figure("lines", _("岗位条数"), _("条"), totals["lines"], _("在有效期内的岗位需求条数")),
        Figure(
            "occupations", _("单列职业"), _("个"), len(occupations) if edition.rows else None,
            _("达到公开口径、单独成行的职业数"),
        ),
        Figure(
            "posts", _("公开岗位"), _("条"), totals["posts"], _("企业同意署名公开的岗位条数"),
            rows="posts",
        ),
    ]  # fmt: skip


def _shares(told: Mapping[str, Any]) -> list[Figure]:
    return [
        Figure(
            "response-rate", _("答复率"), "", told["answered"], _("已填报或声明暂无需求的企业数"),
            told["asked"], _("本季度征集的企业数"), told["response_rate"], "",
        ),
        Figure(
            "unmapped-share", _("未对齐比例"), "", told["unmapped_lines"],
            _("没有职业代码的有效岗位条数"),
            told["lines"], _("有效岗位条数"), told["unmapped_share"], "",
        ),
    ]  # fmt: skip
