"""The component gallery: each part of a page once, with made-up words, to look at and to copy."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.widgets import FilePicker

STATES = (
    ("active", _("有效")), ("submitted", _("已提交")), ("draft", _("草稿")),
    ("refused", _("已退回")), ("archived", _("已归档")), ("", _("未知状态")),
)  # fmt: skip
ROWS = ((_("数控车工"), 120, 46), (_("电工"), 80, 75), (_("焊工"), 64, 20))


@dataclass(frozen=True, slots=True)
class Figure:
    label: Any
    value: int | None
    detail: Any
    url: str = "#figures"


class SampleForm(forms.Form):
    name = forms.CharField(label=_("岗位名称"), help_text=_("按本企业的叫法填写即可。"))
    headcount = forms.IntegerField(label=_("招聘人数"), min_value=1)
    education = forms.ChoiceField(
        label=_("学历要求"), choices=[("", _("不限")), ("30", _("大专")), ("20", _("本科"))]
    )
    closes_on = forms.DateField(
        label=_("招聘截止日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    is_urgent = forms.BooleanField(label=_("急需"), required=False)
    file = forms.FileField(label=_("佐证材料"), required=False, widget=FilePicker())
    note = forms.CharField(
        label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_safe
def gallery(request: ActorRequest) -> HttpResponse:
    """Every component in its usual states; the form shows how faults look."""
    return page(
        request,
        "home/gallery.html",
        {
            "states": STATES,
            "rows": ROWS,
            "figures": [
                Figure(_("岗位需求"), 7863, _("截至今日")),
                Figure(_("专业供给"), 3674, _("预计毕业生")),
                Figure(_("未填报"), None, _("没有数字时是一横，不是零")),
            ],
            "form": SampleForm({"name": "数控车工", "headcount": "-3"}),
            "chart_option": _option(),
        },
    )


def _option() -> dict[str, Any]:
    """The same figures as the table beside it."""
    return {
        "grid": {"left": 60, "right": 20, "top": 40, "bottom": 30},
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [str(name) for name, _need, _have in ROWS]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": str(_("需求")), "data": [need for _name, need, _have in ROWS]},
            {"type": "bar", "name": str(_("供给")), "data": [have for _name, _need, have in ROWS]},
        ],
    }
