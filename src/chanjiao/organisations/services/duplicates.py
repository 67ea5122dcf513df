"""Deciding about bodies that may be one: other bodies after all, or look again."""

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.choices import PairState
from chanjiao.organisations.models import DuplicatePair
from chanjiao.organisations.namesakes import clear_if_decided, note_pairs
from chanjiao.organisations.policies import can_merge


@transaction.atomic
def not_the_same(actor: Actor, pair_id: int, note: str = "") -> DuplicatePair:
    """Remember that these are two bodies; the pair is not put forward again."""
    require(can_merge(actor))
    pair = _locked(pair_id)
    if pair.state == PairState.MERGED:
        raise Refused(_("这两条记录已经合并。"), code="already_merged")
    decide(actor, pair, PairState.DIFFERENT, note)
    audit.record(actor, "duplicate.not_the_same", pair, note=note)
    return pair


@transaction.atomic
def look_again(actor: Actor, pair_id: int) -> DuplicatePair:
    """Take back that two bodies are not the same."""
    require(can_merge(actor))
    pair = _locked(pair_id)
    if pair.state != PairState.DIFFERENT:
        raise Refused(_("只有判为“不是同一家”的才能重新核对。"), code="wrong_state")
    decide(actor, pair, PairState.OPEN, "")
    audit.record(actor, "duplicate.reopened", pair)
    return pair


@transaction.atomic
def search_register(actor: Actor) -> int:
    """Go through the whole register once more; returns how many pairs are new."""
    require(can_merge(actor))
    found = note_pairs()
    audit.record(actor, "duplicate.searched", found=found)
    return found


def decide(actor: Actor, pair: DuplicatePair, state: str, note: str) -> None:
    pair.state, pair.note = PairState(state), note.strip()[:200]
    pair.decided_at = None if state == PairState.OPEN else clock.now()
    pair.decided_by_name = "" if state == PairState.OPEN else actor.name
    pair.save()
    clear_if_decided()


def _locked(pair_id: int) -> DuplicatePair:
    return DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair_id)
