"""What the sheets of classes and of yearly figures share: their rows hang below an offering."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import Key, Values
from chanjiao.engines.tabular import Problem
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.sheets.majors import OfferingIndex, major_checker
from chanjiao.supply.sheets.schools import BATCH, SchoolSheet

OFFERING_KEY = ("school", "code", "direction", "level")


class BeneathOfferingSheet(SchoolSheet):
    """The first four parts of a key name the offering; level and direction may be left out."""

    @abstractmethod
    def stored(self, actor: Actor) -> Any:
        """The rows that the actor may see, of offerings that are not revoked."""

    @abstractmethod
    def key_of(self, row: Any) -> Key:
        """The sheet's key of a stored row."""

    @abstractmethod
    def values_of(self, row: Any) -> Values:
        """A stored row in the sheet's own values."""

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        return {"code": major_checker()}

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        rows = super().completed(actor, rows)
        index = OfferingIndex(self.schools(actor, rows).values())
        return [index.filled(row) for row in rows]

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        rows = self.stored(actor).filter(offering__school__name__in={key[0] for key in keys})
        return {self.key_of(r): self.values_of(r) for r in rows.iterator(chunk_size=BATCH)}

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        schools = self.schools(actor, rows)
        index = OfferingIndex(schools.values())
        known = [n for n, row in enumerate(rows) if row.get("school") in schools]
        return [
            *self.school_problems(rows, schools),
            *self.repeated(rows),
            *((n, one) for n in known if (one := index.problem(rows[n]))),
        ]

    def present(self, actor: Actor, schools: Mapping[str, int]) -> dict[Key, Any]:
        rows = self.stored(actor).filter(offering__school__in=schools.values())
        return {self.key_of(row): row for row in rows}


def offering_key(row: Any) -> Key:
    """The part of a key that names the offering of a stored row."""
    offering = row.offering
    return (offering.school.name, offering.code, offering.direction, offering.level)


def offering_values(row: Any) -> Values:
    school, code, direction, level = offering_key(row)
    return {"school": school, "code": code, "direction": direction or None, "level": level}


def offering_named(index: OfferingIndex, key: Key) -> MajorOffering:
    """The offering of a row about to be written; it may have gone since the preview."""
    found = index.find(dict(zip(OFFERING_KEY, key, strict=False)))
    if found is None:
        raise Refused(_("专业 %(code)s 已不在本校开设。") % {"code": key[1]})
    return found
