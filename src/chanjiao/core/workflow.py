"""Workflow tables: one declaration drives buttons, API, tests and the printed diagram."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.calendar import add_working_days
from chanjiao.core.models import WorkflowStep
from chanjiao.core.refusals import Refused

Policy = Callable[[Actor, Any], bool]
Guard = Callable[[Any], str | None]
Effect = Callable[[Actor, Any, str], None]


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a workflow table.

    ``guard`` gives the reason why the record is not ready (None when it is); ``days`` is the
    deadline of the state reached, in working days; ``four_eyes`` refuses whoever submitted.
    """

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    policy: Policy
    guard: Guard | None = None
    needs_opinion: bool = False
    days: int | None = None
    four_eyes: bool = False
    is_submission: bool = False
    effect: Effect | None = None
    kind: str = "primary"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: a move this actor may make now, or the reason why not yet."""

    move: Move
    blocked: str | None = None


@dataclass(frozen=True)
class Workflow:
    """All moves of one kind of record; states are the values of the model's ``state``."""

    kind: str
    model: type[models.Model]
    initial: str
    moves: Sequence[Move]
    labels: dict[str, Any] = field(default_factory=dict)

    def move(self, name: str) -> Move:
        for row in self.moves:
            if row.name == name:
                return row
        raise LookupError(f"workflow {self.kind} has no move {name!r}")

    def offers(self, actor: Actor, thing: Any) -> list[Offer]:
        """Moves to show: those the policy allows from here, with a reason when blocked."""
        return [
            Offer(row, self._blocked(actor, thing, row))
            for row in self.moves
            if thing.state in row.sources and row.policy(actor, thing)
        ]

    @transaction.atomic
    def make(self, actor: Actor, pk: int, name: str, opinion: str = "") -> Any:
        """Make one move: lock, ask, log and audit together; refusals change nothing."""
        row = self.move(name)
        thing = self.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        if not row.policy(actor, thing):
            raise PermissionDenied
        if thing.state not in row.sources:
            raise Refused(
                _("当前状态为“%(state)s”，不能执行“%(move)s”。")
                % {"state": self.label(thing.state), "move": row.label},
                code="wrong_state",
            )
        opinion = opinion.strip()
        if row.needs_opinion and not opinion:
            raise Refused(_("请填写意见。"), code="opinion_missing", field="opinion")
        blocked = self._blocked(actor, thing, row)
        if blocked:
            raise Refused(blocked, code="blocked")
        before, thing.state = thing.state, row.target
        if row.effect:
            row.effect(actor, thing, opinion)
        thing.save()
        self._log(actor, thing, row, before, opinion)
        return thing

    def steps(self, pk: int) -> models.QuerySet[WorkflowStep]:
        return WorkflowStep.objects.filter(kind=self.kind, thing_id=pk).order_by("number")

    def due_on(self, pk: int) -> date | None:
        last = self.steps(pk).last()
        return last.due_on if last else None

    def label(self, state: str) -> str:
        return str(self.labels.get(state, state))

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, as docs and the operator's page print it."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for row in self.moves:
            lines += [f"    {source} --> {row.target}: {row.label}" for source in row.sources]
        lines += [f"    {state}: {label}" for state, label in self.labels.items()]
        return "\n".join(lines)

    def _blocked(self, actor: Actor, thing: Any, row: Move) -> str | None:
        if row.four_eyes and self._submitted_by(actor, thing):
            return _("提交人不能审核自己提交的内容，请由他人办理。")
        return row.guard(thing) if row.guard else None

    def _submitted_by(self, actor: Actor, thing: Any) -> bool:
        if actor.user_id is None:
            return False
        submissions = [row.name for row in self.moves if row.is_submission]
        last = self.steps(thing.pk).filter(move__in=submissions).last()
        submitter = last.user_id if last else getattr(thing, "created_by_id", None)
        return submitter == actor.user_id

    def _log(self, actor: Actor, thing: Any, row: Move, before: str, opinion: str) -> None:
        last = self.steps(thing.pk).last()
        WorkflowStep.objects.create(
            kind=self.kind,
            thing_id=thing.pk,
            number=last.number + 1 if last else 1,
            move=row.name,
            from_state=before,
            to_state=row.target,
            opinion=opinion,
            user_id=actor.user_id,
            user_name=actor.name,
            organisation_name=actor.organisation_name,
            at=clock.now(),
            due_on=add_working_days(clock.today(), row.days) if row.days else None,
        )
        audit.record(actor, f"{self.kind}.{row.name}", thing, before=before, after=row.target)
