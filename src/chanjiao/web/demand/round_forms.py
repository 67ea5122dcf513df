"""Forms of a survey round: what it is, and which companies it asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.demand.choices import Period
from chanjiao.demand.queries import areas_as_choices
from chanjiao.organisations.choices import Scale
from chanjiao.web.demand.forms import day_input


class RoundForm(forms.Form):
    title = forms.CharField(label=_("批次名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    period = forms.ChoiceField(label=_("周期"), choices=Period, initial=Period.QUARTER)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=_("季度"), required=False, coerce=int, empty_value=None,
        choices=[("", _("不分季度")), *((n, f"{n}") for n in range(1, 5))],
    )  # fmt: skip
    opens_on = forms.DateField(label=_("开始日期"), widget=day_input())
    closes_on = forms.DateField(label=_("截止日期"), widget=day_input())
    instrument = forms.CharField(label=_("问卷版本"), max_length=40, initial="1")
    note = forms.CharField(
        label=_("填报说明"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("企业在填报页上方看到这段话。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error(
                "closes_on",
                _("截止日期 %(closes)s 早于开始日期 %(opens)s。")
                % {"closes": closes, "opens": opens},
            )
        if cleaned.get("period") == Period.QUARTER and not cleaned.get("quarter"):
            self.add_error("quarter", _("季度批次请选择季度。"))
        return cleaned


class FrameForm(forms.Form):
    """Which companies: everything left empty means all active companies."""

    areas = forms.MultipleChoiceField(
        label=_("区域"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("含下级区域；不选为全部。"),
    )
    scales = forms.MultipleChoiceField(
        label=_("规模"), choices=Scale, required=False, widget=forms.CheckboxSelectMultiple
    )
    industries = forms.CharField(
        label=_("行业代码开头"),
        required=False,
        max_length=120,
        help_text=_("如“C34、C35”，用顿号分开；不填为全部行业。"),
    )
    members_only = forms.BooleanField(label=_("只含联合体成员"), required=False)
    above_size_only = forms.BooleanField(label=_("只含规上企业"), required=False)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["areas"].choices = areas_as_choices()

    def clean_industries(self) -> list[str]:
        text = self.cleaned_data["industries"].upper().replace("，", "、").replace(",", "、")
        return [part.strip() for part in text.split("、") if part.strip()]
