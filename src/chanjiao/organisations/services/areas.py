"""The tree of areas down to the grid, and who walks each grid."""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area
from chanjiao.organisations.policies import can_shape_areas
from chanjiao.organisations.queries import officers


@transaction.atomic
def create_area(
    actor: Actor, *, kind: str, code: str, name: str, name_en: str = "",
    parent_id: int | None = None,
) -> Area:  # fmt: skip
    """Add an area; its code must be new, because sheets name areas by code."""
    require(can_shape_areas(actor))
    code = code.strip()
    if "/" in code or not code:
        raise Refused(_("编码不能为空，也不能含“/”。"), code="bad_code", field="code")
    if Area.objects.filter(code=code).exists():
        raise Refused(
            _("编码 %(code)s 已被使用。") % {"code": code}, code="code_taken", field="code"
        )
    parent = Area.objects.get(pk=parent_id) if parent_id else None
    area = Area.objects.create(
        kind=AreaKind(kind), code=code, name=name.strip(), name_en=name_en.strip(), parent=parent,
        path=f"{parent.path}/{code}" if parent else code, created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "area.created", area, code=code)
    return area


@transaction.atomic
def edit_area(
    actor: Actor, area_id: int, *, kind: str, name: str, name_en: str = "",
    parent_id: int | None = None,
) -> Area:  # fmt: skip
    """Rename an area or hang it elsewhere; what lies below moves along."""
    require(can_shape_areas(actor))
    area = Area.objects.select_for_update(of=("self",)).get(pk=area_id)
    parent = Area.objects.get(pk=parent_id) if parent_id else None
    if parent is not None and _is_inside(parent.path, area.path):
        raise Refused(
            _("“%(parent)s”在“%(area)s”之内，不能作它的上级。")
            % {"parent": parent.name, "area": area.name},
            code="ring", field="parent",
        )  # fmt: skip
    before, area.path = area.path, f"{parent.path}/{area.code}" if parent else area.code
    area.kind, area.name, area.name_en, area.parent = AreaKind(kind), name, name_en, parent
    area.save()
    if area.path != before:
        Area.objects.filter(path__startswith=before + "/").update(
            path=Concat(Value(area.path), Substr("path", len(before) + 1))
        )
    audit.record(actor, "area.changed", area, before=before, after=area.path)
    return area


@transaction.atomic
def assign_officer(actor: Actor, area_id: int, user_id: int | None) -> Area:
    """Put an area in charge of one grid officer, who then reaches it; None leaves it without."""
    require(can_shape_areas(actor))
    area = Area.objects.select_for_update(of=("self",)).get(pk=area_id)
    if user_id is not None and not officers().filter(pk=user_id).exists():
        raise Refused(
            _("此人还不是网格员。请先在“用户与授权”里授予网格员角色。"),
            code="no_grid_officer", field="officer",
        )  # fmt: skip
    area.officer_id = user_id
    area.save()
    audit.record(actor, "area.officer_assigned", area, officer=user_id)
    return area


def _is_inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith(outer + "/")
