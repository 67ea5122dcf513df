"""Internships judged together: who else is there, how long it has been, which law holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chanjiao.engines.rules.answers import Answer, Severity, Span
from chanjiao.engines.rules.faults import CaseError, Fault
from chanjiao.engines.rules.internship.facts import INTERNSHIP, NO_POST, row_of
from chanjiao.engines.rules.internship.peaks import Stay, on_day, peaks
from chanjiao.engines.rules.internship.records import (
    CANCELLED,
    WORK_PLACEMENT,
    Placement,
    Register,
    Student,
    Unit,
)
from chanjiao.engines.rules.internship.rosters import EMPTY_CALENDAR, Calendar, Roster, Work
from chanjiao.engines.rules.judging import Judge, Judgement
from chanjiao.engines.rules.outcomes import Outcome
from chanjiao.engines.rules.packs import Pack

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal() - 1
Peak = tuple[Span | None, date | None]
_NO_PEAK: Peak = (None, None)


def judge_register(
    register: Register, judge: Judge, on: date, only: Iterable[str] | None = None
) -> list[Judgement]:
    """A judgement for every placement that is not cancelled, in the register's order.

    Each is judged by the law of the day nearest to ``on`` on which it runs: a planned placement by
    that of its first day, an ended one by that of its last. ``only`` limits what is judged, not
    who is counted. The whole costs n log n for n placements. Raises CaseError for a placement
    that ends before it starts.
    """
    _refuse_backward(register)
    unit_peaks, post_peaks = _peaks(register, _by_unit), _peaks(register, _by_post)
    days = _days_in_all(register)
    rows = _Rows(register, on)
    wanted = None if only is None else frozenset(only)
    cases = []
    for n, placement in enumerate(register.placements):
        if placement.status == CANCELLED or (wanted is not None and placement.id not in wanted):
            continue
        row = rows.row(placement, unit_peaks[n], post_peaks[n], days.get(placement.id))
        cases.append((placement.id, row, law_day(placement, on)))
    return judge.judge_all(cases)


def _refuse_backward(register: Register) -> None:
    faults = [
        Fault(f"{one.id}.end_on", f"早于开始日期 {one.start_on}。", f"is before {one.start_on}.")
        for one in register.placements
        if one.start_on and one.end_on and one.end_on < one.start_on
    ]
    if faults:
        raise CaseError(faults)


def judge_placement(
    placement: Placement,
    unit: Unit,
    student: Student,
    others: Iterable[Placement],
    pack: Pack,
    on: date,
    calendar: Calendar = EMPTY_CALENDAR,
) -> Judgement:
    """One placement among ``others``: all placements of all schools at the same unit."""
    rest = [one for one in others if one.id != placement.id]
    students = {one.student: Student(one.student) for one in rest} | {student.id: student}
    units = {one.unit: Unit(one.unit) for one in rest} | {unit.id: unit}
    register = Register(units, students, (placement, *rest), calendar)
    return judge_register(register, Judge(pack, INTERNSHIP), on, [placement.id])[0]


def law_day(placement: Placement, on: date) -> date:
    """The day nearest to ``on`` on which the placement runs."""
    if placement.start_on and on < placement.start_on:
        return placement.start_on
    if placement.end_on and on > placement.end_on:
        return placement.end_on
    return on


def interns_by_school(register: Register, unit: str, on: date) -> dict[str, int]:
    """School → interns at a unit on a day, so that a school sees why there is no place left."""
    return on_day(
        (
            (one.student, one.school, one.start_on, one.end_on)
            for one in register.placements
            if one.unit == unit and one.kind == WORK_PLACEMENT and one.status != CANCELLED
        ),
        on,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a judgement comes to: may the student start, and if not, what stands in the way."""

    state: str  # clear, needs_reason, incomplete, blocked
    blocking: tuple[Outcome, ...]
    unreasoned: tuple[Outcome, ...]
    unknown: tuple[Outcome, ...]


def standing(judgement: Judgement, placement: Placement) -> Standing:
    """``blocked`` if a 不得 is broken, ``incomplete`` if anything can't be judged or no rule was
    in force, ``needs_reason`` if a 原则上 is broken without a written reason, else ``clear``.
    """
    reasons = {one.rule for one in placement.reasons if one.reason.strip()}
    failed = [one for one in judgement.outcomes if one.answer is Answer.FAIL]
    blocking = tuple(one for one in failed if one.severity is Severity.BLOCK)
    unreasoned = tuple(
        one for one in failed if one.severity is not Severity.BLOCK and one.rule.id not in reasons
    )
    unknown = tuple(one for one in judgement.outcomes if one.answer is Answer.CANNOT_JUDGE)
    state = "clear"
    if blocking:
        state = "blocked"
    elif unknown or not judgement.outcomes:
        state = "incomplete"
    elif unreasoned:
        state = "needs_reason"
    return Standing(state, blocking, unreasoned, unknown)


def _by_unit(placement: Placement) -> Any:
    return placement.unit


def _by_post(placement: Placement) -> Any:
    return None if placement.post is None else (placement.unit, placement.post)


def _peaks(register: Register, group_of: Any) -> list[Peak]:
    """For each placement the most interns of its group on one of its days, and the first such day.

    Placements whose kind or dates are not known may or may not be there: they raise the upper end
    of the span alone.
    """
    groups: dict[Any, list[int]] = defaultdict(list)
    for n, placement in enumerate(register.placements):
        if placement.status != CANCELLED and group_of(placement) is not None:
            groups[group_of(placement)].append(n)
    found: list[Peak] = [_NO_PEAK] * len(register.placements)
    for members in groups.values():
        _peaks_of_group(register.placements, members, found)
    return found


def _peaks_of_group(
    placements: tuple[Placement, ...], members: list[int], found: list[Peak]
) -> None:
    sure: list[Stay] = []
    perhaps: list[Stay] = []
    asked: list[tuple[int, int, int]] = []
    for n in members:
        one = placements[n]
        first = one.start_on.toordinal() if one.start_on else _FIRST
        last = one.end_on.toordinal() if one.end_on else _LAST
        is_known = one.start_on is not None and one.end_on is not None
        if one.kind == WORK_PLACEMENT and is_known:
            sure.append((one.student, first, last))
        elif one.kind in (WORK_PLACEMENT, None):
            perhaps.append((one.student, first, last))
        if is_known:
            asked.append((n, first, last))
    windows = [(first, last) for _, first, last in asked]
    low, days = peaks(sure, windows)
    high = peaks(sure + perhaps, windows)[0] if perhaps else low
    for (n, first, last), least, most, day in zip(asked, low, high, days, strict=True):
        if first <= last:
            found[n] = Span(least, most), date.fromordinal(day)


def _days_in_all(register: Register) -> dict[str, int | None]:
    """Placement → days of all rows linked by a change of post, each day once."""
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.setdefault(one, one) != one:
            root[one] = one = root[root[one]]
        return one

    for placement in register.placements:
        if placement.follows and placement.status != CANCELLED:
            root[find(placement.id)] = find(placement.follows)
    chains: dict[str, list[Placement]] = defaultdict(list)
    for placement in register.placements:
        if placement.status != CANCELLED:
            chains[find(placement.id) if root else placement.id].append(placement)
    return {one.id: days for chain in chains.values() for days in [_union(chain)] for one in chain}


def _union(chain: list[Placement]) -> int | None:
    total, after = 0, _FIRST
    for one in sorted(chain, key=lambda one: one.start_on or date.min):
        if one.start_on is None or one.end_on is None:
            return None
        last = one.end_on.toordinal()
        total += max(0, last - max(one.start_on.toordinal(), after) + 1)
        after = max(after, last + 1)
    return total


class _Rows:
    """Rows of facts, with equal rosters over equal days made one object."""

    def __init__(self, register: Register, on: date) -> None:
        self._register, self._on = register, on
        self._works: dict[tuple[Roster, date, date], Work] = {}

    def row(self, placement: Placement, unit: Peak, post: Peak, days: int | None) -> list[Any]:
        end = placement.end_on
        found = {
            "judged_on": self._on,
            "counted_on": self._on if end is None else min(self._on, end),
            "unit_peak": unit[0],
            "unit_peak_on": unit[1],
            "post_peak": post[0],
            "post_peak_on": post[1],
            "work": self._work(placement),
            "calendar": self._register.calendar,
            "total_days": days,
        }
        where = self._register.units[placement.unit]
        which = where.posts.get(placement.post or "", NO_POST)
        return row_of(placement, where, self._register.students[placement.student], which, found)

    def _work(self, placement: Placement) -> Work | None:
        roster, start, end = placement.roster, placement.start_on, placement.end_on
        if roster is None or start is None or end is None:
            return None
        key = (roster, start, end)
        work = self._works.get(key)
        if work is None:
            work = self._works[key] = Work(roster, start, end)
        return work
