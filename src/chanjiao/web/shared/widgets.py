"""Form controls of our own, where the browser's speak the browser's language."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class FilePicker(forms.FileInput):
    """A file field with our own words on it.

    The native control lies unseen over the words, so that click, keyboard, dropping a file and
    screen readers work as ever; site.js shows the chosen name, and without scripts the native
    control is shown instead.
    """

    def render(self, *args: Any, **options: Any) -> SafeString:
        return format_html(
            '<span class="file-picker">{}<span class="btn" aria-hidden="true">{}</span> '
            '<span class="file-name" aria-hidden="true">{}</span></span>',
            super().render(*args, **options), _("选择文件"), _("尚未选择，也可拖到这里"),
        )  # fmt: skip
