"""Whose figure it is: the body, place or thing that a number is told of."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from chanjiao.engines.text.facts.candidates import (
    Bearer,
    apart,
    main_of,
    named,
    park_of,
    places,
    things,
    wholes,
)
from chanjiao.engines.text.facts.locality import Locality
from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.references import heads
from chanjiao.engines.text.facts.sentences import Sentences, Span
from chanjiao.engines.text.facts.wordlists import wordset
from chanjiao.engines.text.facts.words import Words

# A body behind one of these is what is acted upon or with, not the one who acts.
OBJECT_BEFORE = re.compile(
    r"(?:[与跟向对为给从把被赴到于及同以]|根据|走访了?|参观了?|来到|走进|位于|加入|联合|携手"
    r"|按照|依托|通过|围绕|来自|支持|邀请了?|在|输送到?|去|经|设立|成立|共建|组建|召开|获评"
    r"|出席|参加)\s?[“]?$"
)
AND_BEFORE = re.compile(r"(?:[和、]|以及)$")
COMPARISON = re.compile(r"(?:占|居|位居|位列|列|排名|名列|为|领先|高于|低于|占到|占了)$")
# The clause ends with it, or says no more than that it was unveiled.
CLOSED = re.compile(r"”?(?:正式)?(?:揭牌|启用|投用|成立|开班|揭幕|开业|建成)?(?:仪式)?[，；。]")
MADE = re.compile(
    r"(?:成立|组建|创办|设立|合办|举办|建成|开设|建起|办起|打造|推出|启用)了?(?:全[省市国]首[个家])?“?$|的“?$"
)
# A clause that begins so still has the subject of the clause before.
GOES_ON = re.compile(r"[与同和跟并还也再先为向把将在由]|共[建同]|先后|通过|联合|携手|依托|围绕")
MAIN_VERB = re.compile(r"是|为|拥有|成为|获得|入选|有(?!限)")
COUNTED = re.compile(r"”?\s?[近超约]?\d")
ATTRIBUTE = re.compile(
    r"(?:占地|面积|总投资|投资|耗资|投入|注册资本|产值|造价|规模)[^，。；\d]{0,6}$"
)
OFFICIAL = re.compile(r"(?:局|厅|委员会|政府|办公室|市委|县委)$")
UNVEILED = re.compile(r"”?(?:项目)?(?:正式)?(?:揭牌|启用|投用|开班|开业|建成|成立)[，；]")
OF_THE_NEW = re.compile(
    r"校区|面向|首[批期个家]|招[生收]|开设|投用|可|设有|配[备置]|占地|总|实行|采用|下设|规划|覆盖"
    r"|吸纳|汇聚|成员|每年|年"
)
# A body before a person's title is whose person it is, not who has the figure.
PERSON = re.compile(
    r"(?:党委|党组|党总支|行政|人力资源部?|相关|有关|主要|常务|执行)?(?:副?(?:局长|厅长|处长"
    r"|科长|主任|书记|校长|院长|会长|理事长|秘书长"
    r"|总经理|经理|董事长|总监|厂长|市长|县长|区长|主席|部长|调研员)|党组成员|党委委员|负责人"
    r"|领导|代表|专家|教授|师生)"
)
SAYS = re.compile(r"说|介绍|表示|告诉|坦言|透露|指出|谈到")
FARTHEST_SAYING = 24
OWNED = re.compile(
    r"(?:内|区内|辖区)?的?(?:重点|龙头|骨干|链主|知名|主要)?"
    r"(?:企业|院校|学校|高校|成员单位|理事长单位|副理事长单位|牵头单位|会员单位|会员企业|单位)?“?"
)
FARTHEST_OWNED = 12
REPORTING_VERBS = wordset("据悉 获悉 显示 介绍 了解 截至 看 说 指出")
TOGETHER = re.compile(r"(?:[与和同跟及、]|携手|联合|联手)$")
BOTH = re.compile(r"双方|三方|两校|各方|四方|校企双方")
SPEAKER = re.compile(
    r"”\s?[^“”。！？]{0,30}?(?:说|介绍|表示|告诉|坦言|指出|谈到|透露|感慨|认为|称)"
)


class Bearers:
    """All bearers of a text in order, and the one that a place in it belongs to."""

    def __init__(
        self,
        text: str,
        words: Words,
        mentions: Sequence[Mention],
        here: Locality,
        sentences: Sentences,
    ) -> None:
        self._text = text
        self._words = words
        self._here = here
        self._sentences = sentences
        bodies = [Bearer(m.start, m.end, m.canonical, True, m.is_reference) for m in mentions]
        taken = Places((b.start, b.end) for b in bodies)
        unresolved = heads(text, words, taken)
        others = [
            *wholes(text, words, taken, here),
            *places(text, words, taken, here),
            *things(text, words, taken),
            *(Bearer(m.start, m.end, park_of(m.text, mentions), False, True) for m in unresolved),
        ]
        self.all = list(named(sorted(apart([*bodies, *others]), key=lambda b: b.start)))
        self._starts = [b.start for b in self.all]
        self.main = main_of(mentions, text)

    def of(self, place: int, end: int | None = None) -> str:
        """The bearer of the figure at ``place``: of its clause, its sentence, or carried on.

        ``end`` is where the number ends: 占地200亩的某园区 tells of the park behind it.
        """
        if end is not None and (owner := self._owner(place, end)):
            return owner
        sentence = self._sentences.sentence(place)
        if speaker := self._speaker(place):
            own = self._subject_of((self._sentences.clause(place)[0], place))
            return own or speaker
        clause = self._sentences.clause(place)
        spans: list[Span] = [
            (clause[0], place),
            *self._sentences.clauses_before(place, sentence[0]),
        ]
        for span in spans:
            if name := self._subject_of(span):
                return name
        before = self._sentences.sentence_before(place)
        steps = 0
        while before and steps < 3:
            if name := self._first_of(before):
                return name
            before, steps = self._sentences.sentence_before(before[0]), steps + 1
        return self.main

    def _owner(self, place: int, end: int) -> str:
        if not self._text.startswith("的", end):
            return ""
        clause = self._sentences.clause(place)
        if not ATTRIBUTE.search(self._text[clause[0] : place]):
            return ""
        behind = self._inside(end + 1, clause[1])
        return behind[0].name if behind and behind[0].start <= end + 2 else ""

    def _subject_of(self, span: Span) -> str:
        """The body or thing of a clause that stands where a subject stands, and those beside it."""
        inside = self._inside(*span)
        told = self._text[span[0] : span[1]]
        if BOTH.search(told) and (joint := self._joint_before(span[0])):
            return joint
        if headed := self._headed(inside, span):
            return headed
        for bearer in inside:
            if self._is_subject(bearer, span[0]):
                return "、".join(dict.fromkeys(b.name for b in self._beside(bearer, inside)))
        return ""

    def _headed(self, inside: Sequence[Bearer], span: Span) -> str:
        """What a clause leads up to: 开办的“工匠夜校”，… and 发起成立某共同体，…."""
        for bearer in inside:
            before = self._text[span[0] : bearer.start]
            after = self._text[bearer.end : span[1]]
            is_made = CLOSED.match(after) is not None and MADE.search(before) is not None
            is_made = is_made and not self._goes_on(span[1])
            is_made = is_made or UNVEILED.match(after) is not None
            is_head = before.endswith("的") and not MAIN_VERB.search(before)
            if is_made or (is_head and not COUNTED.match(after)):
                return "、".join(dict.fromkeys(b.name for b in self._beside(bearer, inside)))
        return ""

    def _goes_on(self, start: int) -> bool:
        """Whether the clause that begins here has no subject of its own."""
        if start >= len(self._text) or GOES_ON.match(self._text, start):
            return True
        if OF_THE_NEW.match(self._text, start):
            return False
        return self._words[self._words.covering(start)].tag in ("v", "d", "p")

    def _first_of(self, sentence: Span) -> str:
        """The subject of a whole sentence: that of the first clause that has one."""
        start = sentence[0]
        while start < sentence[1]:
            clause = self._sentences.clause(start)
            if name := self._subject_of(clause):
                return name
            start = max(clause[1], start + 1)
        return ""

    def _is_subject(self, bearer: Bearer, clause_start: int) -> bool:
        before = self._text[max(clause_start, bearer.start - 4) : bearer.start]
        is_object = OBJECT_BEFORE.search(before) or AND_BEFORE.search(before)
        if is_object or (before and self._is_acted_on(bearer)) or self.is_attribute(bearer):
            return False
        if PERSON.match(self._text, bearer.end):
            end = min(bearer.end + FARTHEST_SAYING, self._sentences.sentence(bearer.start)[1])
            return SAYS.search(self._text, bearer.end, end) is not None
        return bearer.is_body or self._stands_alone(bearer, before)

    def _stands_alone(self, bearer: Bearer, before: str) -> bool:
        """Places and things are subjects less often: not in 全市企业, 占全市, 某某的中心."""
        after = self._text[bearer.end : bearer.end + 4]
        if (before.endswith("的") and not bearer.is_reference) or COMPARISON.search(before):
            return False
        return COUNTED.match(after) is None and not after.startswith(("企业", "市民"))

    def is_attribute(self, bearer: Bearer) -> bool:
        """Whether it only tells where the next body belongs: 园区企业某公司, 集团成员单位某校."""
        found = next((b for b in self._starting(bearer.end + 1, bearer.end + FARTHEST_OWNED)), None)
        return (
            found is not None and OWNED.fullmatch(self._text, bearer.end, found.start) is not None
        )

    def _starting(self, start: int, end: int) -> Sequence[Bearer]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self.all[first:last]

    def _is_acted_on(self, bearer: Bearer) -> bool:
        """Whether a verb stands right before it: 吸引某公司."""
        index = self._words.ending_at(bearer.start)
        return (
            index is not None
            and self._words[index].tag == "v"
            and (self._words[index].text not in REPORTING_VERBS)
        )

    def _beside(self, first: Bearer, inside: Sequence[Bearer]) -> Iterator[Bearer]:
        """A、B和C are one subject together."""
        yield first
        end = first.end
        for bearer in inside:
            if bearer.start <= end:
                continue
            if not re.fullmatch(r"[、和及]|以及", self._text[end : bearer.start]):
                continue
            yield bearer
            end = bearer.end

    def _joint_before(self, place: int) -> str:
        """双方 are those named together last: A与B签约, A携手B."""
        start = self._sentences.sentence(place)[0]
        for _ in range(3):
            inside = [b for b in self._inside(start, place) if b.is_body]
            names = [b.name for n, b in enumerate(inside) if n == 0 or self._is_together(b)]
            if len(joint := list(dict.fromkeys(names))) >= 2:
                return "、".join(joint[:3])
            earlier = self._sentences.sentence_before(start)
            if not earlier:
                return ""
            start = earlier[0]
        return ""

    def _is_together(self, bearer: Bearer) -> bool:
        return TOGETHER.search(self._text[max(0, bearer.start - 3) : bearer.start]) is not None

    def _speaker(self, place: int) -> str:
        """In direct speech the body whose man is speaking."""
        opening = self._text.rfind("“", max(0, place - 300), place)
        if opening < 0 or "”" in self._text[opening:place] or "\n" in self._text[opening:place]:
            return ""
        closing = self._text.find("”", place, place + 400)
        if closing < 0 or closing - opening < 17:
            return ""
        found = SPEAKER.match(self._text, closing)
        inside = self._inside(closing, found.end()) if found else []
        told = [b for b in inside if b.is_body] or [b for b in inside if b.is_reference]
        if not told:
            return ""
        home = self._here.city or self._here.county
        is_office = home and OFFICIAL.search(told[0].name) is not None
        return home if is_office else told[0].name

    def _inside(self, start: int, end: int) -> list[Bearer]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [b for b in self.all[first:last] if b.end <= end]
