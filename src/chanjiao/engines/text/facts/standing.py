"""Whether a clause tells what is or what is meant to be."""

import re

from chanjiao.engines.text.facts.model import Status
from chanjiao.engines.text.facts.periods import Period
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.sentences import Sentences, Span
from chanjiao.engines.text.facts.wordlists import listed

PLAN_NAMES = listed(
    "双高 行动 培养 发展 建设 教学 工作 提升 倍增 工程 国家 人才 专项 原 资助 战略 研究 实施 振兴"
    " 训练 按照 按 超额完成 完成 招生 强基 领航 卓越 筑基 攀登 培育 引才 扶持"
)
PLANNED = re.compile(
    r"预计|预期|重点任务(?=包括|为|有|：)|有望|力争|争取|(?<![虚模])拟(?![人定态])|打算|即将|旨在|致力于"
    r"|(?:总体|主要|发展|年度)?目标(?:是|为|：)|下一步|接下来|今后|(?:建成|投产|投用|达产|完工)后"
    rf"|{''.join(f'(?<!{name})' for name in PLAN_NAMES)}计划(?![、。”》的书表外内单任目数总完])"
    r"|规划(?=[招建设用投总新引培面到至])|(?<![学社])未来(?![学之型])"
    r"|要(?=[新再力建培引到做把争])"
    r"|(?<![即])将(?=[会为达建新培投每组引继共携联围充通面举开招把使让形提从再向进成设推有以用实给"
    r"筹奖兴资援编制订努对加全与同由超可突逐持分聚依坚深启打于在不牵签升扩优迎采选派送授落完聘赴出构强搭拓探发"
    r"\d一二三四五六七八九十])"
)
NOT_PLANNED = re.compile(
    r"将[近军士领才]|将其|将这|将[^，。；]{0,12}(?:了|作为|列为|列入|变成|融入|转化为)"
)
DONE = re.compile(
    r"已(?!有望)|目前|现有|截[至止]|累计(?!将)|实际|实有|了(?=[\d一二两三四五六七八九十近约超]|[，。；])"
    r"|完成了|实现了|达到了|共有|去年|(?<!投产|建成)以来|获批|荣获|先后"
)


class Standing:
    """Tells plans from facts in one text; whole clauses are judged once."""

    def __init__(self, sentences: Sentences, when: Ordered[Period]) -> None:
        self._sentences = sentences
        self._when = when
        self._judged: dict[Span, Status | None] = {}

    def at(self, place: int) -> Status:
        """Planned where the clause, or one before it in the sentence that still holds, says so."""
        clause = self._sentences.clause(place)
        if told := self._judge((clause[0], place)):
            return told
        for span in self._sentences.clauses_before(place, self._sentences.sentence(place)[0]):
            if self._sentences.text[span[1] - 1] == "；":
                break
            if span not in self._judged:
                self._judged[span] = self._judge(span)
            if told := self._judged[span]:
                return told
        return "actual"

    def _judge(self, span: Span) -> Status | None:
        """What these words by themselves say: of what is to come, of what is, or nothing."""
        told = self._sentences.text[span[0] : span[1]]
        if any(period.is_future for period in self._when.starting(*span)):
            return "planned"
        cues = [f for f in PLANNED.finditer(told) if not NOT_PLANNED.match(told, f.start())]
        done = [found.end() for found in DONE.finditer(told)]
        if cues and (not done or done[-1] < cues[-1].end()):
            return "planned"
        return "actual" if done else None
