"""Who did what together: agreements, joint institutions, plaques, memberships, order classes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chanjiao.engines.text.facts.candidates import Bearer
from chanjiao.engines.text.facts.context import Context
from chanjiao.engines.text.facts.model import Predicate, Relation, Status
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.references import HEADS
from chanjiao.engines.text.facts.sentences import Span
from chanjiao.engines.text.facts.targets import INNER, Target, Targets
from chanjiao.engines.text.facts.triggers import GENERIC, triggers

PLANNED_KIND = frozenset({"establish", "found"})
PASSIVE = frozenset({"co_build", "found", "establish"})
WITH_OTHERS = frozenset({"sign", "co_build", "cooperate", "order_class", "establish", "found"})
NEWS = frozenset({"sign", "unveil", "award_plaque", "establish", "member_of", "order_class"})
MADE = frozenset({"establish", "found", "plan_establish"})
BY = re.compile(r"由(?![于来此衷])")
WITH = re.compile(r"[^，。]{0,10}?(?:与|同|和|跟|联合|携手|向)")
PARTNERS = re.compile(r"[^，。；]{0,2}$")
AGREED = re.compile(r"(?:签订|签署|签下|达成)[^，。；]*$")
CLASSES = ("订单班", "冠名班", "学徒班", "定向班")
# 联合举办 tells of an institution only where something lasting comes of it.
HELD = re.compile(r"举办|开设|兴办")
LASTING = re.compile(r"(?:夜校|夜大|学院|学校|中心|基地|大学)$|班$")
TAKES_IN = re.compile(r"新?吸收|新?吸纳|接纳|增补")
COUNTED = re.compile(r"”?\s?\d")
SPOKEN = re.compile(r"“[^”]*$")
NO_PARTY = ("举行", "召开", "会议室", "报告厅", "门口", "承办", "主办")
SINCE = re.compile(r"年(?:起|以来)$")
SENTENCE_QUOTE = 16
FARTHEST = 90
NEAR = 60
MOST_OBJECTS = 8
RIGHT_BEHIND = 10


@dataclass(frozen=True, slots=True)
class _Place:
    """A trigger with its clause and its sentence."""

    predicate: Predicate
    start: int
    end: int
    clause: Span
    sentence: Span


class Relations:
    """Reads relations off one text whose bodies and spans of time are known."""

    def __init__(self, read: Context) -> None:
        self._read = read
        self._text = read.text
        self._mentions = Ordered(read.mentions)
        self._bodies = Ordered([b for b in read.bearers.all if b.is_body or b.is_reference])
        self._known = {m.canonical for m in read.mentions} | HEADS.keys()
        self._targets = Targets(read.text, read.mentions)

    def all(self) -> list[Relation]:
        """Relations in order of the text, each once."""
        found: dict[tuple[str, frozenset[str], str], Relation] = {}
        for predicate, start, end in triggers(self._text):
            sentences = self._read.sentences
            clause, sentence = sentences.clause(start), sentences.sentence(start)
            told = self._relation(_Place(predicate, start, end, clause, sentence))
            for relation in _one_by_one(told) if told else ():
                key = (relation.predicate, frozenset(relation.subjects), relation.object)
                if key not in found or (relation.date and not found[key].date):
                    found[key] = relation
        return list(_without_lesser(sorted(found.values(), key=lambda r: r.start)))

    def _relation(self, place: _Place) -> Relation | None:
        if place.predicate == "member_of" and TAKES_IN.match(self._text, place.start):
            return self._taken_in(place)
        by = self._by(place)
        target, span = self._target(place, by)
        parties = self._parties(place, span, target, by)
        if not self._is_told(place, parties, target, span):
            return None
        status = self._status(place)
        predicate = place.predicate
        if predicate in PLANNED_KIND and status == "planned":
            predicate = "plan_establish"
        start, end = self._quote(place)
        quote = self._text[start:end]
        date = self._date(place, status)
        return Relation(
            self._read.article, predicate, tuple(parties), target, date, status, quote, start, end
        )

    def _taken_in(self, place: _Place) -> Relation | None:
        """某集团新吸收甲、乙等9家成员单位: those behind the verb are the members."""
        members = [b.name for b in self._bodies.within(place.end, place.clause[1])]
        host = next(iter(self._carried(place)), "")
        if not members or not host:
            return None
        start, end = self._quote(place)
        status = self._status(place)
        date = self._date(place, status)
        return Relation(
            self._read.article,
            "member_of",
            tuple(dict.fromkeys(members)),
            host,
            date,
            status,
            self._text[start:end],
            start,
            end,
        )

    def _is_told(self, place: _Place, parties: Sequence[str], target: str, span: Span) -> bool:
        """Whether enough is told: two parties, or one and what it is about; no mere statistics."""
        if place.predicate in ("sign", "cooperate"):
            return len(parties) >= 2 or (len(parties) == 1 and bool(target))
        is_sort = place.predicate in MADE and self._text.startswith("的", span[1])
        if not target or is_sort or self._is_spoken(place):
            return False
        is_one = GENERIC.match(target) is None
        if HELD.search(self._text, place.start, place.end) and not LASTING.search(target):
            return False
        if place.predicate in ("establish", "unveil", "award_plaque"):
            return is_one or place.predicate == "award_plaque"
        is_counted = COUNTED.match(self._text, span[1]) is not None
        is_named = is_one and (not is_counted or place.predicate == "order_class")
        is_shared = len(parties) >= 2 and place.predicate != "order_class"
        return bool(parties) and (is_named or is_shared)

    def _is_spoken(self, place: _Place) -> bool:
        """A hope in somebody's speech is not news."""
        if place.predicate not in MADE | {"unveil"}:
            return False
        opening = SPOKEN.search(self._text[max(0, place.start - 120) : place.start])
        closing = self._text.find("”", place.end, place.end + 160)
        return bool(opening) and closing - place.start > SENTENCE_QUOTE

    def _by(self, place: _Place) -> int | None:
        """Where 由 stands in a clause told from the thing's side: 某中心由甲、乙共建."""
        if place.predicate not in PASSIVE:
            return None
        found = list(BY.finditer(self._text, place.clause[0], place.start))
        if not found or not self._bodies.starting(found[-1].end(), found[-1].end() + 3):
            return None
        return found[-1].start()

    def _target(self, place: _Place, by: int | None) -> Target:
        start, end = place.clause[0], max(place.clause[1], place.end)
        if by is not None:
            return self._made_by(place, by)
        if place.predicate == "sign":
            return self._targets.agreement(start, place.end, end)
        if place.predicate == "award_plaque":
            return self._targets.receiver(start, place.end, place.start)
        if place.predicate == "member_of":
            joined = self._targets.joined(place.start, place.end, end)
            return joined if joined[0] else (self._host(), (end, end))
        return self._made(place, start, end)

    def _host(self) -> str:
        """The association or consortium that the page is about, where no other is named."""
        main = self._read.bearers.main
        is_host = any(
            m.canonical == main and m.kind in ("association", "other") for m in self._read.mentions
        )
        return main if is_host else ""

    def _made(self, place: _Place, start: int, end: int) -> Target:
        if place.predicate == "order_class":
            return self._targets.classroom(start, place.start, end)
        if place.predicate == "cooperate":
            found = self._targets.counted(start, place.start)
            return found if found[0] else self._targets.purpose(place.clause[1])
        behind = self._targets.inside(place.end, end)
        ahead = self._targets.ahead(start, place.start)
        is_ahead = place.predicate == "unveil" or not behind[0]
        return ahead if ahead[0] and is_ahead else behind

    def _made_by(self, place: _Place, by: int) -> Target:
        """What stands before 由, else behind the verb, else the last such thing of the sentence."""
        ahead = self._targets.ahead(place.clause[0], by)
        if ahead[0]:
            return ahead
        behind = self._targets.inside(place.end, place.clause[1])
        if behind[0] and self._text[place.end : place.end + 1] in ("的", "“"):
            return behind
        kinds = ("other", "school", "association")
        before = [m for m in self._mentions.starting(place.sentence[0], by) if m.kind in kinds]
        if before:
            return before[-1].canonical, (before[-1].start, before[-1].end)
        name = self._read.bearers.of(by)
        return (name if "、" not in name else ""), (by, by)

    def _parties(self, place: _Place, span: Span, target: str, by: int | None) -> list[str]:
        """Bodies before the verb in its clause, or in those that lead up to it, and partners."""
        begin = by if by is not None else self._reach(place)
        names = [
            b.name
            for b in self._bodies.starting(begin, place.end)
            if not (b.start >= span[0] and b.end <= span[1])
            and not self._text.startswith(NO_PARTY, b.end)
            and not self._is_where(b, place)
            and not self._read.bearers.is_attribute(b)
        ]
        names += self._partners(place, span)
        names = [n for n in dict.fromkeys(names) if n not in target.split("、")]
        if place.predicate == "award_plaque":
            names = names[:1]
        if by is None and (not names or self._wants_another(place)):
            names = [*[c for c in self._carried(place) if c not in [*names, target]], *names]
        return names

    def _partners(self, place: _Place, span: Span) -> Iterator[str]:
        """Those named right behind 联合 and 携手."""
        if not self._text[place.start : place.end].startswith(("联合", "携手", "战略合作")):
            return
        at = place.end
        for mention in self._mentions.starting(at, place.sentence[1]):
            if mention.start >= span[0] >= place.end < span[1]:
                continue
            if mention.start - at > 1:
                return
            yield mention.canonical
            at = mention.end

    def _is_where(self, body: Bearer, place: _Place) -> bool:
        before = self._text[max(0, body.start - 2) : body.start]
        return before.endswith(("在", "于", "为", "位于")) and place.predicate != "co_build"

    def _wants_another(self, place: _Place) -> bool:
        """与某公司签约 without saying who: whoever was spoken of."""
        if place.predicate not in WITH_OTHERS:
            return False
        start = place.clause[0]
        inside = self._bodies.starting(start, place.start)
        told = WITH.match(self._text[start : place.start])
        return not inside or (told is not None and inside[0].start >= start + told.end())

    def _carried(self, place: _Place) -> list[str]:
        """Whoever was spoken of: bodies, or 学院 where the text never names the school."""
        for at in (place.start, place.clause[0]):
            told = self._read.bearers.of(at).split("、")
            if known := [one for one in told if one in self._known]:
                return known
        return []

    def _reach(self, place: _Place) -> int:
        """Where the parties may begin: the clause, else the nearest one before with a body."""
        if self._bodies.starting(place.clause[0], place.start):
            return place.clause[0]
        earlier = self._read.sentences.clauses_before(place.start, place.sentence[0])
        for begin, end in earlier[:2]:
            if place.start - begin > FARTHEST:
                break
            if self._bodies.starting(begin, end):
                return begin
        return place.clause[0]

    def _status(self, place: _Place) -> Status:
        told = self._text[place.clause[0] : place.start]
        if place.predicate in ("co_build", "establish", "found") and AGREED.search(told):
            return "planned"
        return self._read.standing.at(place.end)

    def _date(self, place: _Place, status: Status) -> str:
        told = self._read.timing.at(place.start)
        if told[:1].isdigit():
            return SINCE.sub("", told)
        behind = self._read.when.starting(place.end, place.end + RIGHT_BEHIND)
        if any(period.is_day for period in behind):
            return behind[0].value
        is_news = place.predicate in NEWS and status == "actual"
        return self._read.timing.only_day(place.start) if is_news else ""

    def _quote(self, place: _Place) -> Span:
        start, end = place.sentence
        while start < place.start and self._text[start] in " \t\u3000\n":
            start += 1
        while end > place.end and self._text[end - 1] in " \t\u3000\n":
            end -= 1
        return start, end


def _one_by_one(relation: Relation) -> Iterator[Relation]:
    """Things that are named together are told one by one, and none is party to itself."""
    if relation.predicate in ("sign", "cooperate", "member_of"):
        yield relation
        return
    names = relation.object.split("、")
    parties = tuple(one for one in relation.subjects if one not in names)
    for name in names[:MOST_OBJECTS]:
        is_class = relation.predicate in MADE | {"co_build"} and name.endswith(CLASSES)
        predicate: Predicate = "order_class" if is_class else relation.predicate
        if len(names) == 1 or not GENERIC.match(name):
            yield replace(
                relation,
                predicate=predicate,
                object=name.replace(INNER, "、"),
                subjects=parties,
            )


def _without_lesser(found: Sequence[Relation]) -> Iterator[Relation]:
    """Without those that say less than another of the same sort about the same bodies."""
    for number, relation in enumerate(found):
        near = [*found[max(0, number - NEAR) : number], *found[number + 1 : number + NEAR + 1]]
        if not any(_says_more(other, relation) for other in near):
            yield relation


def _says_more(other: Relation, relation: Relation) -> bool:
    mine, theirs = set(relation.subjects), set(other.subjects)
    is_same = other.predicate == relation.predicate
    is_twice = other.quote == relation.quote or other.status == "planned"
    is_made = is_twice and {other.predicate, relation.predicate} <= MADE
    is_made = is_made and other.object == relation.object
    if relation.predicate == "cooperate" and other.quote == relation.quote and not is_same:
        return mine <= theirs and relation.object == other.object != ""
    if relation.predicate == "establish" and other.predicate == "unveil":
        return other.quote == relation.quote and relation.object == other.object
    if not (is_same or is_made):
        return False
    if relation.object == other.object:
        return mine < theirs
    return not relation.object and mine <= theirs
