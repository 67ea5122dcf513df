"""Stored words of the register in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from chanjiao.organisations.choices import ChangeKind, Kind, Status

# What was done to a body, as its page tells it; an act without a word shows its name.
ACTS = {
    "organisation.recorded": _("登记"),
    "organisation.card_changed": _("修改名片"),
    "organisation.verified": _("核验通过"),
    "organisation.code_corrected": _("更正代码"),
    "organisation.domains_changed": _("修改域名"),
    "organisation.renamed": _("更名"),
    "organisation.status_set": _("变更状态"),
    "organisation.reclassified": _("变更类别"),
    "organisation.suspended": _("停用"),
    "organisation.resumed": _("恢复使用"),
    "organisation.short_name_added": _("增加简称"),
    "organisation.year_saved": _("填报年度数据"),
    "organisation.merged": _("合并进别的记录"),
    "organisation.merge_undone": _("撤销合并"),
}


def act_word(act: str) -> Any:
    return ACTS.get(act, act)


def value_of_change(kind: str, value: str) -> Any:
    """A stored value of the register of changes in the reader's words."""
    words = {ChangeKind.STATUS: Status, ChangeKind.KIND: Kind}.get(ChangeKind(kind))
    if words is not None and value in words.values:
        return words(value).label
    return value or "—"
