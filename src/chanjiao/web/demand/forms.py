"""Forms of demand; they parse and keep what was typed, the services decide."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.labels import Labels
from chanjiao.core.roles import Action
from chanjiao.demand import coding, wording
from chanjiao.demand.choices import (
    AskKind,
    Coding,
    Education,
    Experience,
    HardReason,
    Intent,
    NothingReason,
    Reason,
    SkillLevel,
    Source,
    Visibility,
)
from chanjiao.demand.models.demands import MOST_SKILLS
from chanjiao.demand.places import area_checker, node_checker
from chanjiao.demand.queries import company_named
from chanjiao.engines.tabular import Problem
from chanjiao.industry.queries import node_labels
from chanjiao.organisations.queries import area_labels
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_checker, ids_of
from chanjiao.web.shared.fields import day_input
from chanjiao.web.shared.templatetags.chanjiao import is_english
from chanjiao.web.shared.widgets import SearchSelect

BLANK = [("", _("不填"))]
NONE_FITS = "none"


class MonthField(forms.DateField):
    """A month as browsers send it (2026-09), kept as its first day."""

    widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-09"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d", "%Y/%m", "%Y.%m"], **settings)

    def to_python(self, value: Any) -> Any:
        day = super().to_python(value)
        return day.replace(day=1) if day else day


class PayForm(forms.Form):
    """Pay in whole yuan a month; both ends are optional, and in order."""

    pay_min_yuan = forms.IntegerField(
        label=_("月薪下限（元）"), required=False, min_value=0, max_value=1_000_000
    )
    pay_max_yuan = forms.IntegerField(
        label=_("月薪上限（元）"), required=False, min_value=0, max_value=1_000_000
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("pay_min_yuan"), cleaned.get("pay_max_yuan")
        if low is not None and high is not None and low > high:
            self.add_error(
                "pay_max_yuan",
                _("月薪上限 %(high)s 低于月薪下限 %(low)s。") % {"high": high, "low": low},
            )
        closes_on = cleaned.get("closes_on")
        if closes_on and closes_on < clock.today():
            self.add_error("closes_on", _("截止日期 %(day)s 已过。") % {"day": closes_on})
        return cleaned


class DemandForm(PayForm):
    """One position; four fields are enough, the rest helps schools to fit it."""

    title = forms.CharField(
        label=_("岗位名称"),
        max_length=120,
        min_length=2,
        help_text=_("按本企业的叫法填写即可，如“数控车工”。"),
    )
    headcount = forms.IntegerField(label=_("招聘人数"), min_value=1, max_value=100_000)
    closes_on = forms.DateField(label=_("招聘截止日期"), required=False, widget=day_input())
    place = forms.CharField(
        label=_("工作地点"),
        required=False,
        max_length=80,
        help_text=_("同名岗位分布在不同地点时，用它区分。"),
    )
    description = forms.CharField(
        label=_("岗位描述"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("可直接粘贴招聘启事；请勿写个人联系方式。"),
    )
    education = forms.ChoiceField(label=_("学历要求"), choices=Education, initial=Education.ANY)
    experience = forms.ChoiceField(
        label=_("经验要求"), choices=[*BLANK, *Experience.choices], required=False
    )
    skill_level = forms.ChoiceField(
        label=_("技能等级"), choices=[*BLANK, *SkillLevel.choices], required=False
    )
    majors_text = forms.CharField(
        label=_("要求专业"),
        required=False,
        max_length=400,
        help_text=_("专业代码或名称，用顿号分开，如“数控技术、460104”。"),
    )
    skills_text = forms.CharField(
        label=_("技能要求"),
        required=False,
        max_length=900,
        help_text=_("用顿号分开；程度写在括号里，如“数控编程（熟练）、CAD”。"),
    )
    area = forms.CharField(
        label=_("所在区域"),
        required=False,
        max_length=120,
        widget=SearchSelect,
        help_text=_("街道、园区或网格；不填即企业所在区域。"),
    )
    node = forms.CharField(
        label=_("产业链环节"),
        required=False,
        max_length=200,
        widget=SearchSelect,
        help_text=_("岗位属于哪条产业链的哪个环节，输入名称后选择。"),
    )
    arrive_on = MonthField(label=_("到岗月份"), required=False)
    reason = forms.ChoiceField(
        label=_("用工原因"), choices=[*BLANK, *Reason.choices], required=False
    )
    intents = forms.MultipleChoiceField(
        label=_("合作意向"),
        choices=Intent,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hard_reason = forms.ChoiceField(
        label=_("难招原因"), choices=[*BLANK, *HardReason.choices], required=False
    )
    urgency = forms.TypedChoiceField(
        label=_("紧迫度"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[*BLANK, *((n, f"{n}") for n in range(1, 6))],
        help_text=_("1 不急，5 非常急。"),
    )
    visibility = forms.ChoiceField(
        label=_("谁能看到"),
        choices=Visibility,
        initial=Visibility.MEMBERS,
        help_text=_("月薪只对联合体成员显示；公开清单只发布汇总数字。"),
    )
    occupation = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    FIRST = ("title", "headcount", "pay_min_yuan", "pay_max_yuan", "closes_on", "place")
    MORE = (
        "education", "experience", "skill_level", "majors_text", "skills_text", "area", "node",
        "arrive_on", "reason", "intents", "hard_reason", "urgency", "visibility",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, company: Any = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.actor, self.company = actor, company
        self.areas, self.nodes = area_labels(), node_labels()
        self.fields["area"].widget.options = list(self.areas)
        self.fields["node"].widget.options = list(self.nodes)
        for name, labels in (("area", self.areas), ("node", self.nodes)):
            self.initial[name] = labels.label(self.initial.get(f"{name}_id"))
        if company is None:
            self.fields["company"] = forms.CharField(
                label=_("企业"), max_length=120, help_text=_("统一社会信用代码或全称。")
            )
            self.fields["source"] = forms.ChoiceField(
                label=_("来源"), choices=Source, initial=Source.VISIT
            )
            self.order_fields(["company", "source", *self.FIRST])

    @property
    def first(self) -> list[forms.BoundField]:
        names = [n for n in ("company", "source") if n in self.fields]
        return [self[name] for name in (*names, *self.FIRST)]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def has_more(self) -> bool:
        """Whether the folded part holds something to look at: a fault or a value."""
        return any(self[name].errors or self.initial.get(name) for name in self.MORE)

    def clean_company(self) -> Any:
        text = self.cleaned_data["company"].strip()
        found = company_named(text)
        if found is None:
            raise forms.ValidationError(
                _("没有找到“%(text)s”，请填写 18 位统一社会信用代码或登记的全称。") % {"text": text}
            )
        if not self.actor.may_here("demand", Action.CREATE, found.pk):
            raise forms.ValidationError(_("不能替该企业填报。"))
        return found

    def clean_majors_text(self) -> list[int]:
        """Codes or names to primary keys; the first that is neither is named with a remedy."""
        check, codes = code_checker(System.MAJOR), []
        for part in wording.SEPARATORS.split(self.cleaned_data["majors_text"]):
            if not (word := part.strip()):
                continue
            found = check(word)
            if isinstance(found, Problem):
                if not found.warning:
                    raise forms.ValidationError(_told(found))
                found = str(found.value)
            codes.append(found)
        return list(ids_of(System.MAJOR, codes).values())

    def clean_area(self) -> int | None:
        return _place(self.areas, self.cleaned_data["area"], area_checker)

    def clean_node(self) -> int | None:
        return _place(self.nodes, self.cleaned_data["node"], node_checker)

    def clean_skills_text(self) -> list[tuple[str, str]]:
        skills = wording.skills_from(self.cleaned_data["skills_text"])
        if len(skills) > MOST_SKILLS:
            raise forms.ValidationError(
                _("技能要求有 %(n)s 项，最多 %(most)s 项。")
                % {"n": len(skills), "most": MOST_SKILLS}
            )
        return skills

    def clean_occupation(self) -> Any:
        return read_occupation(self.cleaned_data["occupation"])

    def stated(self) -> dict[str, Any]:
        """What the service takes: fields by the model's names, codes as rows."""
        given = dict(self.cleaned_data)
        given.pop("company", None)
        stated = {
            **given,
            "majors": given.pop("majors_text"),
            "skills": given.pop("skills_text"),
            "area_id": given.pop("area"),
            "node_id": given.pop("node"),
        }
        for name in ("majors_text", "skills_text", "area", "node"):
            stated.pop(name, None)
        return with_occupation(stated, stated.pop("occupation"))


def _place(labels: Labels, text: str, checker: Callable[[Labels], Any]) -> int | None:
    """The one place these words mean; an unclear or unknown one is told with what there is."""
    if not (text := text.strip()):
        return None
    found = checker(labels)(text)
    if isinstance(found, Problem):
        raise forms.ValidationError(_told(found))
    return labels.find(text)[0]


class PasteForm(forms.Form):
    """A vacancy as it stands somewhere else."""

    text = forms.CharField(
        label=_("招聘启事原文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "data-private": ""}),
        help_text=_("一次一个岗位。"),
    )


def _told(problem: Problem) -> str:
    """A code checker's sentence with its remedy, in the language of the page."""
    if is_english():
        return f"{problem.en} {problem.remedy_en}".rstrip()
    return problem.zh + problem.remedy_zh


def read_occupation(text: str) -> Any:
    """An occupation row, the word for "none fits", or nothing chosen yet."""
    if text in ("", NONE_FITS):
        return text
    found = coding.occupation_named(text)
    if found is None:
        raise forms.ValidationError(_("职业分类大典中没有代码 %(code)s。") % {"code": text})
    return found


def with_occupation(stated: dict[str, Any], chosen: Any) -> dict[str, Any]:
    """Add the choice of a code as the service reads it; no choice leaves the line waiting."""
    if chosen == NONE_FITS:
        return {**stated, "occupation": None, "coding_if_none": Coding.NONE}
    if chosen:
        return {**stated, "occupation": chosen, "coding": Coding.PERSON}
    return stated


class NothingForm(forms.Form):
    """The word that nobody is needed, and why; for the office, also for which company."""

    reason = forms.ChoiceField(
        label=_("暂无需求的原因"), choices=NothingReason, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, company: Any = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if company is None:
            self.fields["company"] = forms.CharField(
                label=_("企业"), max_length=120, help_text=_("统一社会信用代码或全称。")
            )
            self.order_fields(["company"])

    def clean_company(self) -> Any:
        found = company_named(self.cleaned_data["company"].strip())
        if found is None:
            raise forms.ValidationError(_("没有找到该企业，请填写信用代码或登记的全称。"))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_other = cleaned.get("reason") == NothingReason.OTHER
        if is_other and not (cleaned.get("note") or "").strip():
            self.add_error("note", _("选择“其他”时请写明原因。"))
        return cleaned


class FillForm(forms.Form):
    people = forms.IntegerField(label=_("到岗人数"), min_value=1)
    filled_on = forms.DateField(label=_("到岗日期"), widget=day_input())
    school = forms.CharField(
        label=_("来自院校"), required=False, max_length=120, help_text=_("院校全称，可不填。")
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def clean_school(self) -> Any:
        text = self.cleaned_data["school"].strip()
        if not text:
            return None
        found = company_named(text)
        if found is None or not found.is_school:
            raise forms.ValidationError(_("没有登记名为“%(text)s”的院校。") % {"text": text})
        return found

    def clean_filled_on(self) -> Any:
        day = self.cleaned_data["filled_on"]
        if day > clock.today():
            raise forms.ValidationError(_("到岗日期 %(day)s 在今天之后。") % {"day": day})
        return day


class AskForm(forms.Form):
    company = forms.CharField(
        label=_("企业"), max_length=120, help_text=_("统一社会信用代码或全称。")
    )
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[
            c for c in AskKind.choices
            if c[0] not in (AskKind.SURVEY, AskKind.REMINDER, AskKind.RECONFIRM)
        ],
    )  # fmt: skip
    subject = forms.CharField(
        label=_("事项"), max_length=120, help_text=_("一句话说清要问什么，企业用三个按钮答复。")
    )
    due_on = forms.DateField(label=_("答复期限"), required=False, widget=day_input())

    def clean_company(self) -> Any:
        found = company_named(self.cleaned_data["company"].strip())
        if found is None:
            raise forms.ValidationError(_("没有找到该企业，请填写信用代码或登记的全称。"))
        return found

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("答复期限 %(day)s 已过。") % {"day": day})
        return day
