from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock


class StudyForm(forms.Form):
    """What a study is about: a year of demand, and the day on which it stands."""

    year = forms.IntegerField(
        label=_("年度"), min_value=2000, max_value=2100,
        help_text=_("取该年度的岗位需求，以及该年毕业的班级。"),
    )  # fmt: skip
    as_of = forms.DateField(
        label=_("数据截至"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("只计这一天有效的需求和供给；参数也取这一天生效的。"),
    )
    title = forms.CharField(
        label=_("名称"), max_length=120, required=False,
        help_text=_("不填则按年度自动命名。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = clock.today()
        super().__init__(*args, **{"initial": {"year": today.year, "as_of": today}, **kwargs})
