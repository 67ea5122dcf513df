"""Form fields that several areas ask for: a day, and a body by its name or code."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from chanjiao.organisations.queries import bodies_named


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DayField(forms.DateField):
    """A day as the browser's calendar gives it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(widget=day_input(), input_formats=["%Y-%m-%d", "%Y/%m/%d"], **settings)


class BodyField(forms.CharField):
    """A body meant by its name, a former name or its credit code; unclear ones are listed."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("help_text", _("填写名称或统一社会信用代码。"))
        super().__init__(max_length=120, **settings)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = bodies_named(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_now("没有登记名为“%(text)s”的机构。") % {"text": text})
        shown = "；".join(f"{one.name}（{one.credit_code or '—'}）" for one in found[:5])
        raise forms.ValidationError(
            _now("“%(text)s”可能是：%(shown)s。请填写完整名称或代码。")
            % {"text": text, "shown": shown}
        )
