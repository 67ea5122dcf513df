from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.web.shared.widgets import FilePicker

MAX_BYTES = 20 * 1024 * 1024


class UploadForm(forms.Form):
    """A file or pasted cells; one of the two."""

    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        help_text=_("xlsx、csv、tsv 或 txt，最大 20 MB、50,000 行、200 列。"),
        widget=FilePicker(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("或粘贴单元格"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("在 Excel 或 WPS 里选中含表头的区域，复制后粘贴到这里。"),
    )
    updates_existing = forms.BooleanField(
        label=_("更新已有数据"),
        required=False,
        help_text=_("不勾选时只新增；勾选后，预览里的“变更”也会写入。确认前还可以改。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip()
        if not file and not pasted:
            self.add_error("file", _("请选择一个文件，或粘贴单元格。"))
        if file and pasted:
            self.add_error("pasted", _("文件和粘贴内容请只用一种。"))
        if file and file.size > MAX_BYTES:
            self.add_error(
                "file",
                _("文件有 %(size).1f MB，超过 20 MB。请拆成几份再上传。")
                % {"size": file.size / 1024 / 1024},
            )
        return cleaned

    def content(self) -> tuple[bytes, str]:
        """The bytes to import and the name to keep them under."""
        if file := self.cleaned_data.get("file"):
            return file.read(), file.name
        return self.cleaned_data["pasted"].encode(), "pasted.tsv"
