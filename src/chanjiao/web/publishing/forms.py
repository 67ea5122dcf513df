from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenQuarterForm(forms.Form):
    """Which quarter to begin closing; ``proposed`` stands there to begin with."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    number = forms.TypedChoiceField(
        label=_("季度"), coerce=int, choices=[(n, f"Q{n}") for n in (1, 2, 3, 4)]
    )

    def __init__(self, *args: Any, proposed: tuple[int, int] | None = None, **kwargs: Any) -> None:
        if proposed:
            kwargs["initial"] = dict(zip(("year", "number"), proposed, strict=True))
        super().__init__(*args, **kwargs)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("撤回原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("对所有人公开。编号、日期和原因会保留，内容和文件不再提供。"),
    )
