"""List pages of the directory: what each shows, sorts and filters by."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.organisations.queries import members_visible_to, organisations_visible_to
from chanjiao.web.directory.filters import MemberFilter, OrganisationFilter
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, state_tag


def _organisation_url(organisation: Any) -> str:
    return reverse("directory:organisation", args=[organisation.pk])


ORGANISATIONS = Listing(
    title=_("机构"),
    rows=organisations_visible_to,
    filters=OrganisationFilter,
    row_url=_organisation_url,
    empty=_("还没有登记机构。可从表格导入，或逐个新建。"),
    columns=(
        Column("name", _("名称"), by_language, sort="name"),
        Column("kind", _("类别"), lambda o: o.get_kind_display(), sort="kind"),
        Column("credit_code", _("统一社会信用代码"), lambda o: o.credit_code, on_phone=False),
        Column("industry", _("行业"), lambda o: o.industry and o.industry.name, on_phone=False),
        Column("area", _("所属区域"), lambda o: o.area and by_language(o.area), on_phone=False),
        Column("status", _("状态"), lambda o: state_tag(o.get_status_display(), o.status)),
    ),
)

MEMBERS = Listing(
    title=_("联合体成员"),
    rows=members_visible_to,
    filters=MemberFilter,
    row_url=lambda m: _organisation_url(m.organisation),
    empty=_("还没有成员。"),
    columns=(
        Column("name", _("名称"), lambda m: by_language(m.organisation), sort="organisation__name"),
        Column("seat", _("席位"), lambda m: m.get_seat_display(), sort="seat"),
        Column("joined", _("加入日期"), lambda m: m.joined_on, sort="joined_on"),
        Column("state", _("状态"), lambda m: state_tag(m.get_state_display(), m.state)),
    ),
)
