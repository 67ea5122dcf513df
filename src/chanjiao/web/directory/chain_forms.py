"""Forms of chains, nodes and placements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.industry.choices import NodeStatus, PlacementRole, Position
from chanjiao.web.directory.fields import (
    EvidenceField,
    IndustriesField,
    ListField,
    number_or_none,
)
from chanjiao.web.shared.fields import BodyField

AREA = forms.Textarea(attrs={"rows": 2})


class NodeForm(forms.Form):
    name = forms.CharField(label=_("环节"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    position = forms.ChoiceField(label=_("上中下游"), choices=Position)
    parent = forms.ChoiceField(label=_("上级环节"), required=False)
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=999, initial=0)
    industries = IndustriesField(
        label=_("行业代码"), required=False, help_text=_("多个用逗号分开，如 C3425，C3429。")
    )
    products = ListField(label=_("核心产品"), required=False, help_text=_("多个用顿号分开。"))
    techs = ListField(label=_("关键技术"), required=False, help_text=_("多个用顿号分开。"))

    def __init__(self, *args: Any, nodes: list[Any], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["parent"].choices = [
            ("", _("无（最上一级）")),
            *((str(one.pk), one.name) for one in nodes),
        ]

    def fields_to_save(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["parent_id"] = number_or_none(data.pop("parent"))
        return data


class ChainForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    summary = forms.CharField(label=_("简介"), required=False, max_length=1000, widget=AREA)
    leader = BodyField(label=_("链长单位"), required=False)
    head_company = BodyField(label=_("链主企业"), required=False)

    def fields_to_save(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        for name in ("leader", "head_company"):
            body = data.pop(name)
            data[f"{name}_id"] = body.pk if body else None
        return data


class NewChainForm(ChainForm):
    """A chain with its first node, because a chain without one says nothing."""

    code = forms.SlugField(
        label=_("编码"), max_length=30, help_text=_("英文字母、数字与连字符，如 machine-tools。")
    )
    node_name = forms.CharField(label=_("第一个环节"), max_length=80)
    node_position = forms.ChoiceField(label=_("环节位置"), choices=Position, initial="mid")
    field_order = ("code", "name", "name_en", "summary", "leader", "head_company")

    def first_node(self) -> dict[str, Any]:
        return {
            "name": self.cleaned_data["node_name"],
            "position": self.cleaned_data["node_position"],
        }


class PlaceForm(forms.Form):
    """What a body does on a node in a year, and how we know."""

    organisation = BodyField(label=_("企业"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    role = forms.ChoiceField(label=_("角色"), choices=PlacementRole)
    product = forms.CharField(label=_("核心产品"), max_length=120, required=False)
    basis = forms.CharField(
        label=_("依据说明"), max_length=200, required=False,
        help_text=_("例如走访日期、年报、主管部门名单；或附文件。"),
    )  # fmt: skip
    evidence = EvidenceField(label=_("佐证"), required=False)

    def __init__(self, *args: Any, is_new: bool = True, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["year"].initial = clock.today().year
        if not is_new:
            del self.fields["organisation"], self.fields["year"]


class JudgeForm(forms.Form):
    status = forms.ChoiceField(
        label=_("人工判定"), choices=[("", _("按规则")), *NodeStatus.choices], required=False
    )
    reason = forms.CharField(
        label=_("判定理由"), max_length=200, required=False,
        help_text=_("须由另一人复核后才生效。"),
    )  # fmt: skip


class CarryForm(forms.Form):
    from_year = forms.IntegerField(label=_("沿用哪一年"), min_value=2000, max_value=2100)
    to_year = forms.IntegerField(label=_("写入哪一年"), min_value=2000, max_value=2100)
