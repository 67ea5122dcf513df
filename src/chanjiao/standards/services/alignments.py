"""Raw words to codes: what imports ask in bulk, and what people decide in the queue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.taxonomy import Memory, Suggestion, same_key
from chanjiao.standards.aligning import aligner_for, memory_for
from chanjiao.standards.choices import AlignedBy
from chanjiao.standards.models import Alignment, Code
from chanjiao.standards.policies import can_adopt_for_all, can_align
from chanjiao.standards.queue import QueueSource, WaitingLine, sources

TOP = 5
SETTLED_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about one raw text: a code with how it came, or suggestions to choose from.

    ``by`` is empty while a person has to decide; `AlignedBy.NONE` was decided and has no code.
    """

    code: str
    by: str
    suggestions: tuple[Suggestion, ...]

    @property
    def is_settled(self) -> bool:
        return bool(self.by)


def codes_for(
    organisation_id: int | None, system: str, texts: Iterable[str], *, top: int = TOP
) -> dict[str, Answer]:
    """For each raw text the remembered code, a sure machine code, or suggestions.

    Built for imports: thousands of texts cost two queries, and nothing is written.
    """
    wanted = list(dict.fromkeys(texts))
    memory = memory_for(system, [organisation_id], wanted)[organisation_id]
    found = aligner_for(system).align_many(wanted, top, memory=memory)
    rule = _rule()
    return {
        text: _answer(text, suggestions, memory, rule)
        for text, suggestions in zip(wanted, found, strict=True)
    }


def suggestions_for(system: str, lines: Sequence[WaitingLine]) -> list[list[Suggestion]]:
    """Suggestions for lines of several organisations, each with its own memory."""
    aligner = aligner_for(system)
    memories: dict[int | None, Memory] = {}
    for one in {line.organisation_id for line in lines}:
        texts = [line.raw for line in lines if line.organisation_id == one]
        memories.update(memory_for(system, [one], texts))
    return [aligner.align(line.raw, TOP, memory=memories[line.organisation_id]) for line in lines]


@transaction.atomic
def remember(
    actor: Actor,
    system: str,
    raw: str,
    organisation_id: int | None,
    code: Code | None,
    *,
    candidates: Sequence[Mapping[str, Any]] = (),
    for_all: bool = False,
) -> Alignment:
    """Keep what a person decided a wording means, so that it is never asked again."""
    require(can_align(actor, organisation_id) and (not for_all or can_adopt_for_all(actor)))
    if code is not None and code.system != system:
        raise Refused(_("代码 %(code)s 不属于该目录。") % {"code": code.code}, field="code")
    same = {"system": system, "normalised": same_key(raw)[:200]}
    where = {"is_global": True} if for_all else {"organisation_id": organisation_id}
    held, _created = Alignment.objects.update_or_create(
        **same,
        **where,
        defaults={
            "raw": raw[:200],
            "organisation_id": None if for_all else organisation_id,
            "candidates": list(candidates),
            "chosen": code,
            "by": AlignedBy.PERSON if code else AlignedBy.NONE,
            "created_by_id": actor.user_id,
        },
    )
    audit.record(
        actor, "alignment.chosen", held,
        system=system, code=code.code if code else "", for_all=for_all,
    )  # fmt: skip
    return held


@transaction.atomic
def choose(
    actor: Actor, source: QueueSource, raw: str, organisation_id: int, code: str, *,
    for_all: bool = False,
) -> tuple[Alignment, int]:  # fmt: skip
    """Decide one line of the queue; an empty ``code`` says that none fits.

    Returns the memory and how many records got the answer.
    """
    chosen = _current_code(source.system, code) if code else None
    candidates = [
        {"code": each.code, "score": round(each.score, 4), "method": each.method}
        for each in aligner_for(source.system).align(raw)
    ]
    held = remember(
        actor, source.system, raw, organisation_id, chosen, candidates=candidates, for_all=for_all
    )
    by = AlignedBy.PERSON if chosen else AlignedBy.NONE
    count = source.choose(actor, raw, None if for_all else organisation_id, chosen, by)
    return held, count


@transaction.atomic
def take_back(actor: Actor, alignment_id: int) -> tuple[Alignment, int]:
    """Undo a decision: the memory goes, and the records that got it wait again."""
    held = Alignment.objects.select_for_update(of=("self",)).filter(pk=alignment_id).first()
    if held is None:
        raise Refused(_("这条对齐记录已不存在，无需撤销。"))
    require(can_adopt_for_all(actor) if held.is_global else can_align(actor, held.organisation_id))
    touched = [source for source in sources().values() if source.system == held.system]
    count = sum(source.reopen(actor, held.raw, held.organisation_id) for source in touched)
    audit.record(actor, "alignment.taken_back", held, records=count)
    held.delete()
    return held, count


def settle_remembered() -> int:
    """Answer waiting lines that memory knows; a round of the worker calls this."""
    return sum(_settle(source) for source in sources().values())


@transaction.atomic
def _settle(source: QueueSource) -> int:
    lines = source.waiting(SYSTEM, SETTLED_AT_ONCE)
    memories = memory_for(
        source.system, {line.organisation_id for line in lines}, [line.raw for line in lines]
    )
    known = [
        (line, held[0])
        for line in lines
        if (held := memories[line.organisation_id].get(line.raw)) is not None
    ]
    rows = Code.objects.filter(system=source.system, code__in={code for _line, code in known})
    codes = {row.code: row for row in rows.order_by("valid_from")}
    done = 0
    for line, code in known:
        by = AlignedBy.MEMORY if code else AlignedBy.NONE
        done += source.choose(SYSTEM, line.raw, line.organisation_id, codes.get(code), by)
    if done:
        audit.record(SYSTEM, "alignment.settled", source=source.name, records=done)
    return done


def _current_code(system: str, code: str) -> Code:
    row = Code.objects.filter(system=system, code=code).order_by("-valid_from").first()
    if row is None:
        raise Refused(_("目录中没有代码 %(code)s。") % {"code": code}, field="code")
    return row


def _rule() -> tuple[float, float]:
    """From which score, and with which lead, the machine decides by itself."""
    try:
        least = parameter("alignment_automatic_from").value
        return float(least), float(parameter("alignment_margin").value)
    except LookupError:
        return 2.0, 0.0  # no rule, no automatic code


def _answer(
    text: str, suggestions: Sequence[Suggestion], memory: Memory, rule: tuple[float, float]
) -> Answer:
    held = memory.get(text)
    if held is not None:
        by = AlignedBy.MEMORY if held[0] else AlignedBy.NONE
        return Answer(held[0], by, tuple(suggestions))
    first = suggestions[0] if suggestions else None
    second = suggestions[1].score if len(suggestions) > 1 else 0.0
    if first and first.score >= rule[0] and first.score - second >= rule[1]:
        return Answer(first.code, AlignedBy.MACHINE, tuple(suggestions))
    return Answer("", "", tuple(suggestions))
