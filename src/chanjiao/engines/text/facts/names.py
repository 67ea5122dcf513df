"""Names of organisations found by their endings, each from its first character to its last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rjieba import has_word

from chanjiao.engines.text.facts.model import Kind
from chanjiao.engines.text.facts.numerals import CHINESE
from chanjiao.engines.text.facts.suffixes import ENDING, HOLDS, KINDS, SORTS, WEAK
from chanjiao.engines.text.facts.wordlists import listed, wordset
from chanjiao.engines.text.facts.words import Word, Words, is_known

PROVINCES = listed(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国 国家
    全国 中共 中华 国网 华东 华北 华南 华中 西北 西南 东北 长三角 粤港澳 浙 苏
    """
)
PLACE = re.compile(
    rf"(?:{'|'.join(PROVINCES)})(?:省|市|自治区)?|[\u4e00-\u9fff]{{2,4}}?(?:省|市|县|镇|乡|街道)"
    r"|[\u4e00-\u9fff]{2}(?<![园校社地景辖城片库矿灾牧])区|[省市区县]"
)
NO_PLACES = wordset(
    """
    城市 新建 满意度 台套 大学城 新城 市区 城区 校区 社区 地区 片区 镇区 县域 市域 开元 全市
    全县 全区 全省 我市 我县 本市 超市 上市 都市 门市 省市 城镇 乡镇 村镇 力争 馆藏 东方
    """
)
PARK_HEADS = wordset(
    """
    园区 开发区 高新区 新区 经开区 产业园 学校 学院 公司 集团 街道 协会
    """
)
VENUES = re.compile(r"(?:会展|会议|展览|体育|文化|活动|游泳|购物|新闻|世博|国博|行政|党群)中心$")
NOUNS = re.compile(r"(?:n|vn|j|b|a$|an|ad$|l|i|s|g|vg|zg|eng|k|mq|o$|x$)")
NAME_VERBS = wordset(
    """
    制造 实践 实习 创新 创业 培训 就业 交通 运输 卫生 控股 联合 教育 合作 建设 发展 研究 检测
    投资 设计 加工 服务 管理 保障 监督 鉴定 指导 贸易 开放 护理 装备 通信 旅游 物流 装饰 印刷
    包装 纺织 供应 供电 养殖 种植 食品 化工 广播 出版 规划 城投 交投 融合 协同 研发 智造 铸造
    锻造 配套 示范 创投 餐饮 环保 节能 救援 体育 传媒 健康 比邻 远洋 捕捞 收入 安全 出入境 审计
    统计 招商 应急 退役 医疗 扶贫 消费 试验 实验 孵化 展示 信息 测试 检验 认证 测绘 勘察 联想
    腾飞 飞跃 腾达 开元 远大 创维 长城 维修 焊接 邮政 储蓄 保险 证券 担保 租赁 拍卖 招生 考试
    评价 促进 认定 资助
    """
)
NAME_WORDS = wordset(
    """
    现代 当代 未来 世纪 东 西 南 北 中 华 春天 金秋 今日 第一 第二 第三 第四 第五 第六 第七 第八
    第九 第十 仿真
    """
)
NOT_IN_NAMES = wordset(
    """
    记者 通讯员 负责人 主任 书记 校长 院长 市长 厂长 局长 处长 副 总经理 董事长 总监 代表 单位
    成员 专家 名单 大会 会议 仪式 活动 讯 网讯 本报 日前 近日 双方 三方 作为 包括 其中 全市 全省
    全国 我市 我省 我校 我院 本市 本省 本校 学生 教师 学员 毕业生 职工 员工 岗位 企业家 老板
    家长 资金 万元 亿元 平台 机制 模式 协议 项目 方案 意见 期间 以来 方面 问题 过程 情况 目标
    任务 力量 资源 需求 优势 一批 多家 多所 人士 学子 师生 青年 群众 居民 村民
    """
)
LEADS = wordset(
    """
    企业 公司 学校 院校 高校 单位 成员 国家级 省级 市级 县级 辖区 重点 龙头 骨干 大型 本科 高职
    中职 公办 民办 周边 相关 有关 项目 合作 共建 联合 入驻 知名 著名 当地 本地 行业 链主 上市
    民营 国有 专业 示范 特邀 主办 承办 协办 支持 指导 省 市 区 依托 牵头 携手 走进 头部 领军
    主管 组长 会长 主席 头 内 辖内 区内 市内 省内 国内 园区 基地 品牌 产教 融合 校企 地方
    知名企业
    """
)
BODIES = wordset(
    """
    企业 学校 院校 单位 高校 公司 部门 园区 机构 教师 学生
    """
)
MINISTRIES = wordset(
    """
    教育部 财政部 人社部 工信部 科技部 商务部 民政部 农业农村部 退役军人事务部 发改委 国务院
    国资委 住建部 交通运输部 卫健委 人力资源和社会保障部
    """
)
WEAK_STARTS = frozenset(["省", "市", "区", "县", "国家", "中国", "全国"])
INSIDE = re.compile(r"（([\u4e00-\u9fff]{2,6})）$|\(([\u4e00-\u9fff]{2,6})\)$")
OFFICE = re.compile(r"[局厅委部会府联校专高学]$|工会$|实训基地$|办公室$|中心$|处$|院$|公司$")
COUNTED = re.compile(r"[近超约]? ?(?:\d(?!\d{3}年)|[一二两三四五六七八九十]+[个家所])")
LINKING = frozenset({"联合", "合作", "携手", "牵手", "联手"})
NO_NAMES = wordset(
    """
    上市公司 股份公司 子公司 总公司 母公司 校中厂 厂中校 校中企 企中校 园中校
    """
)
TITLE = re.compile(
    r"副?(?:会长|理事长|秘书长|主席|校长|院长|主任|书记|局长|董事长|总经理|厂长|行长)"
)
PARTY = re.compile(r"(?:[市县区省]委|党工委)(?=副?书记|常委|秘书长|主要领导)")
HAN = re.compile(r"[\u4e00-\u9fff]+")
# 局, 部 and the like close a name only behind the business of an office: not 格局, 俱乐部, 展厅.
BUSINESS = re.compile(
    r"(?:教育|财政|民政|人社|社保|保障|科技|科学技术|商务|公安|司法|审计|统计|卫生|健康|卫健"
    r"|文旅|文化|旅游|体育|税务|交通|运输|水利|水务|农业|农村|林业|经信|工信|经贸|信息化|发改"
    r"|改革|发展|环保|环境|住建|建设|规划|"
    r"资源|监管|管理|应急|医保|招商|粮食|海洋|渔业|广电|新闻|出版|产权|邮政|烟草|气象|地震"
    r"|档案|信访|事务|服务|城管|执法|促进|数据|国资|军人|保密|统战|宣传|组织|网信|政法|外事"
    r"|侨务|成人教育|高教|职教|职成教|"
    r"就业|培训|建设|合作|人才|人事|外国专家|交流|质量|标准|科研|教务|学生|招生|总务|后勤"
    r"|党群|政策|法规|综合|产业|企业|工业|能源|经济|商业|金融|园林|城乡|市政|房产|消防|机要"
    r"|团|纪|市|省|县|区|机关|工)$"
)
SHORT_ENDINGS = frozenset("局厅委部司处")
LONGEST = 30
LONGEST_BEHIND_BRACKET = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name from ``start`` to ``end`` as it is written there."""

    start: int
    end: int
    text: str
    kind: Kind


def names(text: str, words: Words) -> list[Name]:
    """Names in order of the text; none lies inside another."""
    hits = {end: ending for ending, end in _endings(text, words)}
    found = [
        name for end, ending in hits.items() if (name := _name(text, words, end, ending, hits))
    ]
    return _outermost(_agreed(found))


def _endings(text: str, words: Words) -> Iterator[tuple[str, int]]:
    """Endings that close a word: 学院 in 产业学院 but not in 学院派; or stand before a title."""
    for found in PARTY.finditer(text):
        yield found[0], found.end()
    for found in ENDING.finditer(text):
        last = words.ending_at(found.end())
        if last is not None:
            if words[last].tag != "v":
                yield found[0], found.end()
        elif TITLE.match(text, found.end()) and len(found[0]) > 1:
            yield found[0], found.end()
        else:
            yield from _shorter(found, words)


def _shorter(found: re.Match[str], words: Words) -> Iterator[tuple[str, int]]:
    for cut in range(1, len(found[0]) - 1):
        part = found[0][:-cut]
        if part in KINDS and words.ending_at(found.end() - cut) is not None:
            yield part, found.end() - cut
            return


def _name(text: str, words: Words, end: int, ending: str, hits: dict[int, str]) -> Name | None:
    if ending in SHORT_ENDINGS and not BUSINESS.search(text[max(0, end - 6) : end - 1]):
        return None
    last = words.covering(end - 1)
    first = _leftmost(text, words, last, (end - len(ending), ending), hits)
    first = _trimmed(words, first, last, ending)
    start = words[first].start
    name = text[start:end]
    is_one = _is_proper(words[first : last + 1], ending) and 0 < len(name) <= LONGEST
    is_none = name in NO_NAMES or VENUES.search(name)
    if not is_one or is_none or name == ending or (ending in WEAK and COUNTED.match(text, end)):
        return None
    return Name(start, end, name, KINDS[ending])


def _leftmost(
    text: str, words: Words, last: int, ending: tuple[int, str], hits: dict[int, str]
) -> int:
    """Number of the first word that can belong to the name which ends with word ``last``."""
    ending_start, kind = ending[0], KINDS[ending[1]]
    index = last
    while index > 0 and words[index].start > ending_start:
        index -= 1
    while index > 0:
        word = words[index - 1]
        if words[last].end - word.start > LONGEST:
            break
        if word.text in ("）", ")") and (before := _before_bracket(text, words, word, last)):
            index = before
            continue
        earlier = hits.get(word.end)
        is_apart = earlier and (kind not in HOLDS[KINDS[earlier]] or words[index].text in LINKING)
        is_place = earlier == "街道" and kind == "park" and words[index].text not in LINKING
        if is_apart and not is_place and word.text not in SHORT_ENDINGS:
            break
        if not _may_stand(words, index - 1, kind, hits):
            break
        index -= 1
    return index


def _before_bracket(text: str, words: Words, bracket: Word, last: int) -> int | None:
    """The word that opens （临岫） in 安达汽车零部件（临岫）有限公司."""
    inside = INSIDE.search(text[max(0, bracket.end - 8) : bracket.end])
    if not inside or words[last].end - bracket.end > LONGEST_BEHIND_BRACKET:
        return None
    return words.covering(bracket.end - len(inside[0]))


def _may_stand(words: Words, index: int, kind: Kind, hits: dict[int, str]) -> bool:
    word = words[index]
    if word.text == "全国":
        return kind in ("other", "association")
    if word.text in NOT_IN_NAMES or word.tag == "x":
        return False
    if word.text in NAME_WORDS or word.text in NAME_VERBS:
        return True
    if word.text in ("和", "与"):
        return kind == "government" and _joins(words, index, hits)
    return word.tag != "c" and _is_name_word(words, index)


def _is_name_word(words: Words, index: int) -> bool:
    word, following = words[index], words[index + 1]
    if word.tag == "m":
        return re.fullmatch(r"[一二三四五六七八九十百千万]{1,3}", word.text) is not None
    is_guessed = word.tag in ("d", "v", "r", "t") and len(word.text) > 1
    if is_guessed and not has_word(word.text):
        return HAN.fullmatch(word.text) is not None
    if len(word.text) == len(following.text) == 1 and following.tag in ("ns", "nr", "nz"):
        return word.tag not in ("p", "c", "uj", "ul", "d")
    if word.tag == "v":
        return len(word.text) == 1 and index > 0 and words[index - 1].tag in ("ns", "nr")
    return NOUNS.match(word.tag) is not None


def _joins(words: Words, index: int, hits: dict[int, str]) -> bool:
    """Whether 和 stands inside the name of an office: 人力资源和社会保障局."""
    before, after = words[index - 1] if index else None, words[index + 1]
    if before is None or before.end in hits or PLACE.match(after.text):
        return False
    return before.tag.startswith(("n", "vn", "j")) and before.text not in BODIES


def _trimmed(words: Words, first: int, last: int, ending: str) -> int:
    """Without what only leads up to the name: its place begins it, common words don't."""
    for index in range(last, first, -1):
        before = words[first:index]
        if _is_place(words[index]) and not any(_is_place(w) or _is_rare(w) for w in before):
            first = index
            break
    whole = first
    while first < last and words[first].text in LEADS and not _begins_office(words, first, last):
        first += 1
    while first < last and words[first].tag in ("k", "c") and len(words[first].text) == 1:
        first += 1
    return first if _is_proper(words[first : last + 1], ending) else whole


def _begins_office(words: Words, first: int, last: int) -> bool:
    """市教育局 begins with its 市; 市域 and 市级 don't come here."""
    return words[first].text in WEAK_STARTS and OFFICE.search(words[last].text) is not None


def _is_place(word: Word) -> bool:
    if word.text in NO_PLACES or word.text in SORTS or word.text in NAME_VERBS:
        return False
    return (word.tag == "ns" and len(word.text) > 1) or bool(PLACE.fullmatch(word.text))


def _is_rare(word: Word) -> bool:
    """Part of somebody's own name rather than a common noun."""
    if word.text in SORTS or word.text in NAME_VERBS:
        return False
    if word.tag in ("nr", "nz", "nrt", "nrfg") or word.text in PROVINCES:
        return True
    is_guessed = len(word.text) > 1 and word.tag == "n" and not is_known(word.text)
    return is_guessed and word.text[0] not in CHINESE


def _is_proper(inside: list[Word], ending: str) -> bool:
    """Whether a name names one body and not a sort of bodies: not 技师学院, 合作企业, 产业园区."""
    own = "".join(w.text for w in inside if w.text not in SORTS and w.text not in KINDS)
    core = own.removesuffix(ending).removesuffix("有限").removesuffix("股份")
    core = "" if core in SORTS else core
    size = inside[-1].end - inside[0].start - len(ending)
    first = inside[0]
    if first.text in PARK_HEADS:
        return KINDS[ending] == "government" and size > len(first.text) - 1
    if first.text in WEAK_STARTS:
        return size >= 1 and OFFICE.search(inside[-1].text) is not None
    starts = _is_place(first) or _is_rare(first) or first.tag == "nt" or first.text in MINISTRIES
    if ending in WEAK:
        return starts and size >= 1 and (first.tag != "nt" or first.text in MINISTRIES)
    return len(core) >= 2 or (starts and size >= 2)


def _agreed(found: list[Name]) -> list[Name]:
    """Where the same name stands elsewhere with less in front of it, the shorter is the name."""
    texts = {name.text for name in found}
    agreed = []
    for name in found:
        for cut in range(1, len(name.text) - 4):
            shorter = name.text[cut:]
            if (
                shorter in texts
                and not PLACE.fullmatch(name.text[:cut])
                and cut <= 6
                and not PLACE.match(name.text)
            ):
                name = Name(name.start + cut, name.end, shorter, name.kind)
                break
        agreed.append(name)
    return agreed


def _outermost(found: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if kept and name.end <= kept[-1].end:
            continue
        if kept and name.start < kept[-1].end:
            longer = max(kept[-1], name, key=lambda n: n.end - n.start)
            kept[-1] = longer
            continue
        kept.append(name)
    return kept
