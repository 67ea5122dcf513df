"""Forms of bodies, seats and areas; they parse and keep what was typed, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.organisations.choices import (
    AreaGrade,
    AreaKind,
    ConsortiumKind,
    ConsortiumLevel,
    Kind,
    Scale,
    Seat,
    Status,
)
from chanjiao.organisations.queries import officers
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_list
from chanjiao.web.directory.fields import (
    EvidenceField,
    IndustryField,
    PhoneField,
    area_choices,
    number_or_none,
)
from chanjiao.web.shared.fields import BodyField, DayField

BLANK = [("", _("不填"))]
LIVING = [choice for choice in Status.choices if choice[0] != Status.MERGED]


class CardForm(forms.Form):
    """What a body may say of itself."""

    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    scale = forms.ChoiceField(label=_("规模"), choices=[*BLANK, *Scale.choices], required=False)
    ownership = forms.ChoiceField(label=_("单位性质"), required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    website = forms.URLField(label=_("网址"), max_length=120, required=False, assume_scheme="https")
    contact_name = forms.CharField(label=_("联系人"), max_length=40, required=False)
    contact_phone = PhoneField(label=_("联系电话"), max_length=40, required=False)
    contact_email = forms.EmailField(label=_("联系邮箱"), max_length=254, required=False)

    def __init__(self, *args: Any, actor: Actor, **settings: Any) -> None:
        super().__init__(*args, **settings)
        owners = [(item.code, item.name) for item in code_list(System.OWNERSHIP)]
        self.fields["ownership"].choices = [*BLANK, *owners]


class OfficeCardForm(CardForm):
    """The card with what only the office keeps."""

    industry = IndustryField(label=_("行业"), required=False)
    area = forms.ChoiceField(label=_("所属区域"), required=False)
    region_code = forms.RegexField(
        r"^(\d{6}|\d{9}|\d{12})$", label=_("行政区划代码"), required=False,
        error_messages={"invalid": _("行政区划代码应为 6、9 或 12 位数字。")},
    )  # fmt: skip
    is_above_designated_size = forms.BooleanField(label=_("规上"), required=False)
    is_integration_enterprise = forms.BooleanField(label=_("产教融合型企业"), required=False)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, actor: Actor, **settings: Any) -> None:
        super().__init__(*args, actor=actor, **settings)
        self.fields["area"].choices = area_choices(actor, _("未划分"))

    def clean_area(self) -> int | None:
        return number_or_none(self.cleaned_data["area"])


class CodeForm(forms.Form):
    """A credit code, or the reason and the paper why there is no right one."""

    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=24, required=False,
        help_text=_("18 位；末位是校验码。"),
    )  # fmt: skip
    credit_code_reason = forms.CharField(
        label=_("代码例外原因"), max_length=200, required=False,
        help_text=_("代码缺失或校验不符时必填，例如“机关法人未赋码”。"),
    )  # fmt: skip
    evidence = EvidenceField(
        label=_("代码例外佐证"), required=False, help_text=_("证明上述原因的文件，不超过 10 MB。")
    )


class RecordForm(OfficeCardForm, CodeForm):
    """A body written into the register by hand."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=Kind)
    field_order = (
        "name", "kind", "credit_code", "credit_code_reason", "evidence", "name_en", "industry",
        "area", "region_code", "address", "scale", "ownership",
    )  # fmt: skip


class CorrectCodeForm(CodeForm):
    reason = forms.CharField(label=_("更正原因"), max_length=200)


class DatedForm(forms.Form):
    """A fact of the register with its day and its reason."""

    on = DayField(label=_("变更日期"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["on"].initial = clock.today()


class RenameForm(DatedForm):
    name = forms.CharField(label=_("新名称"), max_length=120)
    field_order = ("name",)


class StatusForm(DatedForm):
    status = forms.ChoiceField(label=_("新状态"), choices=LIVING)
    field_order = ("status",)


class KindForm(DatedForm):
    kind = forms.ChoiceField(
        label=_("新类别"), choices=Kind, help_text=_("例如个体工商户转为企业（个转企）。")
    )
    field_order = ("kind",)


class SuspendForm(forms.Form):
    is_suspended = forms.TypedChoiceField(
        label=_("处理"), choices=[("1", _("停用：其人员只能看公开内容")), ("", _("恢复使用"))],
        coerce=bool, required=False, empty_value=False,
    )  # fmt: skip
    reason = forms.CharField(label=_("原因"), max_length=200)


class NamesForm(forms.Form):
    short_name = forms.CharField(label=_("增加简称"), max_length=120, required=False)
    domains = forms.CharField(
        label=_("域名"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个，如 example.com。"),
    )  # fmt: skip


class YearForm(forms.Form):
    """One year's figures; blank stays unknown, which is not nought."""

    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    staff = forms.IntegerField(label=_("在岗职工数"), min_value=0, required=False)
    skilled = forms.IntegerField(label=_("技能人才"), min_value=0, required=False)
    high_skilled = forms.IntegerField(label=_("高技能人才"), min_value=0, required=False)
    output_wan = forms.DecimalField(
        label=_("产值（万元）"), max_digits=14, decimal_places=2, required=False
    )
    revenue_wan = forms.DecimalField(
        label=_("营收（万元）"), max_digits=14, decimal_places=2, required=False
    )
    tax_wan = forms.DecimalField(
        label=_("实缴税金（万元）"), max_digits=14, decimal_places=2, required=False
    )
    rd_spend_wan = forms.DecimalField(
        label=_("研发投入（万元）"), max_digits=14, decimal_places=2, required=False
    )
    land_mu = forms.DecimalField(
        label=_("用地（亩）"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    area_grade = forms.ChoiceField(
        label=_("亩均评价"), choices=[*BLANK, *AreaGrade.choices], required=False
    )


class ApplyForm(forms.Form):
    """An application for a seat; the office names the body that applied on paper."""

    organisation = BodyField(label=_("机构"))
    seat = forms.ChoiceField(label=_("席位"), choices=Seat, initial=Seat.MEMBER)
    pledge = forms.CharField(
        label=_("承诺事项"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text=_("例如每年提供的岗位、实习工位、兼职教师、设备。"),
    )  # fmt: skip

    def __init__(self, *args: Any, is_office: bool, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if not is_office:
            del self.fields["organisation"]


class SeatForm(forms.Form):
    seat = forms.ChoiceField(label=_("席位"), choices=Seat)
    reason = forms.CharField(label=_("依据"), max_length=200, help_text=_("例如理事会届次。"))


class PledgeForm(forms.Form):
    pledge = forms.CharField(
        label=_("承诺事项"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class ConsortiumForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=120)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=ConsortiumKind)
    level = forms.ChoiceField(label=_("级别"), choices=ConsortiumLevel)
    park = forms.ChoiceField(label=_("依托园区"), required=False)
    office = BodyField(label=_("办公室"))
    lead_school = BodyField(label=_("牵头学校"))
    lead_company = BodyField(label=_("牵头企业"), required=False)
    founded_on = DayField(label=_("成立日期"))

    def __init__(self, *args: Any, actor: Actor, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["park"].choices = area_choices(actor, _("不依托园区"))

    def fields_to_save(self) -> dict[str, Any]:
        """Keys of bodies in place of the bodies, as the service wants them."""
        data = dict(self.cleaned_data)
        for name in ("office", "lead_school", "lead_company"):
            body = data.pop(name)
            data[f"{name}_id"] = body.pk if body else None
        data["park_id"] = number_or_none(data.pop("park"))
        return data


class AreaForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), choices=AreaKind)
    code = forms.CharField(
        label=_("编码"), max_length=30, help_text=_("不能与其他区域重复；可用行政区划代码。")
    )
    name = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    parent = forms.ChoiceField(label=_("上级"), required=False)

    def __init__(self, *args: Any, actor: Actor, is_new: bool = True, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["parent"].choices = area_choices(actor, _("无（最上一级）"))
        if not is_new:
            del self.fields["code"]

    def clean_parent(self) -> int | None:
        return number_or_none(self.cleaned_data["parent"])


class OfficerForm(forms.Form):
    officer = forms.ModelChoiceField(
        label=_("网格员"), queryset=None, required=False, empty_label=_("暂无"),
        help_text=_("名单里是持有网格员角色的人；没有的请先在“用户与授权”里授予。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["officer"].queryset = officers()
