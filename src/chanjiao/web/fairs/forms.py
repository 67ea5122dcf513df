"""Forms of a fair: what it is, its halls, whom it invites, and what a company brings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.demand.queries import areas_as_choices
from chanjiao.fairs.choices import FairKind, Purpose
from chanjiao.fairs.models.booths import MOST_REPRESENTATIVES
from chanjiao.fairs.queries import chains_to_choose
from chanjiao.organisations.choices import Scale
from chanjiao.web.shared.fields import BodyField, day_input

PURPOSES = [(p.value, p.label) for p in (Purpose.JOB, Purpose.INTERNSHIP, Purpose.ORDER_CLASS,
                                         Purpose.APPRENTICE)]  # fmt: skip


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class WhenForm(forms.Form):
    """The day, the hours and the place."""

    held_on = forms.DateField(label=_("日期"), widget=day_input())
    starts_at = forms.TimeField(label=_("开始时间"), widget=time_input())
    ends_at = forms.TimeField(label=_("结束时间"), widget=time_input())
    place = forms.CharField(label=_("地点"), max_length=160)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error(
                "ends_at",
                _("结束时间 %(ends)s 须晚于开始时间 %(begins)s。")
                % {"ends": f"{ends:%H:%M}", "begins": f"{begins:%H:%M}"},
            )
        return cleaned


class MoveForm(WhenForm):
    """A new date or place, and why; everybody registered is asked to confirm it."""

    reason = forms.CharField(
        label=_("变更原因"), max_length=300, help_text=_("报名的企业和学生会看到。")
    )


class FairForm(WhenForm):
    name = forms.CharField(label=_("名称"), max_length=120)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("形式"), choices=FairKind)
    apply_until = forms.DateField(label=_("企业报名截止"), widget=day_input())
    cancel_until = forms.DateField(
        label=_("免责取消截止"), widget=day_input(),
        help_text=_("此日及以前企业可自行取消；之后未到场记为无故缺席。"),
    )  # fmt: skip
    chains = forms.TypedMultipleChoiceField(
        label=_("产业链"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = (
        "name", "name_en", "kind", "held_on", "starts_at", "ends_at", "place", "apply_until",
        "cancel_until", "chains", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, may_move: bool = True, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["chains"].choices = chains_to_choose()
        if not may_move:  # then the date has a page of its own, which tells everybody
            for name in WhenForm.base_fields:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held_on = cleaned.get("held_on")
        for name in ("apply_until", "cancel_until"):
            day = cleaned.get(name)
            if held_on and day and day > held_on:
                self.add_error(
                    name,
                    _("%(day)s 晚于举办日期 %(held)s。") % {"day": day, "held": held_on},
                )
        return cleaned


class HallForm(forms.Form):
    name = forms.CharField(label=_("展厅"), max_length=40)
    rows = forms.IntegerField(label=_("排数"), min_value=1, max_value=40)
    columns = forms.IntegerField(label=_("每排展位数"), min_value=1, max_value=40)


class InviteForm(forms.Form):
    """One company by name, or every company inside a frame."""

    company = BodyField(
        label=_("企业"), required=False,
        help_text=_("统一社会信用代码或全称；不填则按下面的范围邀请。"),
    )  # fmt: skip
    areas = forms.MultipleChoiceField(
        label=_("区域"), required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("含下级区域；不选为全部。"),
    )  # fmt: skip
    scales = forms.MultipleChoiceField(
        label=_("规模"), choices=Scale, required=False, widget=forms.CheckboxSelectMultiple
    )
    members_only = forms.BooleanField(label=_("只含联合体成员"), required=False, initial=True)
    due_on = forms.DateField(label=_("答复期限"), widget=day_input())

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["areas"].choices = areas_as_choices()

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("答复期限 %(day)s 已过。") % {"day": day})
        return day


class BoothForm(forms.Form):
    """Positions of the ledger with a tick, a purpose and a number; then who comes."""

    people_text = forms.CharField(
        label=_("到场人员"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一人：姓名 手机号；只给办公室看，用于制作胸牌和当天联系。"),
    )  # fmt: skip
    tables = forms.TypedChoiceField(
        label=_("桌数"), choices=[(1, "1"), (2, "2")], coerce=int, initial=1
    )
    wish = forms.CharField(
        label=_("特殊需要"), required=False, max_length=200,
        help_text=_("如用电、展示设备、无障碍位置。"),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[Any], brought: Any = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offered = offered
        known = {post.demand_id: post for post in brought}
        for demand in offered:
            mine = known.get(demand.pk)
            self.fields[f"takes_{demand.pk}"] = forms.BooleanField(
                label=demand.title, required=False, initial=bool(mine) or not brought
            )
            self.fields[f"purpose_{demand.pk}"] = forms.ChoiceField(
                label=_("类别"), choices=PURPOSES, required=False,
                initial=mine.purpose if mine else Purpose.JOB,
            )  # fmt: skip
            self.fields[f"people_{demand.pk}"] = forms.IntegerField(
                label=_("人数"), required=False, min_value=1,
                max_value=max(demand.wanted, mine.people if mine else 0),
                initial=mine.people if mine else demand.wanted,
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[Any, Any, Any, Any]]:
        return [
            (d, self[f"takes_{d.pk}"], self[f"purpose_{d.pk}"], self[f"people_{d.pk}"])
            for d in self.offered
        ]

    def clean_people_text(self) -> list[dict[str, str]]:
        """Lines of a name and a telephone number; the first that is neither is named."""
        people = []
        for line in self.cleaned_data["people_text"].splitlines():
            if not (words := line.replace("，", " ").replace(",", " ").split()):
                continue
            if len(words) != 2 or not words[1].lstrip("+").replace("-", "").isdigit():
                raise forms.ValidationError(
                    _("“%(line)s”不是“姓名 手机号”，例如：王某 13800138000。") % {"line": line}
                )
            people.append({"name": words[0][:40], "phone": words[1][:20]})
        if len(people) > MOST_REPRESENTATIVES:
            raise forms.ValidationError(
                _("填了 %(n)s 人，最多 %(most)s 人。")
                % {"n": len(people), "most": MOST_REPRESENTATIVES}
            )
        return people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken = [d for d in self.offered if cleaned.get(f"takes_{d.pk}")]
        if not taken:
            self.add_error(None, _("请至少选择一个岗位。"))
        for demand in taken:
            name = f"people_{demand.pk}"
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("请填写人数。"))
        return cleaned

    def stated(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "representatives": given["people_text"],
            "tables": given["tables"],
            "wish": given["wish"],
            "posts": [
                {
                    "demand": d.pk,
                    "purpose": given[f"purpose_{d.pk}"] or Purpose.JOB,
                    "people": given[f"people_{d.pk}"],
                }
                for d in self.offered
                if given.get(f"takes_{d.pk}")
            ],
        }


class SlotsForm(forms.Form):
    """How the hours of the fair are cut into interviews."""

    minutes = forms.IntegerField(label=_("每段分钟数"), min_value=5, max_value=120, initial=15)
    seats = forms.IntegerField(label=_("每段人数"), min_value=1, max_value=20, initial=2)
