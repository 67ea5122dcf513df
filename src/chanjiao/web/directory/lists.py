"""List pages of the directory: what each shows, sorts and filters by."""

from dataclasses import replace
from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from chanjiao.core.roles import Action
from chanjiao.organisations.queries import members_visible_to, organisations_visible_to
from chanjiao.organisations.register_queries import (
    changes_visible_to,
    merges_visible_to,
    pairs_visible_to,
)
from chanjiao.web.directory.filters import (
    ChangeFilter,
    MemberFilter,
    OrganisationFilter,
    PairFilter,
)
from chanjiao.web.directory.wording import value_of_change
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment, state_tag

C, U = Action.CREATE, Action.UPDATE
# Colours of pairs: an open question waits, it is not an open door.
PAIR_KINDS = {"open": "asked", "different": "valid", "merged": "archived"}
ORGANISATIONS_CRUMB = (_("机构"), reverse_lazy("directory:organisations"))


def organisation_url(organisation: Any) -> str:
    return reverse("directory:organisation", args=[organisation.pk])


def _change(change: Any) -> Any:
    before, after = (value_of_change(change.kind, v) for v in (change.before, change.after))
    return format_html("{} → {}", before, after)


ORGANISATIONS = Listing(
    title=_("机构"),
    rows=organisations_visible_to,
    filters=OrganisationFilter,
    row_url=organisation_url,
    sheet="companies",
    empty=_("还没有登记机构。可从表格导入，或逐个登记。"),
    buttons=(
        Button(
            _("登记新机构"), reverse_lazy("directory:record"), "plus", "organisation", C,
            is_primary=True,
        ),
        Button(
            _("疑似重复"), reverse_lazy("directory:duplicates"), "copy", "organisation", C
        ),
        Button(_("变更记录"), reverse_lazy("directory:changes"), "history", "organisation"),
    ),
    columns=(
        Column("name", _("名称"), by_language, sort="name"),
        Column("kind", _("类别"), lambda o: o.get_kind_display(), sort="kind"),
        Column(
            "credit_code", _("统一社会信用代码"), lambda o: o.credit_code, sort="credit_code",
            on_phone=False,
        ),
        Column("industry", _("行业"), lambda o: o.industry and o.industry.name, on_phone=False),
        Column(
            "area", _("所属区域"), lambda o: o.area and by_language(o.area), sort="area__path",
            on_phone=False,
        ),
        Column(
            "verified", _("核验状态"), lambda o: o.get_verified_display(), sort="verified",
            on_phone=False,
        ),
        Column("status", _("状态"), lambda o: state_tag(o.get_status_display(), o.status)),
    ),
)  # fmt: skip

MEMBERS = Listing(
    title=_("联合体成员"),
    rows=members_visible_to,
    filters=MemberFilter,
    row_url=lambda m: reverse("directory:member", args=[m.pk]),
    empty=_("还没有成员。可提交入会申请，或由办公室登记。"),
    buttons=(
        Button(
            _("申请加入"), reverse_lazy("directory:apply"), "user-plus", "membership", C,
            is_primary=True,
        ),
        Button(_("联合体"), reverse_lazy("directory:consortia"), "affiliate", "membership"),
    ),
    columns=(
        Column("name", _("名称"), lambda m: by_language(m.organisation), sort="organisation__name"),
        Column("kind", _("类别"), lambda m: m.organisation.get_kind_display(), on_phone=False),
        Column("seat", _("席位"), lambda m: m.get_seat_display(), sort="seat"),
        Column("joined", _("加入日期"), lambda m: m.joined_on, sort="joined_on", on_phone=False),
        Column("state", _("状态"), lambda m: state_tag(m.get_state_display(), m.state)),
    ),
)  # fmt: skip

DUPLICATES = Listing(
    title=_("疑似重复"),
    rows=pairs_visible_to,
    filters=PairFilter,
    row_url=lambda pair: reverse("directory:duplicate", args=[pair.pk]),
    crumbs=[ORGANISATIONS_CRUMB],
    template="directory/duplicates.html",
    empty=_("没有待核对的疑似重复。导入或登记机构时会自动查找，也可以全部重查一遍。"),
    buttons=(Button(_("合并记录"), reverse_lazy("directory:merges"), "history"),),
    columns=(
        Column("first", _("机构甲"), lambda p: p.first.name, sort="first__name"),
        Column("second", _("机构乙"), lambda p: p.second.name, sort="second__name"),
        Column("reason", _("依据"), lambda p: p.get_reason_display(), sort="reason"),
        Column("score", _("相似度"), lambda p: p.score, sort="score", is_number=True),
        Column("state", _("状态"), lambda p: state_tag(p.get_state_display(), PAIR_KINDS[p.state])),
        Column(
            "by", _("处理人"), lambda p: p.decided_by_name or None, sort="decided_at",
            on_phone=False,
        ),
    ),
)  # fmt: skip

MERGES = Listing(
    title=_("合并记录"),
    rows=merges_visible_to,
    crumbs=[ORGANISATIONS_CRUMB, (_("疑似重复"), reverse_lazy("directory:duplicates"))],
    row_url=lambda merge: reverse("directory:merge", args=[merge.pk]),
    empty=_("还没有合并过机构。"),
    columns=(
        Column("gone", _("并入的记录"), lambda m: m.gone.name, sort="gone__name"),
        Column("kept", _("保留的机构"), lambda m: m.kept.name, sort="kept__name"),
        Column("by", _("处理人"), lambda m: m.created_by, on_phone=False),
        Column("at", _("时间"), lambda m: moment(m.created_at), sort="created_at"),
        Column(
            "undone", _("状态"),
            lambda m: state_tag(_("已撤销"), "withdrawn") if m.undone_at
            else state_tag(_("有效"), "valid"),
        ),
    ),
)  # fmt: skip

CHANGES = Listing(
    title=_("变更记录"),
    rows=changes_visible_to,
    filters=ChangeFilter,
    row_url=lambda change: organisation_url(change.organisation),
    crumbs=[ORGANISATIONS_CRUMB],
    template="directory/changes.html",
    empty=_("还没有变更。改名、停业、注销、个转企和区域调整都会记在这里。"),
    columns=(
        Column("name", _("机构"), lambda c: c.organisation.name, sort="organisation__name"),
        Column("kind", _("变更事项"), lambda c: c.get_kind_display(), sort="kind"),
        Column("what", _("内容"), _change),
        Column("on", _("变更日期"), lambda c: c.on, sort="on"),
        Column("reason", _("原因"), lambda c: c.reason or None, on_phone=False),
    ),
)

# Why the office noted a change is between it and the body; that it changed is for all to see.
CHANGES_IN_PUBLIC = replace(CHANGES, columns=CHANGES.columns[:-1])
