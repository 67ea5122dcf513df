"""Form fields of the directory: an industry, a phone number, an area of the tree."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext as _now, gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.engines.tabular import Problem, phone_number
from chanjiao.organisations.queries import areas_visible_to
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_checker
from chanjiao.web.shared.widgets import FilePicker

MOST_BYTES = 10 * 1024 * 1024


class IndustryField(forms.CharField):
    """A code of GB/T 4754 or a name that means one code."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("help_text", _("GB/T 4754-2017 小类代码（如 C3491）或名称。"))
        super().__init__(max_length=60, **settings)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.code_of(text) if text else ""

    @staticmethod
    def code_of(text: str) -> str:
        found = code_checker(System.INDUSTRY)(text)
        if not isinstance(found, Problem):
            return found
        if found.warning and isinstance(found.value, str):
            return found.value
        is_english = (get_language() or "").startswith("en")
        words = f"{found.en} {found.remedy_en}" if is_english else found.zh + found.remedy_zh
        raise forms.ValidationError(words)


class IndustriesField(forms.CharField):
    """Several industries, parted by commas, spaces or lines."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        for mark in "，、；;\n":
            text = text.replace(mark, ",")
        return [IndustryField.code_of(one.strip()) for one in text.split(",") if one.strip()]


class ListField(forms.CharField):
    """Words parted by 、 or lines, for products and techniques."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        for mark in "，,；;\n":
            text = text.replace(mark, "、")
        return [one.strip() for one in text.split("、") if one.strip()]


class PhoneField(forms.CharField):
    """A mobile, a landline or a service number, brought into one form."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        number = phone_number(text)
        if number is None:
            raise forms.ValidationError(
                _now("“%(text)s”不是电话号码，应如 13800138000 或 0512-66661234。") % {"text": text}
            )
        return number


class EvidenceField(forms.FileField):
    """A paper that proves something; (name, bytes) or None."""

    widget = FilePicker

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _now("文件有 %(size).1f MB，超过 10 MB。") % {"size": file.size / 1024 / 1024}
            )
        return (file.name, file.read())


def area_choices(actor: Actor, blank: Any) -> list[tuple[str, Any]]:
    """The tree of areas as indented choices."""
    return [
        ("", blank),
        *((str(a.pk), "　" * a.path.count("/") + a.name) for a in areas_visible_to(actor)),
    ]


def number_or_none(value: str) -> int | None:
    return int(value) if value else None
