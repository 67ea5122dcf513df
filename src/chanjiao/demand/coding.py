"""Occupation codes for a company's own words: suggested with reasons, or remembered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from chanjiao.demand.choices import Coding
from chanjiao.engines.taxonomy import Memory
from chanjiao.standards.aligning import aligner_for, memory_for
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import ids_of
from chanjiao.standards.models import Code

SUGGESTED = 3
NOTHING = Memory()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may fit, and one sentence why."""

    code: str
    name: str
    reason: str


def suggest(title: str, company_id: int | None = None) -> list[Suggestion]:
    """Two or three codes; what the company or the region decided before stands first."""
    memory = memory_for(System.OCCUPATION, [company_id], [title])[company_id]
    found = aligner_for(System.OCCUPATION).align(title, SUGGESTED, memory=memory)
    is_english = (get_language() or "").startswith("en")
    return [
        Suggestion(
            one.code,
            one.name,
            next((r.en if is_english else r.zh for r in one.reasons), ""),
        )
        for one in found
    ]


def occupation_named(code: str) -> Code | None:
    """The current version of a code of the occupation list."""
    rows = Code.objects.filter(system=System.OCCUPATION, code=code)
    return rows.order_by("-valid_from").first()


class Remembered:
    """What was decided about many titles of many companies, looked up in one query."""

    def __init__(self, titles: Iterable[str], company_ids: Collection[int]) -> None:
        self._memories = memory_for(System.OCCUPATION, company_ids, titles)
        held = [code for m in self._memories.values() for code in (*m.own.values(),)]
        shared = next(iter(self._memories.values()), NOTHING).shared.values()
        self.ids = ids_of(System.OCCUPATION, {code for code in (*held, *shared) if code})

    def about(self, title: str, company_id: int) -> tuple[int | None, str]:
        """The occupation and how it came; a title nobody has decided waits."""
        found = self._memories.get(company_id, NOTHING).get(title)
        if found is None:
            return None, Coding.WAITING
        occupation = self.ids.get(found[0])
        return occupation, Coding.MEMORY if occupation else Coding.NONE
