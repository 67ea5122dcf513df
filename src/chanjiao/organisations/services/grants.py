"""Giving a role, limiting it, and taking it back; no body is ever left without administrator."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.accounts.models import User
from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.organisations.granting import (
    APART,
    NEEDS_AREA,
    can_change,
    can_disable,
    can_grant,
    roles_of,
)
from chanjiao.organisations.models import ApiToken, Organisation, RoleGrant
from chanjiao.organisations.user_queries import administrators_of, in_force


@transaction.atomic
def grant(
    actor: Actor,
    user_id: int,
    organisation_id: int,
    role: str,
    *,
    is_admin: bool = False,
    area_id: int | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a user a role in a body from today on."""
    organisation = _locked(organisation_id)
    require(can_grant(actor, organisation_id, role))
    user = User.objects.select_for_update().get(pk=user_id)
    check_fits(organisation, user, role, area_id)
    if ends_on is not None and ends_on < clock.today():
        raise Refused(
            _("止日 %(day)s 已过，请选今天或以后的日期，或留空。") % {"day": ends_on},
            field="ends_on",
        )
    given = RoleGrant.objects.create(
        user=user, organisation=organisation, role=role, is_admin=is_admin,
        area_id=area_id, starts_on=clock.today(), ends_on=ends_on, created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(
        actor, "role_grant.given", given,
        role=role, is_admin=is_admin, ends_on=ends_on, organisation=organisation_id,
    )  # fmt: skip
    return given


def check_fits(
    organisation: Organisation, user: User | None, role: str, area_id: int | None
) -> None:
    """Refuse what would make no sense: a wrong kind of body, a second overseer's hat, a repeat."""
    if role not in roles_of(organisation.kind):
        raise Refused(
            _("“%(body)s”是%(kind)s，不能有“%(role)s”角色。")
            % {
                "body": organisation.name,
                "kind": organisation.get_kind_display(),
                "role": Role(role).label,
            },
            field="role",
        )
    if role in NEEDS_AREA and area_id is None:
        raise Refused(_("网格员须指定所辖区域。"), field="area")
    if user is None:
        return
    held = list(in_force(RoleGrant.objects.filter(user=user)))
    if any(g.role == role and g.organisation_id == organisation.pk for g in held):
        raise Refused(
            _("%(user)s 在“%(body)s”已有“%(role)s”角色。")
            % {"user": user, "body": organisation.name, "role": Role(role).label},
            code="granted_already",
            field="role",
        )
    clash = next((g for g in held if role in APART and g.role in APART - {role}), None)
    if clash is not None:
        raise Refused(
            _("%(user)s 已是“%(held)s”，不能再兼“%(role)s”：办公、审计、系统须分由三人担任。")
            % {"user": user, "held": clash.get_role_display(), "role": Role(role).label},
            code="kept_apart",
            field="role",
        )


@transaction.atomic
def change(
    actor: Actor, grant_id: int, *, is_admin: bool, ends_on: date | None, reason: str
) -> RoleGrant:
    """Make or unmake an administrator, or set the day a grant ends."""
    held = _locked_grant(grant_id)
    require(can_change(actor, held.organisation_id, held.role))
    if held.withdrawn_at is not None:
        raise Refused(_("这项授权已收回，不能再改；如需恢复请重新授权。"))
    if ends_on is not None and ends_on < clock.today():
        raise Refused(
            _("止日 %(day)s 已过；要立即停止请用“收回”。") % {"day": ends_on}, field="ends_on"
        )
    if not is_admin or ends_on is not None:
        _keep_an_administrator(held)
    before = {"is_admin": held.is_admin, "ends_on": held.ends_on}
    held.is_admin, held.ends_on = is_admin, ends_on
    held.save()
    audit.record(
        actor, "role_grant.changed", held,
        before=before, after={"is_admin": is_admin, "ends_on": ends_on}, reason=reason,
    )  # fmt: skip
    return held


@transaction.atomic
def withdraw(actor: Actor, grant_id: int, reason: str) -> RoleGrant:
    """End a grant at once, with its reason; the next request of that user already feels it."""
    held = _locked_grant(grant_id)
    require(can_change(actor, held.organisation_id, held.role))
    if held.withdrawn_at is not None:
        raise Refused(_("这项授权已于此前收回。"))
    if not reason.strip():
        raise Refused(_("请填写收回原因。"), field="reason")
    _keep_an_administrator(held)
    today = clock.today()
    before = {"is_admin": held.is_admin, "ends_on": held.ends_on}
    held.withdrawn_at, held.end_reason = clock.now(), reason.strip()[:200]
    held.ends_on = max(held.starts_on, min(held.ends_on or today, today))
    held.save()
    audit.record(
        actor, "role_grant.withdrawn", held,
        before=before, after={"ends_on": held.ends_on}, reason=held.end_reason,
    )  # fmt: skip
    return held


@transaction.atomic
def disable_account(actor: Actor, user_id: int, reason: str) -> User:
    """Close an account in all its bodies at once; its tokens die with it."""
    require(can_disable(actor))
    if user_id == actor.user_id:
        raise Refused(_("不能停用自己的账户，请由另一位管理员办理。"))
    if not reason.strip():
        raise Refused(_("请填写停用原因。"), field="reason")
    bodies = sorted(
        set(RoleGrant.objects.filter(user_id=user_id).values_list("organisation_id", flat=True))
    )
    for body in bodies:
        _locked(body)
    user = User.objects.select_for_update().get(pk=user_id)
    for held in in_force(RoleGrant.objects.filter(user=user)).select_related("organisation"):
        _keep_an_administrator(held, besides=user)
    user.is_active = False
    user.save()
    tokens = ApiToken.objects.filter(owner=user, withdrawn_at=None)
    withdrawn = tokens.update(withdrawn_at=clock.now())
    audit.record(actor, "user.disabled", user, reason=reason.strip()[:200], tokens=withdrawn)
    return user


@transaction.atomic
def enable_account(actor: Actor, user_id: int, reason: str) -> User:
    require(can_disable(actor))
    user = User.objects.select_for_update().get(pk=user_id)
    user.is_active = True
    user.save()
    audit.record(actor, "user.enabled", user, reason=reason.strip()[:200])
    return user


def _locked(organisation_id: int) -> Organisation:
    """The body's row is what every change of its administrators waits for."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def _locked_grant(grant_id: int) -> RoleGrant:
    body = RoleGrant.objects.values_list("organisation_id", flat=True).get(pk=grant_id)
    _locked(body)
    rows = RoleGrant.objects.select_related("user", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=grant_id)


def _keep_an_administrator(held: RoleGrant, besides: User | None = None) -> None:
    """Refuse to touch the last open-ended administrator of a body; its row is locked by now."""
    administrators = administrators_of(held.organisation_id)
    if not administrators.filter(pk=held.pk).exists():
        return
    others = administrators.exclude(pk=held.pk)
    if besides is not None:
        others = others.exclude(user=besides)
    if not others.exists():
        raise Refused(
            _("“%(body)s”只剩 %(user)s 一位管理员。请先让另一人成为长期管理员，再办理此事。")
            % {"body": held.organisation.name, "user": held.user},
            code="last_administrator",
        )
