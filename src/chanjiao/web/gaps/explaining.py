"""How a figure was made: numerator, denominator and rule, with the study's own parameters."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.gaps.choices import View
from chanjiao.web.gaps.naming import count


@dataclass(frozen=True, slots=True)
class Worked:
    """One number of a figure; the parts are words ready to show."""

    label: str
    value: Any
    numerator: str
    denominator: str
    rule: str


def worked(figure: Any, study: Any) -> list[Worked]:
    """Every number of the figure, and of what it is made; unknown ones stay unknown."""
    shown = [
        Worked(_("需求"), count(figure.demand, figure), _people(figure.demand), "",
               _("截至日有效、已核实、已对齐代码的岗位需求，招聘人数减去已满足人数")),
        Worked(_("企业"), count(figure.companies, figure), "", "",
               _("提出这些需求的企业，一家只计一次")),
        Worked(_("供给"), count(figure.supply, figure), _people(figure.supply), "",
               _("班级人数 ×（1 − 流失率）×（1 − 升学率），按对照强度占比分到职业；"
                 "合计取整后按最大余数法分配")),
        Worked(_("缺口"), count(figure.gap, figure), _people(figure.gap), "",
               _("逐职业：需求 − 供给，小于 0 时取 0，再相加")),
        Worked(_("富余"), count(figure.surplus, figure), _people(figure.surplus), "",
               _("逐职业：供给 − 需求，小于 0 时取 0，再相加")),
        _ratio(_("求人倍率"), figure.ratio, 2, figure.matched, figure.supply,
               _("可比需求 ÷ 供给；供给未知或为 0 时没有倍率")),
        _ratio(_("需求覆盖率"), figure.coverage, 3, figure.covered, figure.matched,
               _("逐职业取需求与供给中较小者，相加后 ÷ 可比需求")),
    ]  # fmt: skip
    if figure.index is not None:
        shown.append(_index(figure, study))
    if figure.view == View.MAJOR:
        shown.append(
            _ratio(_("契合度"), figure.fit, 0, figure.fit_wanted, figure.fit_linked,
                   _("流向需求大于供给的职业的毕业生 ÷ 有对照的毕业生 × 100"))
        )  # fmt: skip
    return [one for one in shown if one.value != "—" or one.label == _("供给")]


def _index(figure: Any, study: Any) -> Worked:
    reference = study.totals["references"].get(f"{figure.view}/{figure.depth}")
    return Worked(
        _("紧缺指数"), f"{figure.index:.3f}",
        _("缺口 %(gap)s") % {"gap": figure.gap},
        _("需求 %(demand)s；参照缺口 %(reference)s")
        % {"demand": figure.matched, "reference": "—" if reference is None else reference},
        _("½ × 缺口 ÷ 需求 ＋ ½ × min(1, 缺口 ÷ 参照缺口)"),
    )  # fmt: skip


def _ratio(
    label: str, value: float | None, places: int, above: int | None, below: int | None, rule: str
) -> Worked:
    if value is None:
        return Worked(label, "—", "", "", rule)
    return Worked(label, f"{value:.{places}f}", _people(above), _people(below), rule)


def _people(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
