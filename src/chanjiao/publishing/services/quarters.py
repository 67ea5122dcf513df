"""Closing a quarter: six steps in one order, each refused with its reason until it is ready."""

import re
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.core.workflow import Move, Workflow
from chanjiao.demand.models import JobDemand
from chanjiao.publishing import previews
from chanjiao.publishing.choices import PublicationState, QuarterState
from chanjiao.publishing.editions import number_of
from chanjiao.publishing.models import Publication, Quarter, Version
from chanjiao.publishing.policies import can_close, can_publish
from chanjiao.publishing.queries import edition_of
from chanjiao.publishing.readiness import reminding_missing, review_missing
from chanjiao.publishing.services.freezing import prepare, store
from chanjiao.publishing.services.telling import tell_members
from chanjiao.publishing.snapshot import differences
from chanjiao.publishing.studies import study_missing

S = QuarterState
_NUMBER = re.compile(r"(?:XQ)?0*(\d{1,12})", re.IGNORECASE)
LAST_DAYS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


def _withdrawn(quarter: Quarter) -> str | None:
    if Publication.objects.filter(quarter=quarter, state=PublicationState.WITHDRAWN).exists():
        return _("该清单已撤回，不能再更正。")
    return None


def _forget_snapshot(actor: Actor, quarter: Quarter, opinion: str) -> None:
    """The snapshot itself stays on record; the quarter only stops pointing at it."""
    quarter.snapshot = None
    todos.done(about_of(quarter))


def _note_correction(actor: Actor, quarter: Quarter, opinion: str) -> None:
    """Back to the check, on the ground that was frozen: reminding and computing are not undone."""
    quarter.snapshot = None
    quarter.correction = opinion[:500]


WORKFLOW = Workflow(
    "quarter",
    Quarter,
    S.COLLECTING,
    (
        Move("remind", gettext_lazy("完成催报"), (S.COLLECTING,), S.REMINDED, can_close,
             guard=reminding_missing),
        Move("review", gettext_lazy("完成对齐"), (S.REMINDED,), S.REVIEWED, can_close,
             guard=review_missing),
        Move("compute", gettext_lazy("确认测算"), (S.REVIEWED,), S.COMPUTED, can_close,
             guard=study_missing),
        Move("check", gettext_lazy("核对通过"), (S.COMPUTED,), S.CHECKED, can_close,
             guard=previews.check_missing, needs_opinion=True),
        Move("freeze", gettext_lazy("冻结清单"), (S.CHECKED,), S.FROZEN, can_close,
             guard=previews.check_missing, is_submission=True, days=3),
        Move("publish", gettext_lazy("审签并发布"), (S.FROZEN,), S.PUBLISHED, can_publish,
             four_eyes=True, kind="success"),
        Move("send_back", gettext_lazy("退回重来"), (S.REMINDED, S.REVIEWED, S.COMPUTED, S.CHECKED,
             S.FROZEN), S.COLLECTING, can_close, needs_opinion=True, effect=_forget_snapshot,
             kind="secondary"),
        Move("correct", gettext_lazy("更正"), (S.PUBLISHED,), S.COMPUTED, can_close,
             guard=_withdrawn, needs_opinion=True, effect=_note_correction, kind="secondary"),
    ),
    labels=dict(S.choices),
)  # fmt: skip

# Moves that are more than a change of state have a service of their own.
PLAIN_MOVES = frozenset({"remind", "review", "compute", "check", "send_back"})


def about_of(quarter: Quarter) -> str:
    return f"publishing.quarter:{quarter.pk}"


@transaction.atomic
def open_quarter(actor: Actor, year: int, number: int) -> Quarter:
    """Begin to close a quarter; its figures are of its last day, or of today while it runs."""
    require(can_close(actor))
    if number not in LAST_DAYS:
        raise Refused(
            _("季度 %(n)s 须为 1 至 4。") % {"n": number}, code="no_such_quarter", field="number"
        )
    if Quarter.objects.filter(year=year, number=number).exists():
        raise Refused(
            _("%(year)s 年第 %(n)s 季度已建立。") % {"year": year, "n": number},
            code="quarter_exists", field="number",
        )  # fmt: skip
    quarter = Quarter.objects.create(
        year=year,
        number=number,
        as_of=min(date(year, *LAST_DAYS[number]), clock.today()),
        created_by_id=actor.user_id,
    )
    audit.record(actor, "quarter.opened", quarter)
    return quarter


def make(actor: Actor, quarter_id: int, move: str, opinion: str = "") -> Quarter:
    """One of the plain steps; freezing and publishing have their own acts."""
    if move not in PLAIN_MOVES:
        raise LookupError(f"{move!r} is no plain step of closing a quarter")
    return WORKFLOW.make(actor, quarter_id, move, opinion)


def freeze(actor: Actor, quarter_id: int, opinion: str = "") -> Quarter:
    """Make the snapshot and all its files; whoever does this does not publish it."""
    quarter = Quarter.objects.get(pk=quarter_id)
    require(can_close(actor, quarter))
    if quarter.state != S.CHECKED:
        # The table words the refusal; it never gets as far as making files.
        return WORKFLOW.make(actor, quarter_id, "freeze", opinion)
    draft = prepare(quarter)
    with transaction.atomic():
        quarter = WORKFLOW.make(actor, quarter_id, "freeze", opinion)
        quarter.snapshot = store(actor, quarter, draft)
        quarter.save()
        audit.record(actor, "snapshot.frozen", quarter.snapshot, seal=quarter.snapshot.seal)
        _ask_for_signature(actor, quarter)
    return quarter


@transaction.atomic
def correct(actor: Actor, quarter_id: int, reason: str, positions: str = "") -> Quarter:
    """Begin a new version: the frozen lines, with the named positions read anew.

    ``positions`` are numbers as the pages show them (XQ0000123), parted by spaces or commas.
    """
    quarter = Quarter.objects.get(pk=quarter_id)
    require(can_close(actor, quarter))
    named = _named_positions(quarter, positions)
    quarter = WORKFLOW.make(actor, quarter_id, "correct", reason)
    quarter.corrected = named
    quarter.save()
    audit.record(actor, "quarter.correcting", quarter, positions=named)
    return quarter


def _named_positions(quarter: Quarter, text: str) -> list[int]:
    words = [word for word in re.split(r"[\s,，、;；]+", text) if word]
    odd = [word for word in words if not _NUMBER.fullmatch(word)]
    if odd:
        raise Refused(
            _("“%(word)s”不是岗位编号；请填 XQ0000123 这样的编号。") % {"word": odd[0]},
            code="no_number", field="positions",
        )  # fmt: skip
    numbers = sorted({int(_NUMBER.fullmatch(word)[1]) for word in words})
    known = set(
        JobDemand.objects.filter(pk__in=numbers, year=quarter.year).values_list("pk", flat=True)
    )
    if missing := [number for number in numbers if number not in known]:
        raise Refused(
            _("%(year)s 年没有编号为 XQ%(number)07d 的岗位。")
            % {"year": quarter.year, "number": missing[0]},
            code="no_such_position", field="positions",
        )  # fmt: skip
    return numbers


@transaction.atomic
def publish(actor: Actor, quarter_id: int, opinion: str = "") -> Version:
    """Make the frozen list public as the next version of its number, and tell the members."""
    quarter = WORKFLOW.make(actor, quarter_id, "publish", opinion)
    if quarter.snapshot is None:
        raise Refused(_("没有冻结的快照，不能发布。"), code="no_snapshot")
    edition = edition_of(quarter.snapshot)
    publication, _is_new = Publication.objects.get_or_create(
        quarter=quarter,
        defaults={
            "number": number_of(quarter),
            "title": edition.data["title"]["zh"],
            "title_en": edition.data["title"]["en"],
            "created_by_id": actor.user_id,
        },
    )
    before = publication.versions.order_by("-number").first()
    changed = differences(edition_of(before.snapshot).data, edition.data) if before else []
    version = Version.objects.create(
        publication=publication,
        number=edition.data["version"],
        snapshot=quarter.snapshot,
        correction=quarter.correction if before else "",
        changed_rows=len(changed),
        published_at=clock.now(),
        published_by_id=actor.user_id,
    )
    todos.done(about_of(quarter))
    audit.record(actor, "publication.published", version, seal=quarter.snapshot.seal)
    tell_members(version)
    return version


def _ask_for_signature(actor: Actor, quarter: Quarter) -> None:
    if actor.organisation_id is None:
        return
    todos.ask(
        actor.organisation_id,
        f"审签 {number_of(quarter)}（须由冻结人以外的人办理）",
        title_en=f"Approve {number_of(quarter)} (by somebody other than who froze it)",
        url=f"/publishing/quarters/{quarter.pk}/",
        about=about_of(quarter),
        role=Role.OFFICE,
        due_on=WORKFLOW.due_on(quarter.pk),
    )
