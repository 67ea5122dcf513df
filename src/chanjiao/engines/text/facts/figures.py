"""Every quantity of a text with what it counts, whose it is, when, and whether it is so."""

from collections.abc import Iterator

from chanjiao.engines.text.facts.amounts import amounts
from chanjiao.engines.text.facts.context import Context
from chanjiao.engines.text.facts.indicators import Indicators
from chanjiao.engines.text.facts.model import Figure
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.quantity import Amount
from chanjiao.engines.text.facts.tables import Cell, cells


def figures(read: Context) -> Iterator[Figure]:
    """Figures in order of the text, those of tables first."""
    names = Places((m.start, m.end) for m in read.mentions)
    proper = Places((m.start, m.end) for m in read.mentions if not m.is_reference)
    indicators = Indicators(read.text, read.words, names, read.sentences.clause)
    rows = list(cells(read.text, read.published_on))
    yield from (_told_in_table(read, cell) for cell in rows)
    tabled = Places((cell.row_start, cell.row_end) for cell in rows)
    quantities = [a for a in amounts(read.text, proper) if tabled.end_at(a.core) is None]
    for index, amount in enumerate(quantities):
        earlier = quantities[index - 1] if index else None
        later = quantities[index + 1] if index + 1 < len(quantities) else None
        start, end = _quote(read, amount)
        yield Figure(
            read.article,
            read.bearers.of(amount.core, amount.end),
            indicators.of(amount, earlier, later),
            amount.value,
            amount.unit,
            amount.qualifier,
            read.standing.at(amount.core),
            read.timing.at(amount.start),
            read.text[start:end],
            start,
            end,
            amount.upper,
            (amount.start, amount.end),
        )


def _told_in_table(read: Context, cell: Cell) -> Figure:
    """A number of a table: the row is its quote, the body the page is about has it."""
    return Figure(
        read.article,
        read.bearers.main,
        cell.label,
        cell.value,
        cell.unit,
        "exact",
        "actual",
        cell.period,
        read.text[cell.row_start : cell.row_end],
        cell.row_start,
        cell.row_end,
        None,
        (cell.start, cell.end),
    )


def _quote(read: Context, amount: Amount) -> tuple[int, int]:
    """The clause around the number without its closing mark and blanks."""
    start, end = read.sentences.clause(amount.core)
    start, end = min(start, amount.start), max(end, amount.end)
    while start < amount.start and read.text[start] in " \t\u3000“”":
        start += 1
    while end > amount.end and read.text[end - 1] in " \t\u3000\n，。；：！？,;:!?":
        end -= 1
    return start, end
