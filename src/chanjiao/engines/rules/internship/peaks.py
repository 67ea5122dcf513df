"""The day with most interns: all schools together, each student once, in whole numbers."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
Stay = tuple[str, int, int]  # student, first and last day (ordinals), both included


def peaks(stays: Iterable[Stay], windows: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """For each window of days (both included) the most students on one of them, and the first
    such day.

    A student with several stays that touch or overlap is one student. One pass over sorted days
    and a table of maxima: n log n for n stays, whatever the windows.

    >>> peaks([("a", 1, 5), ("b", 5, 9), ("b", 9, 9), ("c", 20, 20)], [(1, 9), (6, 30), (10, 19)])
    ([2, 1, 0], [5, 6, 10])
    """
    merged = _merged(stays)
    if not merged:
        return [0] * len(windows), [first for first, _ in windows]
    bounds = np.array(merged, dtype=np.int64)
    days, place = np.unique(np.concatenate([bounds[:, 0], bounds[:, 1] + 1]), return_inverse=True)
    changes = np.where(np.arange(len(place)) < len(bounds), 1, -1)
    counts = np.cumsum(np.bincount(place, weights=changes, minlength=len(days)).astype(np.int64))
    days = np.concatenate([[np.iinfo(np.int64).min], days])
    counts = np.concatenate([[0], counts])
    return _highest(days, counts, np.array(windows, dtype=np.int64).reshape(-1, 2))


def _merged(stays: Iterable[Stay]) -> list[tuple[int, int]]:
    """Stays of each student joined where they share a day."""
    merged: list[tuple[int, int]] = []
    who, begins, until = "", 0, -1
    for student, first, last in sorted(stays):
        if last < first:
            continue
        if student == who and first <= until:
            until = max(until, last)
            continue
        if until >= begins:
            merged.append((begins, until))
        who, begins, until = student, first, last
    if until >= begins:
        merged.append((begins, until))
    return merged


def _highest(days: Days, counts: Days, windows: Days) -> tuple[list[int], list[int]]:
    """Range maxima by a sparse table; a key holds the count and, for ties, the earlier step."""
    steps = len(days)
    table = [counts * steps + (steps - 1 - np.arange(steps))]
    while (width := 1 << len(table)) <= steps:
        half = width >> 1
        table.append(np.maximum(table[-1][:-half], table[-1][half:]))
    first = np.searchsorted(days, windows[:, 0], side="right") - 1
    last = np.searchsorted(days, windows[:, 1], side="right") - 1
    level = np.frexp((last - first + 1).astype(np.float64))[1] - 1
    found = np.empty(len(windows), dtype=np.int64)
    for n in np.unique(level):
        mine = level == n
        row = table[n]
        found[mine] = np.maximum(row[first[mine]], row[last[mine] - (1 << n) + 1])
    count, behind = np.divmod(found, steps)
    day = np.maximum(days[steps - 1 - behind], windows[:, 0])
    return count.tolist(), day.tolist()


def on_day(
    stays: Iterable[tuple[str, str | None, date | None, date | None]], day: date
) -> dict[str, int]:
    """School → students there on a day, from (student, school, first, last); a student of two
    schools counts for each.

    >>> d = date(2026, 3, 2)
    >>> on_day([("a", "甲校", d, d), ("a", "甲校", d, d), ("b", "乙校", d, d)], d)
    {'乙校': 1, '甲校': 1}
    """
    there = {
        (school or "?", student)
        for student, school, first, last in stays
        if first and last and first <= day <= last
    }
    schools = sorted(school for school, _ in there)
    return {school: schools.count(school) for school in dict.fromkeys(schools)}
