from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy as _

from chanjiao.engines.tabular import Problem, phone_number
from chanjiao.supply.choices import Form, Level, StudentStatus
from chanjiao.supply.sheets.majors import major_checker


class OfferingForm(forms.Form):
    code = forms.CharField(
        label=_("专业代码"), max_length=20,
        help_text=_("职业教育专业目录代码，如 460301；也可填目录中的专业名称。"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("专业名称"), max_length=80, required=False,
        help_text=_("留空则取目录名称；目录未载入时请填写。"),
    )  # fmt: skip
    direction = forms.CharField(label=_("专业方向"), max_length=60, required=False)
    level = forms.ChoiceField(label=_("层次"), choices=Level.choices)
    form = forms.ChoiceField(label=_("培养方式"), choices=Form.choices)
    duration = forms.DecimalField(
        label=_("学制（年）"), min_value=0.5, max_value=8, max_digits=3, decimal_places=1
    )
    group = forms.CharField(label=_("专业群"), max_length=80, required=False)
    first_year = forms.IntegerField(
        label=_("首届招生年份"), min_value=1950, max_value=2100, required=False
    )
    filing_number = forms.CharField(
        label=_("备案号"), max_length=60, required=False,
        help_text=_("备案、在招、限招的专业必须有。"),
    )  # fmt: skip
    approval_number = forms.CharField(
        label=_("国控专业批准文号"), max_length=80, required=False,
        help_text=_("仅国控专业需要。"),
    )  # fmt: skip

    def clean_code(self) -> str:
        found = major_checker()(self.cleaned_data["code"].strip())
        if isinstance(found, Problem):
            if not found.warning:
                raise forms.ValidationError(_in_language(found))
            return str(found.value)
        return str(found)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        checker = given.get("code")
        if checker and not given.get("name") and isinstance(major_checker()(checker), Problem):
            self.add_error(
                "name", _("代码 %(code)s 的目录未载入，请填写专业名称。") % {"code": checker}
            )
        return given


class YearForm(forms.Form):
    """One school year's figures; blank means not known, which is not nought."""

    year = forms.IntegerField(
        label=_("学年"), min_value=2000, max_value=2100,
        help_text=_("秋季学期所在年份；毕业生为当年夏季毕业。"),
    )  # fmt: skip
    plan = forms.IntegerField(label=_("招生计划"), min_value=0, required=False)
    applied = forms.IntegerField(label=_("报名数"), min_value=0, required=False)
    admitted = forms.IntegerField(label=_("录取数"), min_value=0, required=False)
    registered = forms.IntegerField(label=_("报到数"), min_value=0, required=False)
    enrolled = forms.IntegerField(label=_("在校生"), min_value=0)
    graduates = forms.IntegerField(label=_("毕业生"), min_value=0, required=False)
    further_study = forms.IntegerField(label=_("其中升学"), min_value=0, required=False)
    donated_yuan = forms.DecimalField(
        label=_("捐赠设备（元）"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    quasi_donated_yuan = forms.DecimalField(
        label=_("准捐赠设备（元）"), min_value=0, max_digits=14, decimal_places=2, required=False
    )

    def figures(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "year"}


class CohortForm(forms.Form):
    grade = forms.IntegerField(label=_("入学年份"), min_value=1990, max_value=2100)
    class_name = forms.CharField(label=_("班级"), max_length=40)
    declared_size = forms.IntegerField(
        label=_("人数"), min_value=0, max_value=1000, required=False,
        help_text=_("登记了学生的班级以学生数为准。"),
    )  # fmt: skip
    graduates_on = forms.DateField(
        label=_("预计毕业"), input_formats=["%Y-%m"],
        error_messages={"invalid": _("请写作 2027-06。")},
        widget=forms.DateInput(format="%Y-%m", attrs={"placeholder": "2027-06"}),
    )  # fmt: skip
    teacher = forms.ModelChoiceField(
        label=_("班主任"), queryset=None, required=False,
        help_text=_("只列出本校教师账户；班主任可看到本班学生。"),
    )  # fmt: skip

    def __init__(self, *args: Any, teachers: QuerySet[Any], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["teacher"].queryset = teachers

    def fields_to_save(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        teacher = given.pop("teacher")
        return {**given, "teacher_id": teacher.pk if teacher else None}


class StudentForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(
        label=_("新手机号"), max_length=20, required=False,
        help_text=_("留空则不改；现有号码须在学生页面上查看。"),
    )  # fmt: skip
    cohort = forms.ModelChoiceField(label=_("班级"), queryset=None, required=False)
    status = forms.ChoiceField(label=_("学籍"), choices=StudentStatus.choices)
    guardian_consent = forms.BooleanField(label=_("监护人同意"), required=False)

    def __init__(self, *args: Any, cohorts: QuerySet[Any], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["cohort"].queryset = cohorts

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        if not text:
            return ""
        found = phone_number(text)
        if found is None:
            raise forms.ValidationError(
                _("“%(text)s”不是有效的电话号码，手机为 11 位数字。") % {"text": text}
            )
        return found

    def changes(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if not given["phone"]:
            del given["phone"]
        return given


def _in_language(problem: Problem) -> str:
    if (get_language() or "").startswith("en"):
        return f"{problem.en} {problem.remedy_en}".strip()
    return problem.zh + problem.remedy_zh
