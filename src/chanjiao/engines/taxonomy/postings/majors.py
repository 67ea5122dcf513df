"""Majors that a posting asks for or prefers: lists before 专业 and after 专业要求."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon
from chanjiao.engines.taxonomy.postings.majorwords import (
    AFTER_GROUP,
    ANCHOR,
    ANY,
    ANY_HINT,
    BRACKET,
    DUTY,
    FOOT,
    GAP,
    GENERIC,
    HEAD,
    LABEL,
    LEADING,
    LEVELS,
    LONGEST_PREFIX,
    LONGEST_UNKNOWN,
    NAME_END,
    NO_MAJOR,
    NO_NAME,
    NO_SEGMENT,
    NOT_AFTER,
    PADDED,
    PREFIX_RUN,
    REACH,
    SEGMENT,
    SPLIT,
    TAIL,
    WISH_AFTER,
    WISH_BEFORE,
)
from chanjiao.engines.taxonomy.postings.model import Major, Told

#: What may stand between 专业要求: and the first name.
LEAD, LEAD_MARKS = 3, ' "“”(:1.、②①'
ALONE = re.compile(r"[\u4e00-\u9fff()]{2,14}(?=[,、;。\n\s]|等|$)")


class MajorEntry(NamedTuple):
    code: str
    name: str
    method: str


class _Item(NamedTuple):
    start: int
    end: int
    entry: MajorEntry | None


def major_lexicon(
    majors: CodeList, wordings: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]]
) -> Lexicon[MajorEntry]:
    """Official names before the wordings of postings and the platform's own aliases.

    Of two majors with one name the one of the junior colleges stands, as postings mostly mean it.
    """

    def rank(code: str) -> tuple[bool, str]:
        return not "41" <= code[:2] <= "59", code

    pairs = [
        (item.name, MajorEntry(item.code, item.name, "name"))
        for item in sorted(majors, key=lambda one: rank(one.code))
        if item.valid_to is None
    ]
    for words, code in (*wordings, *aliases):
        found = majors.get(code)
        if (found is not None or not code) and not PADDED.search(words):
            pairs.append((words, MajorEntry(code, found.name if found else words, "alias")))
    return Lexicon(pairs)


class MajorReader:
    def __init__(self, lexicon: Lexicon[MajorEntry]) -> None:
        self.lexicon = lexicon

    def text(self, folded: str) -> tuple[list[Told], tuple[int, int] | None]:
        """Majors of free text in their order, and where it says that any will do."""
        any_ = ANY.search(folded) if "专业" in folded and ANY_HINT.search(folded) else None
        found: dict[int, Told] = {}
        taken = bytearray(len(folded))
        for match in ANCHOR.finditer(folded):
            if match[0] != "专业" and folded[match.start() - 2 : match.start()] in NO_MAJOR:
                continue
            if match[0] in AFTER_GROUP and folded[match.start() - 1 : match.start()] not in (
                "类",
                "科",
            ):
                continue
            for one in self._around(folded, match):
                if not any(taken[one.start : one.end]):
                    found[one.start] = one
                    taken[one.start : one.end] = b"\1" * (one.end - one.start)
        return _once(found[start] for start in sorted(found)), any_.span() if any_ else None

    def column(self, folded: str) -> tuple[list[Told], tuple[int, int] | None]:
        """Majors of a cell that holds nothing else."""
        if ANY.search(folded) or folded.strip() in ("不限", "无", "无要求", "不要求", "专业不限"):
            return [], (0, len(folded))
        is_wish = bool(re.search("优先|最好|尤佳", folded))
        found: list[Told] = []
        start = 0
        for part in [*SPLIT.finditer(folded), None]:
            end = part.start() if part else len(folded)
            found += self._cell(folded, start, end, is_wish=is_wish)
            start = part.end() if part else end
        return _once(found), None

    def _cell(self, folded: str, start: int, end: int, *, is_wish: bool) -> list[Told]:
        whole = self.lexicon.get(folded[start:end])
        if whole is None:
            head = HEAD.match(folded, start, end)
            start = head.end() if head else start
            foot = FOOT.search(folded, start, end)
            end = foot.start() if foot else end
            whole = self.lexicon.get(folded[start:end])
        if whole is not None:
            return [_found(folded, _Item(start, end, whole), is_wish)]
        hits = self.lexicon.find(folded, start, end)
        covered = sum(hit.end - hit.start for hit in hits)
        if hits and covered >= 0.6 * (end - start):
            return [_found(folded, _Item(hit.start, hit.end, hit.entry), is_wish) for hit in hits]
        if end - start > 1 and end - start <= LONGEST_UNKNOWN and folded[start:end] not in LEVELS:
            return [_found(folded, _Item(start, end, None), is_wish)]
        return []

    def _around(self, folded: str, match: re.Match[str]) -> list[Told]:
        word = match[0]
        if word == "专业":
            label = LABEL.match(folded, match.end())
            if (label and not label[0].isspace()) or (
                label and self._is_list_label(folded, match.start())
            ):
                ahead = self._ahead(folded, label.end())
                if ahead:
                    return [_found(folded, one, _wishes(folded, one.end)) for one in ahead]
            if NOT_AFTER.match(folded, match.end()) or folded[match.start() - 1] in ",、":
                return []
        items = self._before(folded, match.start(), needs_known=word != "专业")
        bracket = BRACKET.match(folded, match.end()) if word == "专业" else None
        if bracket:
            items += self._ahead(folded, bracket.end())
        if not items:
            return []
        if DUTY.search(folded, max(0, items[0].start - 4), items[0].start):
            return []
        is_wish = bool(WISH_AFTER.match(folded, match.end())) or bool(
            WISH_BEFORE.search(folded, max(0, items[0].start - 10), items[0].start)
        )
        return [_found(folded, one, is_wish) for one in items]

    def _is_list_label(self, folded: str, at: int) -> bool:
        return folded[max(0, at - 2) : at] in ("要求", "需求", "招聘", "所学", "所需", "招生")

    def _before(self, folded: str, at: int, *, needs_known: bool) -> list[_Item]:
        """The list that ends at a place, from left to right."""
        first = max(0, at - REACH)
        for stop in "。;\n!?":
            first = max(first, folded.rfind(stop, first, at) + 1)
        if folded[at - 1 : at] == ")":  # 机械工程(机器人方向)专业
            at = max(folded.rfind("(", first, at), first)
        hits = self.lexicon.find(folded, first, at)
        if hits and TAIL.fullmatch(folded, hits[-1].end, at):
            last = hits.pop()
            if needs_known and not _is_group(folded, last, at):
                return []
            items = [self._widened(folded, last, at)]
        else:
            unknown = None if needs_known else self._unknown(folded, first, at)
            if unknown is None:
                return []
            items = [unknown]
        return self._leftward(folded, hits, items, first)

    def _leftward(
        self, folded: str, hits: list[Hit[MajorEntry]], items: list[_Item], first: int
    ) -> list[_Item]:
        """The list that goes on to the left of its last item, unknown names among known ones."""
        while hits:
            hit = hits[-1]
            if hit.end > items[0].start:  # inside a wider name that is taken already
                hits.pop()
            elif hit.end == items[0].start:  # 光学测量: two known names that are one
                part = MajorEntry(hit.entry.code[:4], hit.entry.name, "part")
                items[0] = _Item(hits.pop().start, items[0].end, part)
            elif GAP.fullmatch(folded, hit.end, items[0].start):
                items.insert(0, self._widened(folded, hits.pop(), items[0].start))
            elif unknown := _segment(folded, first, items[0].start):
                items.insert(0, unknown)
            else:
                break
        return items

    def _ahead(self, folded: str, at: int) -> list[_Item]:
        """The list that begins at a place, from left to right."""
        end = min(len(folded), at + REACH * 2)
        for stop in "。;\n!?":
            where = folded.find(stop, at, end)
            end = where if where >= 0 else end
        items: list[_Item] = []
        for hit in self.lexicon.find(folded, at, end):
            more = self._next(folded, at, items, hit)
            if not more:
                break
            items += more
        if not items:
            words = ALONE.match(folded, at, end)
            if words and NAME_END.search(words[0]) and words[0] not in LEVELS:
                items = [_Item(at, words.end(), None)]
        return items

    def _next(self, folded: str, at: int, items: list[_Item], hit: Hit[MajorEntry]) -> list[_Item]:
        """What a known name adds to a list that begins at a place; nothing where it ends there."""
        known = self._widened(folded, hit, hit.end + 1)
        if not items:
            gap = folded[at : hit.start]
            if len(gap) <= LEAD and not gap.strip(LEAD_MARKS):
                return [known]
            is_item = len(gap) <= LONGEST_UNKNOWN and gap.endswith("、")
            return [_Item(at, hit.start - 1, None), known] if is_item else []
        last = items[-1]
        if last.end == hit.start:  # 交通土建: two known names that are one
            return [items.pop()._replace(end=hit.end)]
        if GAP.fullmatch(folded, last.end, hit.start):
            return [known]
        between = _between(folded, last.end, hit.start)
        return [between, known] if between else []

    def _widened(self, folded: str, hit: Hit[MajorEntry], limit: int) -> _Item:
        """机械 with 类 behind it is a group, and so is 自动化类."""
        end = hit.end
        entry = hit.entry
        if (
            folded[end : end + 1] == "类"
            and end < max(limit, hit.end + 1)
            and folded[end - 1] != "类"
        ):
            end += 1
            if len(entry.code) > 4:
                entry = MajorEntry(entry.code[:4], entry.name, "group")
        start = self._start(folded, hit.start)
        if start < hit.start:  # 量子化学 is no 化学, but lies near it
            entry = MajorEntry(entry.code[:4], entry.name, "part")
        return _Item(start, end, entry)

    def _start(self, folded: str, at: int) -> int:
        """Where the name that ends in a known one begins."""
        if not at or not "\u4e00" <= folded[at - 1] <= "\u9fff":
            return at
        first = max(0, at - LONGEST_PREFIX - 1)
        run = PREFIX_RUN.search(folded, first, at)
        if run is None or (run.start() == first and first):
            return at
        lead = LEADING.match(run[0])
        return run.start() + (lead.end() if lead else 0)

    def _unknown(self, folded: str, first: int, at: int) -> _Item | None:
        """A name that no list knows, right before 专业."""
        tail = re.search(r"(?:等|相[关近]|类似|其[他它]|及|或|的|、|\s)*$", folded[first:at])
        end = first + tail.start() if tail else at
        begin = max((folded.rfind(mark, first, end) for mark in '、,/;:()[] "'), default=-1) + 1
        begin = max(begin, first, end - LONGEST_UNKNOWN)
        lead = LEADING.match(folded[begin:end])
        begin += lead.end() if lead else 0
        words = folded[begin:end]
        if (
            words in GENERIC
            or not 2 <= len(words) <= LONGEST_UNKNOWN
            or NO_NAME.search(words)
            or not NAME_END.search(words)
        ):
            return None
        return _Item(begin, end, None)


def _is_group(folded: str, hit: Hit[MajorEntry], at: int) -> bool:
    """Before 毕业 or 背景 only a name that says what it is counts: 化工类, 中文系, 理工科."""
    words = folded[hit.start : hit.end]
    rest = folded[hit.end : at]
    return (
        words[-1] in "类科学"
        or rest[:1] in ("类", "系", "学")
        or "相关" in rest
        or hit.end - hit.start > 3
    )


def _between(folded: str, start: int, end: int) -> _Item | None:
    """An unknown name parted by 、 or / from known ones on both sides."""
    item = _segment(folded, start, end)
    return item if item and item.start - start <= 3 else None


def _segment(folded: str, first: int, end: int) -> _Item | None:
    """The unknown name between two marks that ends right before a known one."""
    match = SEGMENT.search(folded, max(first, end - LONGEST_UNKNOWN - 4), end)
    if match is None or match[2] in LEVELS or NO_SEGMENT.search(match[2]):
        return None
    is_clause = match[1] == match[3] == ","
    if is_clause and not NAME_END.search(match[2]):
        return None
    return _Item(*match.span(2), None)


def _wishes(folded: str, end: int) -> bool:
    return (
        bool(re.compile(r"[^。;\n]{0,40}?(?:专业)?(?:毕业)?(?:者|生)?优先").match(folded, end))
        and "优先" in folded[end : end + 16]
    )


def _found(folded: str, item: _Item, is_wish: bool) -> Told:
    words = folded[item.start : item.end]
    entry = item.entry
    if entry is None:
        return Told(Major(words, "major", not is_wish), "", item.start, item.end, "unknown", 0.4)
    is_group = words[-1] in "类科" or len(entry.code) <= 4
    confidence = {"name": 0.97, "alias": 0.93, "group": 0.9, "part": 0.6}[entry.method]
    if not entry.code:
        confidence = 0.9
    kind = "group" if is_group else "major"
    return Told(
        Major(words, kind, not is_wish),
        entry.code,
        item.start,
        item.end,
        entry.method,
        confidence,
        entry.name,
    )


def _once(found: Iterable[Told]) -> list[Told]:
    """Each name once; asked for in one place is asked for."""
    held: dict[str, Told] = {}
    for one in found:
        words = one.value.words
        if words not in held or (one.value.is_required and not held[words].value.is_required):
            held[words] = one
    return list(held.values())
