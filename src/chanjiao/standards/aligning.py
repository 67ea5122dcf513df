"""The aligners of the running system: cached in the process, learning without a restart."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Q

from chanjiao.engines.taxonomy import Aligner, Memory, same_key
from chanjiao.engines.taxonomy.likeness import Likeness
from chanjiao.standards.codebook import code_list
from chanjiao.standards.models import Alignment
from chanjiao.standards.packaged import model, shop_words

NEAREST = 2000  # an organisation's latest decisions that count for words like them
_held: dict[str, tuple[Any, Aligner]] = {}
_near: dict[tuple[str, int], tuple[Any, Likeness]] = {}


def aligner_for(system: str) -> Aligner:
    """The aligner of a list, with what the office adopted for everybody as further wordings."""
    codes = code_list(system)
    adopted = Alignment.objects.filter(system=system, is_global=True, chosen__isnull=False)
    stamp = (id(codes), *adopted.aggregate(n=Count("pk"), at=Max("updated_at")).values())
    held = _held.get(system)
    if held is None or held[0] != stamp:
        learned = list(adopted.order_by("pk").values_list("raw", "chosen__code"))
        made = Aligner(codes, shop=shop_words(system), learned=learned, model=model(system))
        held = _held[system] = (stamp, made)
    return held[1]


def memory_for(
    system: str, organisation_ids: Iterable[int | None], texts: Iterable[str]
) -> Mapping[int | None, Memory]:
    """What was decided about these texts: each organisation's own, then everybody's.

    One query however many texts and organisations, and one more where only one organisation
    asks: then its decisions count for words like them too. "None fits" is remembered.
    """
    keys = {same_key(text) for text in texts}
    own: dict[int | None, dict[str, str]] = {one: {} for one in organisation_ids}
    rows = Alignment.objects.filter(
        Q(is_global=True) | Q(organisation_id__in=[one for one in own if one is not None]),
        system=system,
    ).select_related("chosen")
    if len(keys) <= 500:
        rows = rows.filter(normalised__in=keys)
    shared: dict[str, str] = {}
    for row in rows:
        code = row.chosen.code if row.chosen else ""
        if row.normalised not in keys:
            continue
        if row.is_global:
            shared[row.normalised] = code
        if row.organisation_id in own:
            own[row.organisation_id][row.normalised] = code
    near = _nearness(system, next(iter(own))) if len(own) == 1 else None
    return {one: Memory(held, shared, near) for one, held in own.items()}


def _nearness(system: str, organisation_id: int | None) -> Likeness | None:
    """One organisation's decisions, made ready once and again when there is a new one."""
    if organisation_id is None:
        return None
    rows = Alignment.objects.filter(
        system=system, organisation_id=organisation_id, chosen__isnull=False
    )
    aligner = aligner_for(system)
    stamp = (id(aligner), *rows.aggregate(n=Count("pk"), at=Max("updated_at")).values())
    if not stamp[1]:
        return None
    key = (system, organisation_id)
    held = _near.get(key)
    if held is None or held[0] != stamp:
        latest = rows.order_by("-updated_at").values_list("raw", "chosen__code")[:NEAREST]
        held = _near[key] = (stamp, aligner.nearness(list(latest)))
    return held[1]
