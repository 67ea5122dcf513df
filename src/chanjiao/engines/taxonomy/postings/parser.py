"""From a raw posting to fields: each with value, code, quoted words, method and confidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final

from chanjiao.engines.taxonomy.aligner import NOTHING, Memory
from chanjiao.engines.taxonomy.postings.alignments import Alignments, trade_of
from chanjiao.engines.taxonomy.postings.certificates import CertificateReader
from chanjiao.engines.taxonomy.postings.education import read_education
from chanjiao.engines.taxonomy.postings.experience import read_experience
from chanjiao.engines.taxonomy.postings.findings import Findings, candidates_of
from chanjiao.engines.taxonomy.postings.gazetteer import prefix
from chanjiao.engines.taxonomy.postings.hazards import HazardReader
from chanjiao.engines.taxonomy.postings.headcount import read_headcount
from chanjiao.engines.taxonomy.postings.hours import read_hours
from chanjiao.engines.taxonomy.postings.majors import MajorReader
from chanjiao.engines.taxonomy.postings.model import (
    SEVERAL,
    SINGLE,
    Found,
    Reading,
    Threshold,
    Told,
)
from chanjiao.engines.taxonomy.postings.places import PlaceReader
from chanjiao.engines.taxonomy.postings.posting import Cell, Posting, posting_of
from chanjiao.engines.taxonomy.postings.skills import SkillReader
from chanjiao.engines.taxonomy.postings.titles import read_title
from chanjiao.engines.taxonomy.postings.wage import PayRules, read_wage

type Raw = str | Mapping[str, object]

BATCH: Final = 512
LEAST_HEADCOUNT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Tools:
    """The readers that need tables, and the aligners; made once, used for all postings."""

    places: PlaceReader
    majors: MajorReader
    skills: SkillReader
    certificates: CertificateReader
    hazards: HazardReader
    occupations: Alignments
    industries: Alignments
    major_codes: Alignments
    pay: PayRules


class Parser:
    """Reads postings; what is less sure than ``threshold`` is marked for the queue.

    ``threshold`` is one number from 0 to 1, or one for each field's name with ``*`` for the rest.
    A posting of which nothing can be told gives empty fields; no text raises.
    """

    def __init__(self, tools: Tools, *, threshold: Threshold) -> None:
        self.tools = tools
        self._findings = Findings(threshold)

    def parse(self, raw: Raw, *, memory: Memory = NOTHING) -> Reading:
        """The fields of one posting: a text, or cells by their headings."""
        return next(self.parse_many([raw], memory=memory))

    def parse_many(self, raws: Iterable[Raw], *, memory: Memory = NOTHING) -> Iterator[Reading]:
        """`parse` for many; their titles are aligned some hundreds at a time."""
        for batch in batched(raws, BATCH):
            postings = [posting_of(raw) for raw in batch]
            titles = [self._title(posting) for posting in postings]
            self.tools.occupations.learn([title.quote for title in titles if title])
            for posting, title in zip(postings, titles, strict=True):
                yield self._reading(posting, title, memory)

    def _reading(self, posting: Posting, title: Found | None, memory: Memory) -> Reading:
        reading = Reading(title=title, ignored=list(posting.ignored), is_cut=posting.is_cut)
        reading.wage = self._single(posting, "wage", self._wage)
        reading.education = self._single(posting, "education", _education)
        reading.experience = self._single(posting, "experience", _experience)
        reading.headcount = self._single(posting, "headcount", _headcount)
        reading.hours = self._single(posting, "hours", _hours)
        reading.places = self._places(posting, title)
        reading.majors = self._majors(posting)
        reading.skills = self._skills(posting, title)
        reading.certificates = self._certificates(posting, title)
        reading.hazards = self._hazards(posting, reading.hours)
        if title is not None:
            found = self.tools.occupations.suggest(title.quote, memory)
            reading.occupation = self._findings.aligned("occupation", title, found)
        reading.industry = self._industry(posting)
        reading.queue = _queue(reading)
        return reading

    def _single(
        self, posting: Posting, field: str, read: Callable[[Cell, bool], list[Told]]
    ) -> Found | None:
        """The field's own columns first, then free text."""
        for cell in posting.of(field):
            told = read(cell, True)
            if told:
                return self._findings.best(field, cell, told)
        for cell in posting.free:
            told = read(cell, False)
            if told:
                return self._findings.best(field, cell, told)
        return None

    def _title(self, posting: Posting) -> Found | None:
        for cell in posting.of("title"):
            end = len(cell.text.rstrip())
            told = Told(None, "", end - len(cell.text.strip()), end, "column", 0.99)
            return self._findings.one("title", cell, told)
        for cell in posting.of("text"):
            first = read_title(cell.folded)
            if first:
                return self._findings.one("title", cell, first)
        return None

    def _wage(self, cell: Cell, is_column: bool) -> list[Told]:
        return read_wage(cell.folded, self.tools.pay, is_column=is_column)

    def _places(self, posting: Posting, title: Found | None) -> list[Found]:
        """The place's own columns, else free text, else what the company's name begins with."""
        reader = self.tools.places
        found = self._place_cells(posting.of("place"))
        for role in ("text", "title"):
            for cell in posting.of(role) if not found else ():
                told = reader.text(cell.folded, _within(title, cell))
                found = found or self._findings.each("places", cell, told)
        for cell in posting.of("company") if not found else ():
            found = found or self._findings.each("places", cell, reader.company(cell.folded))
        return found

    def _place_cells(self, cells: Sequence[Cell]) -> list[Found]:
        found: list[Found] = []
        context = ""
        for cell in cells:
            told = self.tools.places.column(cell.folded, context)
            if told and context and told[0].code.startswith(prefix(context)):
                found = []  # a column for the city, and one for the district within
            found += self._findings.each("places", cell, told)
            context = told[0].code if len(told) == 1 else context
        return found

    def _majors(self, posting: Posting) -> list[Found]:
        found: list[Found] = []
        for cell in posting.of("majors"):
            told, is_any = self.tools.majors.column(cell.folded)
            if is_any:
                return []
            found += self._coded(cell, told)
        if found:
            return found
        held: dict[str, Found] = {}
        for role in ("text", "title"):
            for cell in posting.of(role):
                for one in self._coded(cell, self.tools.majors.text(cell.folded)[0]):
                    held.setdefault(one.value.words, one)
        return list(held.values())

    def _coded(self, cell: Cell, told: list[Told]) -> list[Found]:
        """Majors with their codes; a name that no list knows gets the likeliest as candidates."""
        found = []
        for one in told:
            made = self._findings.one("majors", cell, one)
            if one.method == "unknown" and made.is_queued:
                made.candidates = candidates_of(self.tools.major_codes.suggest(made.quote))
            found.append(made)
        return found

    def _skills(self, posting: Posting, title: Found | None) -> list[Found]:
        found: dict[str, Found] = {}
        for cell in _cells(posting, "skills", "certificates", "text"):
            is_column = cell.role == "skills"
            where = _within(title, cell)
            for told in self.tools.skills.read(cell.folded, where, is_column=is_column):
                found.setdefault(told.value.name, self._findings.one("skills", cell, told))
        return list(found.values())

    def _certificates(self, posting: Posting, title: Found | None) -> list[Found]:
        found: dict[str, Found] = {}
        for cell in _cells(posting, "certificates", "skills", "text", "title"):
            for told in self.tools.certificates.read(cell.folded, _within(title, cell)):
                key = told.code or told.value.name
                found.setdefault(key, self._findings.one("certificates", cell, told))
        return list(found.values())

    def _hazards(self, posting: Posting, hours: Found | None) -> list[Found]:
        """What the text tells, and the nights of the turn that was read."""
        found: dict[str, Found] = {}
        span = hours.span if hours else None
        for cell in _cells(posting, "text", "hours", "title"):
            is_here = span is not None and span.column == cell.column
            turn = (hours.value.shift, (span.start, span.end)) if hours and span and is_here else ()
            for told in self.tools.hazards.read(cell.folded, *turn):
                found.setdefault(told.code, self._findings.one("hazards", cell, told))
        return list(found.values())

    def _industry(self, posting: Posting) -> Found | None:
        """By the industry's column, else by the trade in the company's name."""
        for cell in posting.of("industry"):
            told = Told(None, "", 0, len(cell.text), "column", 1)
            return self._trade(cell, told, cell.text)
        for cell in _cells(posting, "company", "text"):
            trade = trade_of(cell.text, cell.folded)
            if trade:
                words, start, end = trade
                return self._trade(cell, Told(None, "", start, end, "words", 1), words)
        return None

    def _trade(self, cell: Cell, told: Told, words: str) -> Found | None:
        about = self._findings.one("industry", cell, told)
        return self._findings.aligned("industry", about, self.tools.industries.suggest(words))


def _cells(posting: Posting, *roles: str) -> Iterator[Cell]:
    for role in roles:
        yield from posting.of(role)


def _education(cell: Cell, is_column: bool) -> list[Told]:
    return read_education(cell.folded, is_column=is_column)


def _experience(cell: Cell, is_column: bool) -> list[Told]:
    return read_experience(cell.folded, is_column=is_column)


def _headcount(cell: Cell, is_column: bool) -> list[Told]:
    told = read_headcount(cell.folded, is_column=is_column)
    return [one for one in told if one.confidence >= LEAST_HEADCOUNT]


def _hours(cell: Cell, is_column: bool) -> list[Told]:
    told = read_hours(cell.folded)
    return [told] if told else []


def _within(title: Found | None, cell: Cell) -> tuple[int, int] | None:
    """The range of the post's name where it stands in this cell."""
    if title is None or title.span is None or title.span.column != cell.column:
        return None
    return title.span.start, title.span.end


def _queue(reading: Reading) -> list[str]:
    """The fields that a person must look at; a post without an occupation is one of them."""
    queue = [name for name in SINGLE if (one := getattr(reading, name)) and one.is_queued]
    if reading.occupation is None:
        queue.append("occupation")
    return queue + [n for n in SEVERAL if any(one.is_queued for one in getattr(reading, n))]
