"""What a relation is about: the agreement, the institution, those who got the plaque."""

import re
from collections.abc import Sequence

from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.sentences import Span
from chanjiao.engines.text.facts.triggers import CLASS, ENDINGS

QUOTED = re.compile(rf"[“‘]([^“”‘’，。；\n]{{2,30}})[”’](?P<tail>{ENDINGS})?")
TITLED = re.compile(r"《([^《》\n]{2,50})》")
AGREEMENT = re.compile(r"[\u4e00-\u9fff“”]{0,30}?(?:协议书?|合同|备忘录|意向书)")
THING = re.compile(rf"[\u4e00-\u9fffA-Za-z（）+]{{2,26}}?{ENDINGS}(?![\u4e00-\u9fff]?[成部长])")
LISTED_THING = re.compile(rf"、[\u4e00-\u9fffA-Za-z（）]{{2,24}}?{ENDINGS}(?=[、和与同也])")
CLASS_NAMED = re.compile(rf"“([^“”，。；\n]{{2,24}}班)”|“([^“”，。；\n]{{2,20}})”{CLASS}")
CLASS_PLAIN = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{2,14}}{CLASS}")
LEAD = re.compile(
    r"^(?:了|的|由|为|首个|一批|一个|多个|全[省市国]首[个家批]|省级|若干|该|新的"
    r"|\d+[余多]?[个家所项]|[一二两三四五六七八九十]+[个家所项])+"
)
RECEIVER = re.compile(
    r"(?:为|向|给|对)(?P<to>[^，。；]{2,200}?)(?:现场|集中|颁发|进行|分别|正式)*$"
)
COUNTED_PARTY = re.compile(
    r"(?:与|和|同)(?P<to>\d[^，。；与]{2,24}|[^，。；与“]{0,8}\d[^，。；与]{2,20})$"
)
PURPOSE = re.compile(
    r"^，?(?:并|共同|联合)?(?:推出|开展|举办|实施|启动|开设|打造)了?(?P<what>[^，。；]{3,24})"
)
INNER = "\uff64"  # a mark inside of one name, while names are held together by the usual one
QUOTES = re.compile(r"[“”]")
PARTNER_MARKS = ("与", "跟", "同")
NEAREST = 12
FARTHEST_HOST = 60
FARTHEST_BODY = 24

type Target = tuple[str, Span]
type Thing = tuple[int, int, str]


class Targets:
    """Finds in one text what the relations are about; a target is a name and where it stands."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = Ordered(mentions)

    def agreement(self, start: int, place: int, end: int) -> Target:
        """签署《框架协议》, 签订共建某学院协议, 与4家企业签约."""
        after = self._text[place:end]
        if titled := TITLED.search(after):
            return titled[1], (place + titled.start(), place + titled.end())
        if found := AGREEMENT.match(LEAD.sub("", after)):
            begin = place + len(after) - len(LEAD.sub("", after))
            return QUOTES.sub("", found[0]), (begin, begin + found.end())
        return self.counted(start, place)

    def counted(self, start: int, place: int) -> Target:
        """Partners that are only counted: 与14所院校结对."""
        told = self._text[start:place]
        told = re.sub(r"(?:签约|签订|签署|结对|携手|联合)$", "", told)
        found = COUNTED_PARTY.search(told)
        if not found:
            return "", (place, place)
        return found["to"], (start + found.start("to"), start + found.end("to"))

    def purpose(self, end: int) -> Target:
        """What partners do together, told in the next clause: 推出“订单式”培训."""
        found = PURPOSE.match(self._text[max(0, end - 1) : end + 40])
        if not found:
            return "", (end, end)
        return QUOTES.sub("", found["what"]), (end, end + len(found["what"]))

    def receiver(self, start: int, place: int, trigger: int) -> Target:
        """为10家基地授牌, 为“某工作室”“某团队”授牌, 授予某校“示范基地”称号."""
        found = RECEIVER.search(self._text[start:trigger])
        if not found:
            return self.inside(place, place + 40)
        span = (start + found.start("to"), start + found.end("to"))
        quoted = [
            q[1].replace("、", INNER) + (q["tail"] or "") for q in QUOTED.finditer(found["to"])
        ]
        return "、".join(quoted) or QUOTES.sub("", found["to"]), span

    def joined(self, trigger: int, start: int, end: int) -> Target:
        """The body that somebody joins: behind 加入, in front of 成为会员."""
        for mention in self._mentions.within(trigger, end):
            return mention.canonical, (mention.start, mention.end)
        before = self._mentions.within(max(0, trigger - FARTHEST_HOST), trigger)
        hosts = [m for m in before if m.kind in ("association", "other")]
        return (hosts[-1].canonical, (end, end)) if hosts else ("", (end, end))

    def classroom(self, start: int, trigger: int, end: int) -> Target:
        """A class to somebody's order by its name."""
        told = self._text[start:end]
        if named := CLASS_NAMED.search(told):
            name = named[1] or self._text[start + named.start() : start + named.end()]
            return QUOTES.sub("", name), (start + named.start(), start + named.end())
        at = max(start, trigger - NEAREST)
        if plain := CLASS_PLAIN.search(self._text[at:end]):
            name = re.sub(r"^.*(?:了|设|办|建|的|与|个)", "", plain[0])
            return name, (at + plain.end() - len(name), at + plain.end())
        return "", (end, end)

    def inside(self, start: int, end: int) -> Target:
        """What stands behind a verb, with what is listed there: 共建“新能源学院”、实训中心."""
        first = self._first(start, end)
        if first is None:
            return "", (start, start)
        low, high, name = first
        names = [name]
        while high + 1 < end and self._text[high] in "、和及":
            following = self._beginning(high + 1, end)
            if following is None:
                break
            high = following[1]
            names.append(following[2])
        return "、".join(dict.fromkeys(names)), (low, high)

    def _first(self, start: int, end: int) -> Thing | None:
        """The nearest of what begins right there, the first quoted name and the first body."""
        found = [one for one in (self._beginning(start, end),) if one]
        quoted = QUOTED.search(self._text, start, end)
        if quoted and quoted.start() - start <= NEAREST:
            found.append((*quoted.span(), quoted[1] + (quoted["tail"] or "")))
        body = next(iter(self._mentions.within(start, end)), None)
        if body and body.start - start <= FARTHEST_BODY:
            found.append((body.start, body.end, body.canonical))
        return min(found, key=lambda one: (one[0], -one[1]), default=None)

    def _beginning(self, start: int, end: int) -> Thing | None:
        """A body, a quoted name or another thing that begins here, behind 了, 一批 and the like."""
        lead = LEAD.match(self._text[start:end])
        at = start + (lead.end() if lead else 0)
        for body in self._mentions.starting(at, at + 1):
            return body.start, body.end, body.canonical
        if quoted := QUOTED.match(self._text, at, end):
            return (*quoted.span(), quoted[1] + (quoted["tail"] or ""))
        found = THING.match(self._text, at, end)
        return (*found.span(), found[0]) if found else None

    def ahead(self, start: int, end: int) -> Target:
        """All named things right in front of a verb: 某基地、“某学院”在某校同时揭牌."""
        end = self._before_where(start, end)
        chain: list[tuple[int, int, str]] = []
        for low, high, name in sorted(self._things(start, end), reverse=True):
            gap = chain[-1][0] if chain else end
            if gap - high > (1 if chain else NEAREST):
                break
            joins = self._text[high:gap] or ("、" if self._text[high - 1] == "”" else "")
            if chain and joins not in ("、", "和", "与", "及"):
                break
            chain.append((low, high, name))
        if not chain:
            return "", (end, end)
        names = [name for _, _, name in reversed(chain)]
        return "、".join(dict.fromkeys(names)), (chain[-1][0], chain[0][1])

    def _before_where(self, start: int, end: int) -> int:
        """Without the place where it happened: 某联盟在某校成立."""
        for mention in self._mentions.within(start + 1, end):
            if end - mention.end <= NEAREST:
                where = self._text.rfind("在", max(start, mention.start - 2), mention.start)
                if where >= 0:
                    return where
        return end

    def _things(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Quoted names, bodies and other things of a list, with their places."""
        told = self._text[start:end]
        found = [
            (start + q.start(), start + q.end(), q[1] + (q["tail"] or ""))
            for q in QUOTED.finditer(told)
        ]
        found += [
            (m.start, m.end, m.canonical)
            for m in self._mentions.within(start, end)
            if self._text[m.start - 1 : m.start] not in PARTNER_MARKS
        ]
        found += [
            (start + t.start() + 1, start + t.end(), t[0][1:]) for t in LISTED_THING.finditer(told)
        ]
        kept: list[tuple[int, int, str]] = []
        for low, high, name in found:
            if all(high <= a or b <= low for a, b, _ in kept):
                kept.append((low, high, name))
        return kept
