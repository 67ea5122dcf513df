"""What stands around a figure and tells whether it is the wage, a base, a trial's pay or no pay."""

import re
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.amounts import BASIS, SMALL, Amount

NOT_PAY: Final = (
    "另?增加|提成|补贴|补助|津贴|[餐房车话油饭差]补|绩效|奖金?|全勤|工龄|介绍费|押金|保证金"
    "|[^薪免]费|保险|社保"
    "|公积金|注册"
    "|资本|投资|产值|营业额|销售额|营收|资产|占地|面积|罚款|加班|红包|礼金|礼品|价值|造价|预算"
    "|业绩|目标"
    "|客单|补偿|租金|融资|市值|产量|年产|流水|订单|奖励|年货|旅游|过节|体检|返现|返费|入职满"
    "|餐标|金额"
    "|额度|价格|单价|均价|售价|员工|人数|粉丝|用户|日活|规模|电话|手机|微信|qq|身高|体重|年龄"
    "|面向|编号|邮编"
)
LABEL: Final = re.compile(
    r"(?P<intern>(?:实习|见习)(?:补贴|补助|津贴|工资|薪资|期?工资))"
    rf"|(?P<drop>{NOT_PAY})"
    r"|(?P<after>转正|正式|之后|以后|出师|熟练[^使用掌握操作运用应悉]{0,3}工|熟手|老手|定岗)"
    r"|(?P<trial>试用|学徒|前[一二三两\d]个?月|头[一二三两\d]?个月|首月|培训期|见习|考核期|实习)"
    r"|(?P<base>[底基]薪|基本工资|基本薪资|基础工资|固定工资|保底|无责|底资)"
    r"|(?P<total>薪资|薪酬|薪水|工资|待遇|收入|[年月日时周]薪|综合|到手|税前|税后|月入|年入"
    r"|报酬|薪金|酬劳"
    r"|月均|日结|薪|salary|pay)"
)
#: Which label wins among several before one figure.
ORDER: Final = ("after", "trial", "base", "intern", "total")
RANK: Final = {"after": 5, "total": 4, "far": 3.5, "intern": 3, "": 3, "trial": 2, "base": 2}
LEFT_PERIOD: Final = re.compile(
    r"(?:(年|月|日|天|周)(?:薪|均|平均|综合|总|度|纯|净|工资|收入|所得|入|结|可|能|拿|挣|约)"
    r"|(时)薪|(小时)工资?|(?:每|一)个?(年|月|日|天|小时|周|件|单)|(计时)工资|(日)结)"
    r"(?:[^\d,。;\n]{0,8})$|(?:8|10|11|12|八|十|十一|十二)个?小时()$"
)
LEFT_LOW: Final = re.compile(
    r"(?:不低于|不少于|至少|最低|保底|起薪|超过?|[超破]|高于|大于|>=?|≥)(?:工资|月薪"
    r"|薪资)?[:约为]?\s?$"
)
LEFT_HIGH: Final = re.compile(r"(?:最高|不超过|可达|高达|达到?|至多|最多|<=?|≤)[:约为可达]*\s?$")
RIGHT_BASE: Final = re.compile(
    r"\s?(?:元|块)?\s?(?:/月)?\s?(?:的)?\s?(?:无责|责任|固定)?(?:[底基]薪|保底|基本工资|底资)"
)
RIGHT_DROP: Final = re.compile(
    r"(?:元)?/?(?:月|年|天|次|人)?(?:的|左右的)?(?:生活|住房|租房|交通|高温|夜班|餐饮|用餐|岗位"
    r"|通讯|学历|技能|伙食|住宿|全勤|工龄|绩效|年终|推荐|介绍|入职|开门|激励|人才|技术|安家"
    r"|现金){0,2}"
    r"(?:补贴|补助|津贴|[餐房车话油饭]补|奖|押金|红包|费|礼金|餐标)(?!\s?[:为约]?\d)"
)
RIGHT_OTHER: Final = re.compile(
    r"\s?(?:余|多|几)?(?:行|代码|投资|人|名|位|岁|周岁|平|亩|㎡|m|吨|台|套|家|员工|[kmg]?[vw]\b"
    r"|kv|kw|公里"
    r"|米|度|°|℃|次|转"
    r"|号|栋|楼|层|室|字|班|小时|个|月|日|天|[%％‰]|条|项|分|级|期|届|强|辆|床|所|部|亿|年|倍"
    r"|周|寸|薪|时|点|[a-z]{2}"
    r"|美元|港币|美金|股|支|类|险|大|种|本|科|折|后|[:./-]\d|、\d)"
)
SENTENCE: Final = re.compile(r"[。;\n!?|]")
REACH: Final = 18


class Context(NamedTuple):
    """What the words beside a figure say: its label, and the period they tell."""

    label: str
    period: str
    is_low: bool
    is_high: bool
    is_base: bool


def context(folded: str, amount: Amount) -> Context | None:
    """The figure's surroundings; None where they say that it is no pay."""
    left = folded[max(0, amount.start - REACH) : amount.start]
    sentence = SENTENCE.split(left)[-1]
    near = sentence.rsplit(",", 1)[-1]
    labels = [match.lastgroup or "" for match in LABEL.finditer(near)]
    if labels and labels[-1] == "drop" and "intern" not in labels:
        return None
    in_yuan = folded[amount.end - 1] in "元块" or amount.period
    if not in_yuan and not (labels and amount.has_unit) and RIGHT_OTHER.match(folded, amount.end):
        return None
    if folded[amount.end - 1] != "+" and RIGHT_DROP.match(folded, amount.end):
        return None
    label = next((one for one in ORDER if one in labels), "")
    if not label and near != sentence:
        far = [match.lastgroup for match in LABEL.finditer(sentence)]
        label = "far" if "total" in far and far[-1] != "drop" else ""
    is_base = label == "base" or bool(RIGHT_BASE.match(folded, amount.end))
    if is_base and label in ("", "far", "total"):
        label = "base"
    return Context(
        label,
        _period(near, amount),
        bool(LEFT_LOW.search(near)),
        bool(LEFT_HIGH.search(near)),
        is_base,
    )


def _period(near: str, amount: Amount) -> str:
    if amount.period:
        return amount.period
    match = LEFT_PERIOD.search(near)
    if match is None:
        return ""
    word = next((group for group in match.groups() if group), "")
    if not word:
        return "day"  # 8小时160元
    if word == "计时":
        return "hour" if (amount.high or amount.low or 0) < SMALL else ""
    return BASIS.get(word, "piece")
