"""Who did what together: agreements, joint institutions, plaques, memberships, order classes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chanjiao.engines.text.facts.context import Context
from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.model import Predicate, Relation
from chanjiao.engines.text.facts.sentences import Span
from chanjiao.engines.text.facts.standing import status_at

ENDINGS = (
    r"(?:产业学院|企业学院|工匠学院|工程师学院|学院|联合体|共同体|联盟|职教集团|职业教育集团"
    r"|集团|基地|中心|工作室|实验室|研究院|研究所|实训室|工作站|服务站|创新站|订单班|冠名班"
    r"|学徒班|"
    r"夜校|夜大|平台|委员会|服务队|大师工作室|学校|大学|协会|实训中心|专业|车间|课堂|团队|队"
    r"|站|班|驿站|园)"
)
TRIGGERS: tuple[tuple[Predicate, str], ...] = (
    (
        "order_class",
        r"(?:订单班|冠名班|学徒班|定向班|订单式?培养班)[”]?(?=[^，。；]{0,4}(?:开班|签约|成立"
        r"|启动|组建|揭牌))|(?:开设|组建|开办|合办|共建|举办|开出|设立"
        r"|成立)了?[“]?(?=[^，。；、]{0,14}(?:订单班|冠名班|定向班))",
    ),
    ("award_plaque", r"授牌|颁牌|授予(?=[^，。；]{0,30}(?:称号|牌匾|铜牌|基地|单位))"),
    ("unveil", r"揭牌(?!成立)|揭幕"),
    ("sign", r"签约|签订|签署|签下|签了(?=[^，。；]{0,8}(?:协议|合同))|达成[^，。；]{0,8}协议"),
    (
        "co_build",
        r"共建|联合建设|共同建设|合作共建|合建|合办|共同打造|联合打造|联合开办|联合共建"
        r"|联合创建|共同创建|合作建设|联手打造|携手打造|共同组建(?=[^，。；]{0,10}(?:实训"
        r"|基地|中心|实验室))",
    ),
    (
        "found",
        r"(?:发起|牵头|倡议)[^，。；“]{0,6}?(?:成立|组建|设立|创立|创建)|组建|创办|共同牵头"
        r"|联合成立|联合组建|共同发起|牵头",
    ),
    (
        "establish",
        r"揭牌成立|成立|设立|建立(?=[^，。；]{0,16}(?:联合体|共同体|联盟|学院|研究院|集团|委员会))",
    ),
    (
        "member_of",
        r"加入|入会|成为[^，。；]{0,16}?(?:新会员|会员|成员|理事)(?:单位)?"
        r"|当选[^，。；]{0,16}?(?:理事|会长|成员)单位|担任[^，。；]{0,16}?(?:理事|会长"
        r"|成员)单位",
    ),
    (
        "cooperate",
        r"(?:开展|建立|达成|深化|进行|保持)[^，。；]{0,14}?合作(?:关系)?|战略合作|结对(?:子)?"
        r"|结成[^，。；]{0,8}对子|联合(?=[^，。；]{0,24}，)|对接合作|合作(?=，|。|$)|携手",
    ),
)
PATTERN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in TRIGGERS))
PLANNED_KIND = frozenset({"establish", "found"})
QUOTED = re.compile(rf"“([^“”，。；\n]{{2,30}})”(?P<tail>{ENDINGS})?")
TITLED = re.compile(r"《([^《》\n]{2,50})》")
AGREEMENT = re.compile(r"[\u4e00-\u9fff“”]{0,24}?(?:协议书?|合同|备忘录|意向书|框架)")
THING = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9（）+]{{2,26}}?{ENDINGS}(?![\u4e00-\u9fff]{{0,1}}[成部长])"
)
LEAD = re.compile(
    r"^(?:了|的|由|为|首个|一批|多个|全[省市国]首[个家批]|省级|若干|\d+[余多]?[个家所项]"
    r"|[一二两三四五六七八九十]+[个家所项])+"
)
RECEIVER = re.compile(r"(?:为|向|给|对)(?P<to>[^，。；]{2,60}?)(?:现场|集中|颁发|进行|分别|正式)?$")
PARTY_VERBS = (
    "sign",
    "co_build",
    "cooperate",
    "found",
    "establish",
    "order_class",
    "plan_establish",
)
SKIP = re.compile(
    r"(?:成立|创办|建校|组建)(?:于|以来|\d|不到|时|后|之初|周年|近|多年|至今|大会|典礼|日|初期)"
    r"|(?:签约|揭牌|授牌)(?:金额|额|率|企业数)"
)
EVENT = re.compile(r"(?:仪式|大会|会议|活动)[^，。；]{0,6}$")
LONGEST_DISTANCE = 90


@dataclass(frozen=True, slots=True)
class _Place:
    predicate: Predicate
    start: int
    end: int
    sentence: Span


class Relations:
    """Reads relations off one text whose bodies and spans of time are known."""

    def __init__(self, read: Context) -> None:
        self._read = read
        self._text = read.text
        self._sentences = read.sentences
        self._mentions = read.mentions
        self._when = read.when

    def all(self) -> list[Relation]:
        """Relations in order of the text, each once."""
        found: dict[tuple[str, frozenset[str], str], Relation] = {}
        for found_at in PATTERN.finditer(self._text):
            if SKIP.match(self._text, found_at.start()):
                continue
            predicate: Predicate = found_at.lastgroup  # type: ignore[assignment]
            sentence = self._sentences.sentence(found_at.start())
            place = _Place(predicate, found_at.start(), found_at.end(), sentence)
            if relation := self._relation(place):
                key = (relation.predicate, frozenset(relation.subjects), relation.object)
                found.setdefault(key, relation)
        return list(_without_lesser(list(found.values())))

    def _relation(self, place: _Place) -> Relation | None:
        target, span = self._object(place)
        parties = self._parties(place, span, target)
        if not self._is_enough(place, parties, target):
            return None
        status = status_at(self._sentences, place.end, self._when)
        predicate = place.predicate
        if predicate in PLANNED_KIND and status == "planned":
            predicate = "plan_establish"
        start, end = self._quote(place)
        return Relation(
            self._read.article,
            predicate,
            tuple(parties),
            target,
            self._date(place),
            status,
            self._text[start:end],
            start,
            end,
        )

    def _is_enough(self, place: _Place, parties: Sequence[str], target: str) -> bool:
        if place.predicate in ("sign", "cooperate"):
            return len(parties) >= 2 or (len(parties) == 1 and bool(target))
        if place.predicate in ("member_of", "found", "co_build", "order_class"):
            return bool(parties and target)
        return bool(target)

    def _parties(self, place: _Place, span: Span, target: str) -> list[str]:
        """Bodies before the verb in its clause and those clauses before that lead up to it."""
        begin = self._reach(place)
        names = []
        for mention in self._mentions:
            if not begin <= mention.start < place.start or mention.end > place.start:
                continue
            if mention.start >= span[0] and mention.end <= span[1]:
                continue
            if self._is_party(mention, place):
                names.append(mention.canonical)
        names = [n for n in dict.fromkeys(names) if n != target]
        if place.predicate == "award_plaque":
            names = names[:1]
        carried = self._carried(place)
        if carried and (not names or (len(names) == 1 and self._is_with(place))):
            names = [*[c for c in carried if c not in names and c != target], *names]
        return names

    def _carried(self, place: _Place) -> list[str]:
        name = self._read.bearers.of(place.start)
        bodies = {m.canonical for m in self._mentions}
        return [one for one in name.split("、") if one in bodies]

    def _is_with(self, place: _Place) -> bool:
        """与某公司签约 without saying who: whoever was spoken of."""
        start = self._sentences.clause(place.start)[0]
        return (
            re.match(r"[^，。]{0,8}?(?:与|同|和|跟|联合|携手|向)", self._text[start : place.start])
            is not None
        )

    def _reach(self, place: _Place) -> int:
        """Where the parties may begin: the clause, and those before it that end in no full stop."""
        start = self._sentences.clause(place.start)[0]
        earlier = self._sentences.clauses_before(place.start, place.sentence[0])
        if any(start <= m.start < place.start for m in self._mentions):
            return start
        for begin, end in earlier[:2]:
            if place.start - begin > LONGEST_DISTANCE:
                break
            if any(begin <= m.start < end for m in self._mentions):
                return begin
        return start

    def _is_party(self, mention: Mention, place: _Place) -> bool:
        before = self._text[max(0, mention.start - 2) : mention.start]
        after = self._text[mention.end : mention.end + 3]
        if before.endswith(("在", "为", "于")) and place.predicate != "co_build":
            return False
        return not after.startswith(("举行", "召开", "会议室", "报告厅", "门口"))

    def _object(self, place: _Place) -> tuple[str, Span]:
        readers: dict[str, Callable[[_Place], tuple[str, Span]]] = {
            "sign": self._agreement,
            "award_plaque": self._receiver,
            "member_of": self._joined,
            "cooperate": _nothing,
        }
        return readers.get(place.predicate, self._thing)(place)

    def _thing(self, place: _Place) -> tuple[str, Span]:
        start, end = self._sentences.clause(place.start)
        found = self._thing_in(place.end, max(end, place.end))
        if found[0] and not EVENT.search(self._text[place.end : found[1][0]]):
            return found
        return self._thing_before(start, place.start)

    def _agreement(self, place: _Place) -> tuple[str, Span]:
        after = self._text[place.end : self._sentences.clause(place.start)[1]]
        titled = TITLED.search(after)
        if titled:
            return titled[1], (place.end + titled.start(), place.end + titled.end())
        found = AGREEMENT.search(after)
        name = LEAD.sub("", found[0]) if found else ""
        name = re.sub(r"[“”]", "", name)
        span = (place.end + found.start(), place.end + found.end()) if found else (place.end,) * 2
        return name, span

    def _receiver(self, place: _Place) -> tuple[str, Span]:
        start = self._sentences.clause(place.start)[0]
        told = self._text[start : place.start]
        found = RECEIVER.search(told)
        if not found:
            return self._thing_in(place.end, self._sentences.clause(place.start)[1])
        name = LEAD.sub("", found["to"]).strip("“”")
        return re.sub(r"[“”]", "", name), (start + found.start("to"), start + found.end("to"))

    def _joined(self, place: _Place) -> tuple[str, Span]:
        end = self._sentences.clause(place.start)[1]
        for mention in self._mentions:
            inside = place.start <= mention.start and mention.end <= end
            if inside:
                return mention.canonical, (mention.start, mention.end)
        hosts = [
            m for m in self._mentions if m.kind in ("association", "other") and m.end <= place.start
        ]
        if (
            hosts
            and place.predicate == "member_of"
            and "成为" in self._text[place.start : place.end]
        ):
            return hosts[-1].canonical, (place.end, place.end)
        return "", (place.end, place.end)

    def _thing_in(self, start: int, end: int) -> tuple[str, Span]:
        told = self._text[start:end]
        quoted = QUOTED.search(told)
        body = next((m for m in self._mentions if start <= m.start and m.end <= end), None)
        if body and (not quoted or body.start < start + quoted.end()) and not body.is_reference:
            return body.canonical, (body.start, body.end)
        if quoted and quoted.start() <= 12:
            name = quoted[1] + (quoted["tail"] or "")
            return name, (start + quoted.start(), start + quoted.end())
        lead = LEAD.match(told)
        at = lead.end() if lead else 0
        found = THING.match(told, at)
        if found:
            return found[0], (start + at, start + found.end())
        return "", (start, start)

    def _thing_before(self, start: int, end: int) -> tuple[str, Span]:
        """The last name or quoted thing in front of the verb: 某某基地揭牌."""
        told = self._text[start:end]
        quoted = list(QUOTED.finditer(told))
        bodies = [
            m for m in self._mentions if start <= m.start and m.end <= end and not m.is_reference
        ]
        if quoted and (not bodies or start + quoted[-1].end() > bodies[-1].end):
            last = quoted[-1]
            return last[1] + (last["tail"] or ""), (start + last.start(), start + last.end())
        if bodies and end - bodies[-1].end <= 12:
            return bodies[-1].canonical, (bodies[-1].start, bodies[-1].end)
        return "", (end, end)

    def _date(self, place: _Place) -> str:
        inside = [
            p
            for p in self._when
            if place.sentence[0] <= p.start < place.start
            and p.value[:1].isdigit()
            and not p.is_compared
        ]
        if inside:
            return inside[-1].value
        days = [p.value for p in self._when if p.is_day and p.start < place.start]
        is_news = place.predicate in (
            "sign",
            "unveil",
            "award_plaque",
            "establish",
            "member_of",
            "order_class",
        )
        return days[-1] if days and is_news and len(set(days)) == 1 else ""

    def _quote(self, place: _Place) -> Span:
        start, end = place.sentence
        while start < place.start and self._text[start] in " \t\u3000\n":
            start += 1
        while end > place.end and self._text[end - 1] in " \t\u3000\n":
            end -= 1
        return start, end


def _nothing(place: _Place) -> tuple[str, Span]:
    return "", (place.end, place.end)


def _without_lesser(found: Sequence[Relation]) -> Iterator[Relation]:
    """Without those that say less than another of the same sort about the same bodies."""
    for relation in found:
        mine = set(relation.subjects)
        if any(
            other is not relation
            and other.predicate == relation.predicate
            and mine <= set(other.subjects)
            and (
                not relation.object
                or (mine < set(other.subjects) and other.object == relation.object)
            )
            for other in found
        ):
            continue
        yield relation
