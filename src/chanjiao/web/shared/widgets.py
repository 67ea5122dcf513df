"""Form controls of our own, where the browser's speak the browser's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class SearchSelect(forms.TextInput):
    """A line of text with what may be written there: the browser offers it while one types.

    ``options`` are (value, other name) pairs; both are searched. Needs no script, and what is
    typed freely is still read by the field.
    """

    options: Iterable[tuple[str, str]] = ()

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = f"{(attrs or {}).get('id', f'id_{name}')}_options"
        native = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.options)
        return format_html('{}<datalist id="{}">{}</datalist>', native, listed, options)


class FilePicker(forms.Widget):
    """A file field with our own words on it.

    The native control lies unseen over the words, so that click, keyboard, dropping a file and
    screen readers work as ever; site.js shows the chosen name, and without scripts the native
    control is shown instead. Not a ``FileInput``, which crispy would draw in its own way.
    """

    needs_multipart_form = True

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        native = forms.FileInput(self.attrs).render(name, None, dict(attrs or {}), renderer)
        return format_html(
            '<span class="file-picker">{}<span class="btn" aria-hidden="true">{}</span> '
            '<span class="file-name" aria-hidden="true">{}</span></span>',
            native, _("选择文件"), _("尚未选择，也可拖到这里"),
        )  # fmt: skip

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Files are never echoed: what was chosen comes with the request or not at all."""
        return files.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files
