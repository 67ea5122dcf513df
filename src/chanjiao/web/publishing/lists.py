"""The list of publications as the office sees it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.publishing.queries import publications_visible_to
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment, number, state_tag


def _version(publication: Any) -> Any:
    return publication.versions.all()[0]


PUBLICATIONS = Listing(
    title=_("季度清单"),
    rows=publications_visible_to,
    row_url=lambda p: reverse("publishing:detail", args=[p.number]),
    template="publishing/list.html",
    empty=_("还没有发布过清单。先建立一个季度，按步骤关闭它。"),
    columns=(
        Column("title", _("标题"), lambda p: by_language(p, "title"), sort="number"),
        Column("number", _("发布编号"), lambda p: p.number, on_phone=False),
        Column("version", _("版次"), lambda p: f"v{_version(p).number}"),
        Column(
            "headcount", _("需求人数"), lambda p: number(_version(p).snapshot.headcount),
            is_number=True,
        ),
        Column(
            "companies", _("企业数"), lambda p: number(_version(p).snapshot.companies),
            is_number=True, on_phone=False,
        ),
        Column(
            "published", _("发布时间"), lambda p: moment(_version(p).published_at), on_phone=False
        ),
        Column("state", _("状态"), lambda p: state_tag(p.get_state_display(), p.state)),
    ),
)  # fmt: skip
