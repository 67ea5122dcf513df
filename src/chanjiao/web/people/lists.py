"""List pages of people and their rights."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.permissions import OBJECT_NAMES
from chanjiao.core.roles import Role
from chanjiao.organisations.services.invitations import state_of
from chanjiao.organisations.user_queries import (
    grants_visible_to,
    in_force,
    invitations_visible_to,
    tokens_visible_to,
)
from chanjiao.web.shared.listing import Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import moment, state_tag

HELD, ENDED = "held", "ended"


class GrantFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("姓名、邮箱或机构"), method="by_text")
    role = django_filters.ChoiceFilter(label=_("角色"), choices=Role, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[(HELD, _("在用")), (ENDED, _("已止"))],
        empty_label=_("全部"), method="by_state",
    )  # fmt: skip

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        return rows.filter(
            Q(user__name__icontains=text)
            | Q(user__email__icontains=text)
            | Q(organisation__name__icontains=text)
        )

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        held = in_force(rows)
        return held if value == HELD else rows.exclude(pk__in=held.values("pk"))


def grant_state(grant: Any) -> tuple[str, str]:
    """Words and colour for where a grant stands today."""
    today = clock.today()
    if not grant.user.is_active:
        return _now("账户停用"), "stopped"
    if grant.withdrawn_at is not None:
        return _now("已收回"), "withdrawn"
    if grant.ends_on and grant.ends_on < today:
        return _now("已到期"), "expired"
    if grant.starts_on > today:
        return _now("未开始"), "planned"
    return _now("在用"), "active"


USERS = Listing(
    title=_("用户与授权"),
    rows=lambda actor: grants_visible_to(actor).order_by("user__name", "user_id", "pk"),
    filters=GrantFilter,
    row_url=lambda grant: reverse("people:grant", args=[grant.pk]),
    empty=_("还没有用户。先邀请一位同事。"),
    template="people/users.html",
    columns=(
        Column("user", _("姓名"), lambda g: g.user.name, sort="user__name"),
        Column("email", _("电子邮箱"), lambda g: g.user.email, on_phone=False),
        Column("role", _("角色"), lambda g: g.get_role_display(), sort="role"),
        Column("organisation", _("机构"), lambda g: g.organisation.name, sort="organisation__name"),
        Column("admin", _("管理员"), lambda g: _now("是") if g.is_admin else "", on_phone=False),
        Column("from", _("起"), lambda g: g.starts_on, sort="starts_on", on_phone=False),
        Column("until", _("止"), lambda g: g.ends_on, sort="ends_on", on_phone=False),
        Column("state", _("状态"), lambda g: state_tag(*grant_state(g))),
    ),
)


class InvitationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("邮箱"), field_name="email", lookup_expr="icontains")
    role = django_filters.ChoiceFilter(label=_("角色"), choices=Role, empty_label=_("全部"))


def invitation_state(invitation: Any) -> tuple[str, str]:
    if invitation.accepted_at:
        return _now("已接受"), "accepted"
    if invitation.withdrawn_at:
        return _now("已撤回"), "withdrawn"
    return (_now("已过期"), "expired") if state_of(invitation) else (_now("待接受"), "waiting")


INVITATIONS = Listing(
    title=_("邀请"),
    rows=invitations_visible_to,
    filters=InvitationFilter,
    row_url=lambda invitation: reverse("people:invitation", args=[invitation.pk]),
    empty=_("还没有发出过邀请。"),
    template="people/invitations.html",
    columns=(
        Column("email", _("电子邮箱"), lambda i: i.email, sort="email"),
        Column("role", _("角色"), lambda i: i.get_role_display(), sort="role"),
        Column("organisation", _("机构"), lambda i: i.organisation.name, on_phone=False),
        Column("by", _("邀请人"), lambda i: i.created_by, on_phone=False),
        Column("until", _("有效至"), lambda i: moment(i.expires_at), sort="expires_at"),
        Column("state", _("状态"), lambda i: state_tag(*invitation_state(i))),
    ),
)


def scope_words(token: Any) -> str:
    """What a token may read, in the words of the matrix."""
    return "、".join(str(OBJECT_NAMES.get(thing, thing)) for thing in token.scope)


def token_state(token: Any) -> tuple[str, str]:
    if token.withdrawn_at:
        return _now("已停用"), "withdrawn"
    if token.expires_on < clock.today():
        return _now("已过期"), "expired"
    return _now("在用"), "active"


TOKENS = Listing(
    title=_("接口令牌"),
    rows=tokens_visible_to,
    row_url=lambda token: reverse("people:token", args=[token.pk]),
    empty=_("还没有接口令牌。需要让其他系统读取数据时再新建。"),
    template="people/tokens.html",
    columns=(
        Column("title", _("用途"), lambda t: t.title, sort="title"),
        Column("prefix", _("前缀"), lambda t: f"{t.prefix}…", on_phone=False),
        Column("scope", _("范围"), scope_words, on_phone=False),
        Column("owner", _("创建人"), lambda t: t.owner, on_phone=False),
        Column("until", _("有效至"), lambda t: t.expires_on, sort="expires_on"),
        Column("used", _("最近使用"), lambda t: moment(t.last_used_at), sort="last_used_at"),
        Column("state", _("状态"), lambda t: state_tag(*token_state(t))),
    ),
)
