"""List pages of fairs: the calendar, and the companies of one fair."""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from chanjiao.core.roles import Action
from chanjiao.fairs.queries import fairs_visible_to
from chanjiao.web.fairs.filters import FairFilter
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment, state_tag


def hours(fair: Any) -> str:
    return f"{fair.held_on} {fair.starts_at:%H:%M}–{fair.ends_at:%H:%M}"


FAIRS = Listing(
    title=_("对接会"),
    rows=fairs_visible_to,
    filters=FairFilter,
    row_url=lambda f: reverse("fairs:fair", args=[f.pk]),
    empty=_("还没有对接会。新建一场，布置展厅后即可邀请企业。"),
    buttons=(
        Button(_("新建对接会"), reverse_lazy("fairs:new"), "plus", "fair", Action.CREATE, True),
    ),
    columns=(
        Column("name", _("名称"), lambda f: by_language(f)),
        Column("kind", _("形式"), lambda f: f.get_kind_display(), on_phone=False),
        Column("held", _("时间"), hours, sort="held_on"),
        Column("place", _("地点"), lambda f: f.place, on_phone=False),
        Column("host", _("主办"), lambda f: by_language(f.host), on_phone=False),
        Column("companies", _("参展企业"), lambda f: f.companies, sort="companies",
               is_number=True),
        Column("state", _("状态"), lambda f: state_tag(f.get_state_display(), f.state)),
    ),
)  # fmt: skip


def stand_cell(booth: Any) -> str:
    if booth.stand is None:
        return "—"
    return f"{booth.stand.hall.name} {booth.stand.number}"


BOOTH_COLUMNS = (
    Column("company", _("企业"), lambda b: by_language(b.company), sort="company__name"),
    Column(
        "area", _("所属区域"), lambda b: b.company.area and by_language(b.company.area),
        on_phone=False,
    ),
    Column("posts", _("岗位"), lambda b: b.post_count, sort="post_count", is_number=True),
    Column("people", _("人数"), lambda b: b.people or 0, sort="people", is_number=True),
    Column("stand", _("展位"), stand_cell, sort="stand__number"),
    Column("state", _("状态"), lambda b: state_tag(b.get_state_display(), b.state)),
    Column("arrived", _("到场签到"), lambda b: moment(b.checked_in_at) if b.checked_in_at else "—",
           on_phone=False),
)  # fmt: skip
