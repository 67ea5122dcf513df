"""The list page of the audit chain: who did what to which thing, and when."""

from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from chanjiao.core.audit_queries import entries_visible_to
from chanjiao.web.shared.filtering import YesNoFilter
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import moment, state_tag

# The last word of an act's name; a word that is missing is shown as it is recorded.
ACT_WORDS = {
    "created": _("新建"), "changed": _("修改"), "updated": _("修改"), "given": _("授予"),
    "withdrawn": _("收回"), "sent": _("发出"), "resent": _("重新发出"), "accepted": _("接受"),
    "issued": _("签发"), "disabled": _("停用"), "enabled": _("恢复"), "anchored": _("锚定"),
    "imported": _("导入"), "undone": _("撤销"), "exported": _("导出"), "published": _("发布"),
    "frozen": _("冻结"), "confirmed": _("确认"), "merged": _("合并"), "refused": _("拒绝"),
    "signed_in": _("登录"), "sign_in_failed": _("登录失败"), "signed_out": _("退出"),
    "deleted": _("删除"),
}  # fmt: skip


def act_words(entry: Any) -> str:
    verb = entry.act.rpartition(".")[2]
    return str(ACT_WORDS.get(verb, verb))


def thing_words(entry: Any) -> str:
    """The kind of thing in the words of its model, or as recorded when the model is gone."""
    app, _dot, model = entry.thing.partition(".")
    try:
        return str(apps.get_model(app, model)._meta.verbose_name)
    except (LookupError, ValueError):
        return entry.thing


class EntryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("人员或对象"), method="by_text")
    act = django_filters.CharFilter(label=_("动作"), field_name="act", lookup_expr="icontains")
    thing = django_filters.CharFilter(
        label=_("对象类型"), field_name="thing", lookup_expr="icontains"
    )
    since = django_filters.DateFilter(
        label=_("从"), field_name="at", lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    until = django_filters.DateFilter(
        label=_("到"), field_name="at", lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    success = YesNoFilter(label=_("是否成功"), field_name="is_success")

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(Q(user_name__icontains=text) | Q(label__icontains=text))


def _outcome(entry: Any) -> Any:
    words = _now("成功") if entry.is_success else _now("未成功")
    return state_tag(words, "done" if entry.is_success else "failed")


ENTRIES = Listing(
    title=_("审计日志"),
    rows=entries_visible_to,
    filters=EntryFilter,
    row_url=lambda entry: reverse("people:audit-entry", args=[entry.sequence]),
    empty=_("还没有审计记录。"),
    template="people/audit.html",
    columns=(
        Column("number", _("序号"), lambda e: f"#{e.sequence}", sort="sequence"),
        Column("at", _("时间"), lambda e: moment(e.at), sort="at"),
        Column("who", _("人员"), lambda e: e.user_name or e.via, sort="user_name"),
        Column("act", _("动作"), act_words, sort="act"),
        Column("thing", _("对象类型"), thing_words, on_phone=False),
        Column("label", _("对象"), lambda e: e.label, on_phone=False),
        Column("via", _("途径"), lambda e: e.via, on_phone=False),
        Column("outcome", _("结果"), _outcome, on_phone=False),
    ),
)
