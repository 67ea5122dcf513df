from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.standards.choices import LinkState, Relation

STRENGTH = {"min_value": 0, "max_value": 1, "max_digits": 4, "decimal_places": 3}


class ReviewForm(forms.Form):
    """Accept or reject one link, with its strength and why."""

    state = forms.ChoiceField(choices=LinkState)
    strength = forms.DecimalField(label=_("强度（0—1）"), **STRENGTH)
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)


class LinkForm(forms.Form):
    """A link that an expert knows."""

    relation = forms.ChoiceField(
        label=_("关系"),
        choices=[
            (each.value, each.label)
            for each in (Relation.MAJOR_OCCUPATION, Relation.OCCUPATION_INDUSTRY,
                         Relation.MAJOR_MAJOR)
        ],
    )  # fmt: skip
    source = forms.CharField(label=_("源代码"), max_length=20, help_text=_("例如专业代码 460103。"))
    target = forms.CharField(
        label=_("目标代码"), max_length=20, help_text=_("例如职业代码 6-18-01-07。")
    )
    strength = forms.DecimalField(
        label=_("强度（0—1）"), initial="0.8", help_text=_("1 为完全对口。"), **STRENGTH
    )
    reason = forms.CharField(label=_("理由"), max_length=300)
