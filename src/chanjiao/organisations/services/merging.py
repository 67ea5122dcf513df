"""Two records of one body become one, with everything that hung on the other; and back again."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.namesake import folded_name
from chanjiao.organisations.choices import NameKind, PairState, Status
from chanjiao.organisations.models import DuplicatePair, Merge, Organisation, OrganisationName
from chanjiao.organisations.namesakes import clear_if_decided
from chanjiao.organisations.policies import can_merge
from chanjiao.organisations.relations import Relation, relation_named, relations
from chanjiao.organisations.services.duplicates import decide

# What the kept card takes over where it has nothing itself.
FILLED = (
    "name_en", "scale", "ownership", "industry_id", "area_id", "region_code", "address", "website",
    "contact_name", "contact_phone", "contact_email", "note",
)  # fmt: skip
CODE = ("credit_code", "credit_code_reason", "credit_code_evidence_id")


@transaction.atomic
def merge(actor: Actor, kept_id: int, gone_id: int) -> Merge:
    """Take ``gone`` into ``kept``: names stay findable, rows of every app change hands.

    Rows that the kept body has already (the same year, the same seat) stay with the old record.
    """
    require(can_merge(actor))
    kept, gone = _both(kept_id, gone_id)
    _refuse_unlike(actor, kept, gone)
    done = Merge(kept=kept, gone=gone, status_before=gone.status, created_by_id=actor.user_id)
    gone.status, gone.merged_into = Status.MERGED, kept
    gone.save()
    done.filled = _fill(kept, gone)
    kept.save()
    done.names = _keep_names(kept, gone)
    done.moved, done.stayed = _move_all(kept, gone)
    done.save()
    _close_pairs(actor, kept, gone)
    clear_if_decided()
    audit.record(
        actor, "organisation.merged", kept, gone=gone.pk, gone_name=gone.name,
        gone_code=gone.credit_code or "", moved={n: len(rows) for n, rows in done.moved.items()},
    )  # fmt: skip
    return done


@transaction.atomic
def undo(actor: Actor, merge_id: int) -> Merge:
    """Part the two again: what moved goes back, unless it has been moved on since."""
    require(can_merge(actor))
    done = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    if done.undone_at is not None:
        raise Refused(_("这次合并已经撤销。"), code="already_undone")
    kept, gone = _both(done.kept_id, done.gone_id)
    if gone.merged_into_id != kept.pk or kept.merged_into_id is not None:
        raise Refused(
            _("“%(name)s”此后又被合并，请先撤销后一次合并。") % {"name": kept.name}, code="moved_on"
        )
    for name, rows in done.moved.items():
        relation = relation_named(name)
        relation.rows_of(kept.pk).filter(pk__in=rows).update(**{relation.field: gone.pk})
    OrganisationName.objects.filter(pk__in=done.names, organisation=kept).delete()
    for field, value in done.filled.items():
        if getattr(kept, field) == value:
            setattr(kept, field, None if field.endswith("_id") or field == "credit_code" else "")
    kept.save()
    gone.status, gone.merged_into = Status(done.status_before), None
    gone.save()
    done.undone_at = clock.now()
    done.save()
    pairs = DuplicatePair.objects.filter(_of_pair(kept, gone))
    for pair in pairs:
        decide(actor, pair, PairState.OPEN, "")
    audit.record(actor, "organisation.merge_undone", kept, gone=gone.pk, gone_name=gone.name)
    return done


def _both(one_id: int, other_id: int) -> tuple[Organisation, Organisation]:
    """Both rows locked in the order of their keys, so that two merges cannot block each other."""
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[one_id, other_id])}
    return found[one_id], found[other_id]


def _refuse_unlike(actor: Actor, kept: Organisation, gone: Organisation) -> None:
    if kept.pk == gone.pk:
        raise Refused(_("请选择两条不同的记录。"), code="same_record")
    for body in (kept, gone):
        if body.merged_into_id is not None:
            raise Refused(_("“%(name)s”已经并入别的机构。") % {"name": body.name}, code="merged")
    if kept.kind != gone.kind:
        raise Refused(
            _("“%(one)s”是%(a)s，“%(other)s”是%(b)s；类别不同的不能合并，请先更正类别。")
            % {
                "one": kept.name, "a": kept.get_kind_display(),
                "other": gone.name, "b": gone.get_kind_display(),
            },
            code="kinds_differ",
        )  # fmt: skip
    if gone.pk == actor.organisation_id:
        raise Refused(_("不能把自己所在的机构并入别的机构。"), code="own_body")


def _fill(kept: Organisation, gone: Organisation) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    fields = FILLED if kept.credit_code or not gone.credit_code else (*CODE, *FILLED)
    for field in fields:
        value = getattr(gone, field)
        if value not in (None, "") and getattr(kept, field) in (None, ""):
            setattr(kept, field, value)
            filled[field] = value
    return filled


def _keep_names(kept: Organisation, gone: Organisation) -> list[int]:
    """The other's name becomes an alias, unless it is the kept one's own name or alias."""
    known = {kept.name_key, *kept.names.values_list("name_key", flat=True)}
    key = folded_name(gone.name)
    if key in known:
        return []
    alias = OrganisationName.objects.create(
        organisation=kept, name=gone.name, name_key=key, kind=NameKind.MERGED
    )
    return [alias.pk]


def _move_all(
    kept: Organisation, gone: Organisation
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    moved, stayed = {}, {}
    for relation in relations():
        went, kept_back = _move(relation, kept, gone)
        if went:
            moved[relation.name] = went
        if kept_back:
            stayed[relation.name] = kept_back
    return moved, stayed


def _move(
    relation: Relation, kept: Organisation, gone: Organisation
) -> tuple[list[int], list[int]]:
    """All rows at once; where the database objects, row by row, and those it refuses stay."""
    rows = relation.rows_of(gone.pk)
    if relation.model is Organisation:
        rows = rows.exclude(pk=gone.pk)
    pks = list(rows.values_list("pk", flat=True))
    if not pks:
        return [], []
    if _try(relation, relation.model._base_manager.filter(pk__in=pks), kept):
        return pks, []
    went = [pk for pk in pks if _try(relation, relation.model._base_manager.filter(pk=pk), kept)]
    return went, [pk for pk in pks if pk not in set(went)]


def _try(relation: Relation, rows: models.QuerySet[models.Model], kept: Organisation) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{relation.field: kept.pk})
    except IntegrityError:
        return False
    return True


def _close_pairs(actor: Actor, kept: Organisation, gone: Organisation) -> None:
    """The pair itself is decided; other pairs of the gone body have lost their subject."""
    pair, _is_new = DuplicatePair.objects.get_or_create(
        first_id=min(kept.pk, gone.pk), second_id=max(kept.pk, gone.pk),
        defaults={"reason": "name", "score": 100},
    )  # fmt: skip
    decide(actor, pair, PairState.MERGED, "")
    others = DuplicatePair.objects.filter(Q(first=gone) | Q(second=gone), state=PairState.OPEN)
    others.update(
        state=PairState.MERGED, decided_at=clock.now(), decided_by_name=actor.name,
        note=_("其中一方已并入别的机构"),
    )  # fmt: skip


def _of_pair(kept: Organisation, gone: Organisation) -> Q:
    return Q(first_id=min(kept.pk, gone.pk), second_id=max(kept.pk, gone.pk))
