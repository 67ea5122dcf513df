"""The aligners of the running system: cached in the process, learning without a restart."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Q

from chanjiao.engines.taxonomy import Aligner, Memory, same_key
from chanjiao.standards.codebook import code_list
from chanjiao.standards.models import Alignment
from chanjiao.standards.packaged import model, shop_words

_held: dict[str, tuple[Any, Aligner]] = {}


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

    One query however many texts and organisations; "none fits" is remembered too.
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
    return {one: Memory(held, shared) for one, held in own.items()}
