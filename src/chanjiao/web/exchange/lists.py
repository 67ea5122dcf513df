from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.sheets import handlers
from chanjiao.exchange.choices import ImportState
from chanjiao.exchange.queries import import_jobs_visible_to
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import is_english, moment, number, state_tag


class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ImportState, empty_label=_("全部"))


def _sheet(job: Any) -> str:
    handler = handlers().get(job.sheet)
    return handler.sheet.label("en" if is_english() else "zh") if handler else job.sheet


JOBS = Listing(
    title=_("导入导出"),
    rows=import_jobs_visible_to,
    filters=JobFilter,
    row_url=lambda job: reverse("exchange:job", args=[job.pk]),
    template="exchange/jobs.html",
    empty=_("还没有导入过文件。从上面选一张表开始。"),
    columns=(
        Column("file", _("文件"), lambda job: job.file.name),
        Column("sheet", _("表格"), _sheet, sort="sheet"),
        Column("state", _("状态"), lambda job: state_tag(job.get_state_display(), job.state)),
        Column("new", _("新增"), lambda job: number(job.new), sort="new", is_number=True),
        Column(
            "changed", _("变更"), lambda job: number(job.changed), is_number=True, on_phone=False
        ),
        Column(
            "faults", _("错误"), lambda job: number(job.fault_total),
            is_number=True, on_phone=False,
        ),
        Column("by", _("提交人"), lambda job: job.created_by, on_phone=False),
        Column(
            "at", _("时间"), lambda job: moment(job.created_at), sort="created_at", on_phone=False
        ),
    ),
)  # fmt: skip
