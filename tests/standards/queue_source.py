"""A queue over a table in memory, for testing the queue itself."""

from collections.abc import Sequence

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.engines.taxonomy import same_key
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.standards.queue import QueueSource, WaitingLine

LINES: list[dict] = []


def wait(raw: str, organisation_id: int, people: int = 1, context: str = "") -> None:
    LINES.append(
        {"raw": raw, "org": organisation_id, "people": people, "context": context,
         "code": None, "by": ""}
    )  # fmt: skip


class ListSource(QueueSource):
    name = "lines"
    label = "测试岗位"
    system = System.OCCUPATION

    def _open(self, actor: Actor) -> list[dict]:
        return [
            line for line in LINES
            if not line["by"] and actor.may_here("alignment", Action.UPDATE, line["org"])
        ]  # fmt: skip

    def waiting(self, actor: Actor, limit: int) -> Sequence[WaitingLine]:
        groups: dict[tuple[str, int], list[dict]] = {}
        for line in self._open(actor):
            groups.setdefault((same_key(line["raw"]), line["org"]), []).append(line)
        found = [
            WaitingLine(
                some[0]["raw"], org, f"企业 {org}", len(some),
                sum(one["people"] for one in some), some[0]["context"],
            )
            for (_key, org), some in groups.items()
        ]  # fmt: skip
        return sorted(found, key=lambda line: (-line.people, line.raw))[:limit]

    def total(self, actor: Actor) -> int:
        return len(self.waiting(actor, 10**6))

    def choose(
        self, actor: Actor, raw: str, organisation_id: int | None, code: Code | None, by: str
    ) -> int:
        found = self._same(raw, organisation_id, is_open=True)
        for line in found:
            line["code"], line["by"] = code and code.code, by
        return len(found)

    def reopen(self, actor: Actor, raw: str, organisation_id: int | None) -> int:
        found = self._same(raw, organisation_id, is_open=False)
        for line in found:
            line["code"], line["by"] = None, ""
        return len(found)

    def _same(self, raw: str, organisation_id: int | None, *, is_open: bool) -> list[dict]:
        return [
            line for line in LINES
            if same_key(line["raw"]) == same_key(raw) and bool(line["by"]) != is_open
            and organisation_id in (None, line["org"])
        ]  # fmt: skip
