"""What an app owes the alignment queue for the records whose raw words wait for a code.

The queue (services and pages here) owns suggestions, memory, undo and audit; an app registers a
source in ``CHANJIAO_QUEUES`` and says which words wait and how a choice reaches its records.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from chanjiao.core.actor import Actor
from chanjiao.standards.models import Code


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One raw wording of one organisation, standing for ``count`` records.

    ``context`` helps a person decide (description, skills, chain); ``people`` orders the queue.
    """

    raw: str
    organisation_id: int
    organisation_name: str
    count: int
    people: int = 0
    context: str = ""


class QueueSource(ABC):
    """One kind of record that waits for codes; the instance is listed in ``CHANJIAO_QUEUES``."""

    name: ClassVar[str]
    label: ClassVar[Any]
    system: ClassVar[str]

    @abstractmethod
    def waiting(self, actor: Actor, limit: int) -> Sequence[WaitingLine]:
        """The first lines this actor may code, most people first, in a stable order."""

    @abstractmethod
    def total(self, actor: Actor) -> int:
        """How many lines wait for this actor."""

    @abstractmethod
    def choose(
        self, actor: Actor, raw: str, organisation_id: int | None, code: Code | None, by: str
    ) -> int:
        """Give the code (None: none fits) to all waiting records with these words; how many.

        Without an organisation: to those of every organisation. ``by`` is a value of
        ``AlignedBy``. Runs in the caller's transaction. Words are the same when their
        `chanjiao.engines.taxonomy.same_key` is.
        """

    @abstractmethod
    def reopen(self, actor: Actor, raw: str, organisation_id: int | None) -> int:
        """Let the records that got their code from these words wait again; how many."""


@cache
def sources() -> dict[str, QueueSource]:
    """All sources of this installation by name, in the order of the settings."""
    found = [import_string(path)() for path in settings.CHANJIAO_QUEUES]
    return {source.name: source for source in found}
