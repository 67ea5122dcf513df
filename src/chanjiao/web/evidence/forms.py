"""Forms of the press desk; they parse and keep what was typed, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from chanjiao.evidence import contents
from chanjiao.evidence.choices import ItemKind, StatementKind, Visibility
from chanjiao.evidence.reading.gate import LIMITS, MOST_CHARACTERS
from chanjiao.evidence.services.pages import About
from chanjiao.web.shared.fields import BodyField, DayField
from chanjiao.web.shared.widgets import FilePicker

MATERIALS = [
    (kind.value, kind.label) for kind in (ItemKind.NEWS, ItemKind.REPORT, ItemKind.DOCUMENT)
]
MEGABYTE = 2**20


class AboutForm(forms.Form):
    """What people say of a page beside its text."""

    published_on = DayField(label=_("发布日期"), help_text=_("“去年”“今年”等按这一天换算。"))
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填则取页面自己的标题。")
    )
    source = forms.CharField(
        label=_("来源"), max_length=120, required=False, help_text=_("如报纸、网站或部门的名称。")
    )
    url = forms.CharField(
        label=_("原网址"), max_length=500, required=False,
        help_text=_("只作记录，系统不会访问。"),
    )  # fmt: skip
    material = forms.ChoiceField(label=_("材料类型"), choices=MATERIALS, initial=ItemKind.NEWS)

    def about(self) -> About:
        return About(**{name: self.cleaned_data[name] for name in AboutForm.base_fields})


class BringForm(AboutForm):
    """A file or a text, one of the two."""

    file = forms.FileField(
        label=_("文件"), required=False,
        help_text=_("docx、pdf（有文字的）、html 或 txt，最大 20 MB。"),
        widget=FilePicker(attrs={"accept": ".docx,.pdf,.html,.htm,.txt"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("或粘贴文字"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("整页粘贴即可，导航、推荐阅读等会自动分开。"),
    )  # fmt: skip
    organisation = BodyField(
        label=_("归属机构"), required=False, help_text=_("不填则归本办公室。可填名称或代码。")
    )
    field_order = ("file", "pasted", "published_on", "title", "source", "url", "material")

    def __init__(self, *args: Any, for_others: bool, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if not for_others:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip()
        if not file and not pasted and "file" not in self.errors:
            self.add_error("file", _("请选择一个文件，或粘贴文字。"))
        if file and pasted:
            self.add_error("pasted", _("文件和粘贴文字请只用一种。"))
        if file and file.size > LIMITS.max_bytes:
            told = _now("文件有 %(size).1f MB，超过 20 MB。请按文章拆成几份再上传。")
            self.add_error("file", told % {"size": file.size / MEGABYTE})
        if len(pasted) > MOST_CHARACTERS:
            told = _now("粘贴了 %(n)s 字，最多 %(most)s 字。请按文章拆成几份。")
            self.add_error("pasted", told % {"n": len(pasted), "most": MOST_CHARACTERS})
        return cleaned

    @property
    def is_pasted(self) -> bool:
        return not self.cleaned_data.get("file")

    def content(self) -> tuple[bytes, str]:
        """The bytes to keep and the name to keep them under."""
        if file := self.cleaned_data.get("file"):
            return file.read(), file.name
        text = self.cleaned_data["pasted"].replace("\r\n", "\n").strip()
        return text.encode("utf-8", "replace"), "pasted.txt"


class StatementForm(forms.Form):
    """The fields of one kind of statement, as they stand."""

    is_reported = forms.BooleanField(
        label=_("同时记为自报指标值"),
        required=False,
        help_text=_("数字已发生、有指标、主体已对上机构时可以。"),
    )
    reason = forms.CharField(label=_("更正理由"), max_length=200, required=False)

    def __init__(self, *args: Any, kind: str, content: Any, **settings: Any) -> None:
        initial = {name: _shown(name, content.get(name)) for name in contents.FIELDS[kind]}
        super().__init__(*args, initial={**initial, **settings.pop("initial", {})}, **settings)
        self.kind = kind
        for name in contents.FIELDS[kind]:
            self.fields[name] = _field(kind, name)
        if kind != StatementKind.FIGURE:
            del self.fields["is_reported"]
        self.order_fields([*contents.FIELDS[kind], "is_reported", "reason"])

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in contents.FIELDS[self.kind]}


class ShowForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("公开级别"), choices=Visibility,
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip


def _shown(name: str, value: Any) -> Any:
    if name in contents.LISTS:
        return "、".join(value or ())
    if name in contents.NUMBERS:
        return "" if value in (None, "") else contents.plain(value).replace(",", "")
    return value


def _field(kind: str, name: str) -> forms.Field:
    choices = contents.CHOICES.get((kind, name))
    label = contents.LABELS[name]
    if choices is not None:
        return forms.ChoiceField(label=label, choices=choices.choices)
    if name in contents.NUMBERS:
        number = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.CharField(label=label, max_length=30, required=name == "value", widget=number)
    hint = _("多个用“、”分开。") if name in contents.LISTS else ""
    longest = 600 if name in contents.LISTS else contents.LONGEST
    return forms.CharField(label=label, max_length=longest, required=name == "name", help_text=hint)
