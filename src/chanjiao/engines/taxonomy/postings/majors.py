"""Majors that a posting asks for or prefers: lists before 专业 and after 专业要求."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon
from chanjiao.engines.taxonomy.postings.model import Major, Told

REACH: Final = 90
#: Longest stretch without a known name that can still be one.
LONGEST_UNKNOWN: Final = 14
LONGEST_PREFIX: Final = 4
PREFIX_RUN: Final = re.compile(r"[\u4e00-\u9fff]+$")
#: Words before which a list of majors can stand; before the levels only a group: 化工类本科.
ANCHOR: Final = re.compile(
    "专业|学科(?!竞赛|带头|建设|教)|科系|背景|毕业(?!典礼|论文|设计|证|院校|时间|年)|学位|学历(?!要求|证|:)|出身|本科|大专|专科|中专|硕士|优先"
)
AFTER_GROUP: Final = frozenset(["本科", "大专", "专科", "中专", "硕士", "优先"])
ANY: Final = re.compile(
    r"专业(?:要求)?[:]?\s?(?:均|都)?(?:不限|无要求|不做?要求|不作要求|不拘|无限制|没有要求|没要求)|不限专业|(?:无|没有)专业(?:限制|要求)"
    r"|不限(?:学历|性别|经验|年龄)[、,/和及]?专业|专业[、,/和及](?:经验|学历|性别|年龄|学校|院校)(?:均|都)?不限"
)
ANY_HINT: Final = re.compile("不限|无要求|没要求|没有要求|不做要求|不作要求|不拘|无限制|无专业|没有专业")
#: What may stand between a name and 专业: 机械(类)(等相关)(的)专业.
TAIL: Final = re.compile(
    r"(?:类|大类|系|学|等|及其?|或|和|与|其[他它]|相[关近似]|类似|的|方向|方面|领域|专业|[、,/\s()]|等等|以上|对口|理工|以及|或者|在读|任一|之一|任意|任何|不限于|有关)*"
)
GAP: Final = re.compile(
    r"(?:大?类|系|学院?|专业|等|相[关近]|方向|方面|毕业|领域|\s|\([^()]{0,14}\))*(?:[、,/;&+·|\-.\\]|\s|和|或|与|及|以及|或者|及其|抑或|包括|等)+(?:\s|相[关近]|其[他它]|如|大学|全日制|本科|是|①|②|或)*"
)
LABEL: Final = re.compile(
    r"(?:要求|名称|方向|背景|类别|需求|范围|条件|限制|需要|或技能|及要求)?\s?(?:[:为]|是(?!否)|有(?=:)|如下:?|\s(?=[\u4e00-\u9fff]))\s?(?:[\[(]?\s?(?:1[.、)]|要求|须为|限|是|须)?\s?)"
)
NOT_AFTER: Final = re.compile(
    r"\s?(?:的)?(?:技能|知识|素[养质]|能力|人才|团队|培训|技术(?!学校)|水平|性|化|人[员士]|理论|精神|服务|术语|英语|外语|[八四六]级|课|教[师学材练]"
    r"|文献|职称|证|资格|软件|工具|公司|机构|市场|认证|设备|报告|书籍|会议|问题|度|厂|眼光|态度|从事|方案|图纸|设计|施工|分包|意见|建议"
    r"|支持|咨询|杂志|期刊|论文|判断|敏感|技巧|功底|工程师|负责|分析|规范|标准|资料|翻译|医[师生]|委员|主任|形象|之间|间|协调|配合|工种|进行|级|测试|审计师|销售|顾问|群|带头|建设|运营|维修|岗|化妆|选手|摄影|运动|厨|讲师|考试|词汇|信息|用语|产品|类(?:图书|书)|平台|网站|社区|媒体|展会|展览|学习|操作|学会|沟通|解答|指导|管理(?!专业|类)|领域(?:内)?(?:的)?(?:知识|专家|发展|研究)|八)"
)
WISH_AFTER: Final = re.compile(r"(?:(?!经[验历]|证|技能)[^,。;\n!]){0,14}?(?:优先|尤佳|更佳|为佳|加分|者优|最好|更好)")
WISH_BEFORE: Final = re.compile(r"(?:最好(?:是|为|有)?|优先(?:考虑|录用)?)[^,。;\n]{0,3}$")
#: Words right before 专业 that name none: 本专业, 对口专业, 提供专业.
NO_NAME: Final = re.compile(
    r"(?:本|各|该|对口|所学|其[他它]|相[关近应]|不同|多|跨|主修?|非|精通|基础|等|有|同|更|很|最|较|提供|强|高|何|一[个项支]|[大中高]专|本科|学历|国家|热门|重点|骨干"
    r"|优势|特色|核心|任教|辅修|第[一二]|双|两个|几个|招生|招聘|需求|要求|开设|具备?|懂|掌握|学习|负责|做|让|以及?|进行|公司|我们|领域|部门|配合|之|与|具有|拥有|熟悉|及|或|和|的|个|类|些|岗位|团队|行业|良好|扎实|一流|资深|权威|丰富|考试|理工|上述|以上|下列|以下|任何|指定|应聘|报考|所选|对应|相符|适合|广泛|合格|知名|通过|严谨|更加|非常|十分|比较|足够|所需|医院|毕业)$"
)
GENERIC: Final = frozenset(["科学", "工程", "技术", "管理", "设计", "系统", "学科", "服务", "应用", "检测", "化", "控制", "理论"])
LEADING: Final = re.compile(
    r"^(?:.*(?:[:是为有]|要求|学历|以上|毕业于?|具[有备]|优先|相关|持有|熟悉|从事|招聘?|录用|主修|学习|接受|应届|专业|全日制|统招|本科|大专|硕士|博士|的|须|需|限|欢迎|及|或|和|与|等|其他?|之|一|懂|会|学|能|对|从|事|业|专|可|来自|就读|在读|录取|院校|大学|学院|研究|\d|[a-z.)]))?"
)
NAME_END: Final = re.compile(r"(?:学|工程|技术|科学|设计|管理|制造|语|工艺|营销|检测|与[^,、]{2,6}|类|化|维修|服务|养殖|教育|贸易|应用|加工|运营|经营|保护|鉴定|控制|系统)$")
LEVELS: Final = frozenset(["本科", "大专", "专科", "中专", "硕士", "博士", "研究生", "高中", "学历", "不限", "毕业", "以上", "应届", "及以上", "中技", "高职", "经验", "年龄", "性别"])
SPLIT: Final = re.compile(r"[、,/;|\n\s+]+|以及|或者|(?<=.{2})[和或及与](?=.{2})")
STRIP: Final = re.compile(r"^(?:[\d①-⑨]+[.、)]?|\(?\d?\)|专业(?:要求)?[:：]?|要求|如|限|全日制|本科|大专|中专|硕士|[:(])+|(?:等|相[关近]|类似|其[他它]|专业|优先|毕业(?:生)?|者|考虑|方向|均可|即可|的|[)。.]|学历|及以上|以上|本科|大专)+$")


class MajorEntry(NamedTuple):
    code: str
    name: str
    method: str


class _Item(NamedTuple):
    start: int
    end: int
    entry: MajorEntry | None


def major_lexicon(majors: CodeList, wordings: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]]) -> Lexicon[MajorEntry]:
    """Official names before the wordings of postings and the platform's own aliases.

    Of two majors with one name the one of the junior colleges stands, as postings mostly mean it.
    """
    def rank(code: str) -> tuple[bool, str]:
        return not "41" <= code[:2] <= "59", code

    pairs: list[tuple[str, MajorEntry]] = []
    for item in sorted(majors, key=lambda one: rank(one.code)):
        if item.valid_to is None:
            pairs.append((item.name, MajorEntry(item.code, item.name, "name")))
    for words, code in (*wordings, *aliases):
        found = majors.get(code)
        if found is not None or not code:
            pairs.append((words, MajorEntry(code, found.name if found else words, "alias")))
    return Lexicon(pairs)


class MajorReader:
    def __init__(self, lexicon: Lexicon[MajorEntry]) -> None:
        self.lexicon = lexicon

    def text(self, folded: str) -> tuple[list[Told], tuple[int, int] | None]:
        """Majors of free text in their order, and where it says that any will do."""
        if "专业" not in folded and "背景" not in folded and "毕业" not in folded and "学历" not in folded and "学位" not in folded and "学科" not in folded:
            return [], None
        any_ = ANY.search(folded) if "专业" in folded and ANY_HINT.search(folded) else None
        found: dict[int, Told] = {}
        for match in ANCHOR.finditer(folded):
            if match[0] in AFTER_GROUP and folded[match.start() - 1 : match.start()] not in ("类", "科"):
                continue
            for one in self._around(folded, match):
                if not any(each.start < one.end and one.start < each.end for each in found.values()):
                    found[one.start] = one
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
            text = folded[start:end]
            head = STRIP.match(text)
            if head and head.start() == 0:
                start += head.end()
            tail = re.search(STRIP.pattern.split("|(?:等", 1)[1].join(["(?:等", ""]), folded[start:end])
            if tail:
                end = start + tail.start()
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
            if label and not label[0].isspace() or (label and self._is_list_label(folded, match.start())):
                ahead = self._ahead(folded, label.end())
                if ahead:
                    return [_found(folded, one, _wishes(folded, one.end)) for one in ahead]
            if NOT_AFTER.match(folded, match.end()):
                return []
        items = self._before(folded, match.start(), needs_known=word != "专业")
        if not items:
            return []
        is_wish = bool(WISH_AFTER.match(folded, match.end())) or bool(WISH_BEFORE.search(folded, max(0, items[0].start - 10), items[0].start))
        return [_found(folded, one, is_wish) for one in items]

    def _is_list_label(self, folded: str, at: int) -> bool:
        return folded[max(0, at - 2) : at] in ("要求", "需求", "招聘", "所学", "所需", "招生")

    def _before(self, folded: str, at: int, *, needs_known: bool) -> list[_Item]:
        """The list that ends at a place, from left to right."""
        first = max(0, at - REACH)
        for stop in "。;\n!?":
            first = max(first, folded.rfind(stop, first, at) + 1)
        hits = self.lexicon.find(folded, first, at)
        if not hits or not TAIL.fullmatch(folded, hits[-1].end, at):
            unknown = None if needs_known else self._unknown(folded, first, at)
            if unknown is None:
                return []
            items = [unknown]
            hits = [hit for hit in hits if hit.end <= unknown.start]
        else:
            last = hits.pop()
            if needs_known and not _is_group(folded, last, at):
                return []
            items = [self._widened(folded, last, at)]
        while hits:
            hit = hits.pop()
            gap = folded[hit.end : items[0].start]
            if GAP.fullmatch(gap):
                items.insert(0, self._widened(folded, hit, items[0].start))
                continue
            between = _between(folded, hit.end, items[0].start)
            if between is None:
                break
            items[:0] = [self._widened(folded, hit, hit.end), between]
        return items

    def _ahead(self, folded: str, at: int) -> list[_Item]:
        """The list that begins at a place, from left to right."""
        end = min(len(folded), at + REACH * 2)
        for stop in "。;\n!?":
            where = folded.find(stop, at, end)
            end = where if where >= 0 else end
        items: list[_Item] = []
        position = at
        hits = self.lexicon.find(folded, at, end)
        for hit in hits:
            gap = folded[position : hit.start]
            if items and GAP.fullmatch(gap) or not items and len(gap) <= 3 and not gap.strip(" \"“”(:1.、②①"):
                items.append(self._widened(folded, hit, end))
            elif items and (between := _between(folded, position, hit.start)):
                items += [between, self._widened(folded, hit, end)]
            elif not items and len(gap) <= LONGEST_UNKNOWN and gap.endswith("、"):
                items += [_Item(at, hit.start - 1, None), self._widened(folded, hit, end)]
            else:
                break
            position = items[-1].end
        if not items:
            words = re.match(r"[\u4e00-\u9fff()]{2,14}(?=[,、;。\n\s]|等|$)", folded[at:end])
            if words and NAME_END.search(words[0]) and words[0] not in LEVELS:
                items = [_Item(at, at + words.end(), None)]
        return items

    def _widened(self, folded: str, hit: Hit[MajorEntry], limit: int) -> _Item:
        """机械 with 类 behind it is a group, and so is 自动化类."""
        end = hit.end
        entry = hit.entry
        if folded[end : end + 1] == "类" and end < max(limit, hit.end + 1) and folded[end - 1] != "类":
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
        if run is None or run.start() == first and first:
            return at
        lead = LEADING.match(run[0])
        return run.start() + (lead.end() if lead else 0)

    def _unknown(self, folded: str, first: int, at: int) -> _Item | None:
        """A name that no list knows, right before 专业."""
        tail = re.search(r"(?:等|相[关近]|类似|其[他它]|及|或|的|、|\s)*$", folded[first:at])
        end = first + tail.start() if tail else at
        begin = max((folded.rfind(mark, first, end) for mark in "、,/;:()[] \""), default=-1) + 1
        begin = max(begin, first, end - LONGEST_UNKNOWN)
        lead = LEADING.match(folded[begin:end])
        begin += lead.end() if lead else 0
        words = folded[begin:end]
        if words in GENERIC or not 2 <= len(words) <= LONGEST_UNKNOWN or NO_NAME.search(words) or not NAME_END.search(words):
            return None
        return _Item(begin, end, None)


def _is_group(folded: str, hit: Hit[MajorEntry], at: int) -> bool:
    """Before 毕业 or 背景 only a name that says what it is counts: 化工类, 中文系, 理工科."""
    words = folded[hit.start : hit.end]
    rest = folded[hit.end : at]
    return (
        words[-1] in "类科学" or rest[:1] in ("类", "系", "学") or "相关" in rest or hit.end - hit.start > 3
    )


def _between(folded: str, start: int, end: int) -> _Item | None:
    """An unknown name parted by 、 or / from known ones on both sides."""
    gap = folded[start:end]
    match = re.fullmatch(r"(?:类|学|等|专业)?[、/,]\s?([^、/,。;:()\s]{2,12}?)(?:类|专业)?[、/和或及与,]\s?", gap)
    if not match or match[1] in LEVELS or re.search(r"\d|年|以上|学历|经验|具|熟|优先|岗|要求|负责", match[1]):
        return None
    return _Item(start + match.start(1), start + match.end(1), None)


def _wishes(folded: str, end: int) -> bool:
    return bool(re.compile(r"[^。;\n]{0,40}?(?:专业)?(?:毕业)?(?:者|生)?优先").match(folded, end)) and "优先" in folded[end : end + 16]


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
    return Told(Major(words, kind, not is_wish), entry.code, item.start, item.end, entry.method, confidence, entry.name)


def _once(found: Iterable[Told]) -> list[Told]:
    """Each name once; asked for in one place is asked for."""
    held: dict[str, Told] = {}
    for one in found:
        words = one.value.words
        if words not in held:
            held[words] = one
        elif one.value.is_required and not held[words].value.is_required:
            held[words] = one
    return list(held.values())
