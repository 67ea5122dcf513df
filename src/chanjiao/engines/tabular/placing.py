"""Puts problems in their place: row, column letter, heading, value, and the sentence for it."""

from chanjiao.engines.tabular.cells import column_letter
from chanjiao.engines.tabular.cleaning import clean, masked
from chanjiao.engines.tabular.model import Fault, Match, Problem, Reading, Unmatched

LONGEST_VALUE = 200


class Placer:
    """Collects faults and warnings of a reading: all are counted, the first ``most`` are kept."""

    def __init__(self, reading: Reading, most: int) -> None:
        self.reading = reading
        self.most = most

    def file(self, problem: Problem, column: str | None = None) -> None:
        """Record a problem of the file as a whole."""
        self.add(problem, Fault(None, column, None, None, None, problem.code, *texts(problem)))

    def heading(self, row: int | None, one: Match, problem: Problem) -> None:
        self.put(problem, row, one.column, one.letter, one.heading, None)

    def leftover(self, row: int | None, one: Unmatched, problem: Problem) -> None:
        self.put(problem, row, None, one.letter, one.heading, None)

    def row(self, number: int, index: int, problem: Problem) -> None:
        self.put(problem, number, None, column_letter(index), None, None)

    def cell(self, number: int, one: Match | None, problem: Problem, value: str | None) -> None:
        """Record a problem of one value; of a personal one only a masked trace is kept."""
        if self.full(problem):
            return
        column = self.reading.sheet.by_name.get(one.column if one else problem.column)
        heading = one.heading if one else column.zh if column else None
        if value is not None and column is not None and column.personal and value.strip():
            problem = without_value(problem, value)
            value = masked(clean(value))
        name = column.name if column else problem.column or None
        self.put(problem, number, name, one.letter if one else None, heading, value)

    def put(
        self,
        problem: Problem,
        row: int | None,
        column: str | None,
        letter: str | None,
        heading: str | None,
        value: str | None,
    ) -> None:
        if self.full(problem):
            return
        named = " ".join(heading.split()) if heading else None
        known = self.reading.sheet.by_name.get(column or "")
        zh_name = f"「{named}」" if named else f" {letter} 列" if letter else ""
        en_name = known.en if known else named
        en_place = f"“{en_name}”" if en_name else f"column {letter}" if letter else ""
        zh, en, remedy_zh, remedy_en = texts(problem)
        zh = f"第 {row} 行{zh_name}：{zh}"
        en = f"Row {row}{', ' if en_place else ''}{en_place}: {en}"
        kept = value[:LONGEST_VALUE] if value is not None else None
        self.add(
            problem,
            Fault(row, column, letter, named, kept, problem.code, zh, en, remedy_zh, remedy_en),
        )

    def full(self, problem: Problem) -> bool:
        """Count without keeping once the list is long enough."""
        reading = self.reading
        kept = reading.warnings if problem.warning else reading.faults
        if len(kept) < self.most:
            return False
        counts = reading.warning_counts if problem.warning else reading.fault_counts
        counts[problem.code] += 1
        return True

    def add(self, problem: Problem, fault: Fault) -> None:
        reading = self.reading
        kept = reading.warnings if problem.warning else reading.faults
        counts = reading.warning_counts if problem.warning else reading.fault_counts
        counts[problem.code] += 1
        kept.append(fault)


def texts(problem: Problem) -> tuple[str, str, str, str]:
    return problem.zh, problem.en, problem.remedy_zh, problem.remedy_en


def without_value(problem: Problem, value: str) -> Problem:
    """Mask a personal value where the sentences quote it."""
    text = clean(value)
    shorn = [part.replace(text, masked(text)) if len(text) > 1 else part for part in texts(problem)]
    zh, en, remedy_zh, remedy_en = shorn
    return Problem(
        problem.column,
        problem.code,
        zh,
        en,
        remedy_zh,
        remedy_en,
        problem.warning,
    )
