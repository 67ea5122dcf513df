"""The form behind a one-time link: last time's lines, and room for new ones."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.demand.choices import Education, Intent
from chanjiao.demand.services.links import DROP, FILLED, KEEP
from chanjiao.web.demand.forms import (
    NONE_FITS,
    PayForm,
    day_input,
    read_occupation,
    with_occupation,
)

NEW_LINES = 3
MOST_LINES = 40
# What makes a new line one that says something; it then needs its title and headcount.
SAID = ("title", "headcount", "pay_min_yuan", "pay_max_yuan", "closes_on", "description", "intents")


class LineForm(PayForm):
    """One position on a phone: a known one with its word, or a new one in the company's words."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    word = forms.ChoiceField(
        label=_("现在怎样"),
        required=False,
        choices=[(KEEP, _("仍然需要")), (FILLED, _("已招满")), (DROP, _("不再需要"))],
    )
    title = forms.CharField(label=_("岗位名称"), required=False, max_length=120)
    headcount = forms.IntegerField(
        label=_("招聘人数"), required=False, min_value=1, max_value=100_000
    )
    education = forms.ChoiceField(label=_("学历要求"), choices=Education, required=False)
    closes_on = forms.DateField(label=_("招聘截止日期"), required=False, widget=day_input())
    description = forms.CharField(
        label=_("要求（可不填）"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    intents = forms.MultipleChoiceField(
        label=_("愿意怎样合作"),
        choices=Intent,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    occupation = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    @property
    def is_known(self) -> bool:
        return bool(self["pk"].value())

    @property
    def is_blank(self) -> bool:
        given = getattr(self, "cleaned_data", {})
        return not given.get("pk") and not given.get("title") and not given.get("headcount")

    @property
    def is_leaving(self) -> bool:
        return self.cleaned_data.get("word") in (FILLED, DROP)

    @property
    def intents_said(self) -> list[str]:
        return [str(Intent(one).label) for one in self.cleaned_data.get("intents", ())]

    def clean_occupation(self) -> Any:
        return read_occupation(self.cleaned_data["occupation"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("pk") and cleaned.get("word") in (FILLED, DROP):
            self._errors.pop("closes_on", None)
            return cleaned
        has_any = any(cleaned.get(name) for name in SAID)
        if not has_any and not cleaned.get("pk"):
            return cleaned
        if len((cleaned.get("title") or "").strip()) < 2:
            self.add_error("title", _("请填写岗位名称（至少两个字）。"))
        if not cleaned.get("headcount") and "headcount" not in self.errors:
            self.add_error("headcount", _("请填写招聘人数。"))
        return cleaned

    def stated(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen, pk = given.pop("occupation"), given.pop("pk", None)
        given["education"] = given["education"] or Education.ANY
        if given["pay_min_yuan"] is None and given["pay_max_yuan"] is None and pk is None:
            given.pop("pay_min_yuan"), given.pop("pay_max_yuan")
        word = given.pop("word") or KEEP
        return {**with_occupation(given, chosen), "pk": pk, "word": word}


class BaseLines(forms.BaseFormSet):
    """At least one line says something."""

    def clean(self) -> None:
        if any(self.errors):
            return
        if all(form.is_blank for form in self.forms):
            raise forms.ValidationError(_("请至少填写一个岗位；没有需求请选择下方“暂无需求”。"))

    def said(self) -> list[LineForm]:
        return [form for form in self.forms if not form.is_blank]


LineFormSet = forms.formset_factory(
    LineForm, formset=BaseLines, extra=NEW_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES,
    validate_max=True,
)  # fmt: skip

__all__ = ["NONE_FITS", "LineForm", "LineFormSet"]
