"""Two or three occupation codes for a company's own words, each with the reason to think so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from chanjiao.demand import wording
from chanjiao.standards.choices import AlignedBy, System
from chanjiao.standards.codebook import code_list
from chanjiao.standards.models import Alignment, Code

LEAF = 4
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    code: str
    name: str
    reason: str


def suggest(title: str, description: str = "", company_id: int | None = None) -> list[Suggestion]:
    """What the company or the region decided before, then what the list's own words offer."""
    found = [*_remembered(title, company_id), *_from_list(title)]
    best: dict[str, Suggestion] = {}
    for one in found:
        best.setdefault(one.code, one)
    return list(best.values())[:SUGGESTED]


def occupation_named(code: str) -> Code | None:
    """The current version of a code of the occupation list."""
    rows = Code.objects.filter(system=System.OCCUPATION, code=code)
    return rows.order_by("-valid_from").first()


def remembered(titles: Iterable[str], company_ids: Collection[int]) -> "Memory":
    """All decisions that may apply to these titles, in one query per few hundred titles."""
    keys = sorted({wording.key(title) for title in titles})
    rows: list[tuple[str, int | None, int]] = []
    for start in range(0, len(keys), 500):
        part = Alignment.objects.filter(
            system=System.OCCUPATION, normalised__in=keys[start : start + 500]
        ).exclude(chosen=None)
        rows += part.values_list("normalised", "organisation_id", "chosen_id")
    return Memory(rows, company_ids)


class Memory:
    """Decisions by wording: the organisation's own first, then what the region adopted."""

    def __init__(
        self, rows: Iterable[tuple[str, int | None, int]], company_ids: Collection[int]
    ) -> None:
        self._held: Mapping[tuple[str, int | None], int] = {
            (key, body): chosen for key, body, chosen in rows if body is None or body in company_ids
        }

    @property
    def occupation_ids(self) -> set[int]:
        return set(self._held.values())

    def occupation_id(self, title: str, company_id: int) -> int | None:
        key = wording.key(title)
        return self._held.get((key, company_id)) or self._held.get((key, None))


def _remembered(title: str, company_id: int | None) -> Iterable[Suggestion]:
    rows = Alignment.objects.filter(
        system=System.OCCUPATION, normalised=wording.key(title), organisation_id__in=[company_id]
    ) | Alignment.objects.filter(
        system=System.OCCUPATION, normalised=wording.key(title), organisation_id=None
    )
    for row in rows.exclude(chosen=None).exclude(by=AlignedBy.NONE).select_related("chosen"):
        reason = _("本企业上次选定") if row.organisation_id else _("本地区已采用")
        yield Suggestion(row.chosen.code, row.chosen.name, reason)


@lru_cache(maxsize=2048)
def _from_list(title: str) -> tuple[Suggestion, ...]:
    """The list searched with ever shorter ends of the title: its last characters name the trade."""
    found = code_list(System.OCCUPATION)
    text = wording.key(title)
    pieces = [text, *(text[n:] for n in range(1, max(1, len(text) - 1)))]
    pieces += [text[:n] for n in range(len(text) - 1, 1, -1)]
    best: list[Suggestion] = []
    for piece in pieces:
        for hit in found.search(piece, 6):
            if hit.item.level == LEAF:
                reason = _("名称含“%(word)s”：%(text)s") % {"word": piece, "text": hit.text}
                best.append(Suggestion(hit.item.code, hit.item.name, reason))
        if len({one.code for one in best}) >= SUGGESTED:
            break
    return tuple(best)
