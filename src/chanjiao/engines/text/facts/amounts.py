"""Every quantity of a text: number, unit and how exactly it is meant, without its meaning yet."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from chanjiao.engines.text.facts import precision
from chanjiao.engines.text.facts.numerals import CHINESE, Number, number_at
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.quantity import Amount
from chanjiao.engines.text.facts.shares import fraction_at, shares, tenths_at
from chanjiao.engines.text.facts.traps import traps
from chanjiao.engines.text.facts.units import DURATIONS, Unit, unit_at

START = re.compile(rf"[\d{CHINESE}数几上]")
JOIN = re.compile(r"\s?(?:[-－—–~～至到]|——|到了)\s?")
FROM = re.compile(r"[由从自]\s?[^，。；]{0,8}$")
RATIO = re.compile(r"\s?[:：∶比]\s?")
RATIO_CUE = re.compile(r"比(?:例|值|重)?[^，。；]{0,8}$|比\d")
BIG = re.compile(
    r"大(?=[\u4e00-\u9fff])(?![学专类型小约多概会厅厦赛于道家奖师半数量幅力街桥片队户连一二三四楼院桶])"
)
ORDINAL_UNIT = re.compile(r"[批家个所位名座支例](?![校师])")
INDEX = re.compile(
    r"(?:率|指数|系数|比值|得分|评分|均值|满意度|绩点|比|数|量|值|额)"
    r"(?:已|均|仅|又)?(?:达到?|高达|为|是|约|升至|降至|提高到|[:：]|仅为|约为)\s?$"
)
CLOSED = re.compile(r"\s?(?:[，。、；！？,;）)\n]|$|[和与及])")
SHARES = frozenset({"倍", "番"})
LASTING = re.compile(
    r"(?:连续|历时|耗时|长达|持续|办学|工作|从业|试点|成立|建校|创办|提前|缩短|压缩|仅用|时长|工期"
    r"|学制|时间|期限|有效期|最快|周期|为期|服务期|合作期|聘期|任期)(?:了|至|到|已有|已|为)?[近约超达逾]?$"
)
SPAN_OF_TIME = re.compile(r"(?:以?来|之?内|间|之?后|以?前|里|期间|底|度|级|制|期|初|后|中)")
SORT_OF_FIRM = re.compile(
    r"(?:以上|以下|级)?(?:的)?(?:企业|项目|产业集群|产业(?!引导|基金|园|学院|投资|发展)|工业企业|级)"
)
CONDITION = re.compile(r"(?:以上|以下)(?:的|[\u4e00-\u9fff]{1,6}的)")
CONDITIONAL = re.compile(
    r"(?:对|凡|满|达到?|符合|吸纳|具有|具备|累计|拥有|连续|毕业|工作)[^，。；]{0,4}$"
)
# 实训中心一个，: behind the noun even one is counted.
ITEM_COUNTED = re.compile(
    r"(?:中心|基地|学院|学校|平台|项目|班|室|站|园|厂|车间|工作室|团队|专业|证书|奖|线|地|校|院|馆|所|堂|台|套)"
    r"一[个所家座处间条支项门套台][，。；、]?$"
)
ARTICLE_ALLOWED = re.compile(r"(?:仅|只|仅有|只有|不到|不足|共|和|、|及|各)$")


def amounts(text: str, barred: Places | None = None) -> list[Amount]:
    """Quantities in order of the text; none overlaps with another or with a trap.

    ``barred`` are further spans in which a number is part of a name.

    >>> [(int(a.value), a.unit) for a in amounts("“3+2”班有学徒两百余名，五金企业近3.2万家")]
    [(200, '名'), (32000, '家')]
    """
    closed = Places(traps(text))
    found = [*shares(text, closed)]
    taken = Places((one.start, one.end) for one in found)
    found += _plain(text, closed, taken)
    if barred:
        found = [one for one in found if barred.end_at(one.core) is None]
    widened = (precision.around(text, one) for one in sorted(found, key=lambda a: a.start))
    return list(_apart(widened))


def _apart(found: Iterator[Amount]) -> Iterator[Amount]:
    """Without those that begin inside the one before, and without mere conditions."""
    end = 0
    for amount in found:
        if amount.core >= end:
            yield replace(amount, start=max(amount.start, end))
            end = amount.end


def _plain(text: str, closed: Places, taken: Places) -> Iterator[Amount]:
    at = 0
    while begin := START.search(text, at):
        at = begin.start()
        if skip := closed.end_at(at) or taken.end_at(at):
            at = max(skip, at + 1)
            continue
        found = _at(text, at)
        if found is None:
            at = _past(text, at)
            continue
        at = max(found.end, at + 1)
        if not closed.touches(found.core, found.end) and not _is_condition(text, found):
            yield found


def _past(text: str, at: int) -> int:
    """Behind the numeral that begins here, so that its tail is not read as another number."""
    number = number_at(text, at)
    if number:
        return max(number.end, at + 1)
    run = re.compile(rf"[\d.,]+|[{CHINESE}]+").match(text, at)
    return max(run.end(), at + 1) if run else at + 1


def _at(text: str, at: int) -> Amount | None:
    number = number_at(text, at)
    if share := fraction_at(text, at) or tenths_at(text, at):
        return share
    if number is None:
        return None
    if text[max(0, at - 2) : at].rstrip().endswith("第"):
        return _ordinal(text, number)
    return _ratio(text, number) or _range(text, number) or _single(text, number)


def _ordinal(text: str, number: Number) -> Amount | None:
    found = ORDINAL_UNIT.match(text, number.end)
    start = text.rindex("第", 0, number.start)
    if not found or number.value != number.value.to_integral():
        return None
    return Amount(start, found.end(), start, number.value, found[0], "ordinal", None, True)


def _ratio(text: str, number: Number) -> Amount | None:
    """17.2:1 where the words before speak of a proportion; the value is the quotient."""
    sign = RATIO.match(text, number.end)
    other = number_at(text, sign.end()) if sign else None
    if not other or not other.value or number.upper or other.upper:
        return None
    if not RATIO_CUE.search(text[max(0, number.start - 12) : number.start]):
        return None
    value = (number.value / other.value).quantize(Decimal("0.0001")).normalize()
    return Amount(number.start, other.end, number.start, value, "", "exact", None, True)


def _range(text: str, number: Number) -> Amount | None:
    first = unit_at(text, number.end)
    sign = JOIN.match(text, first.end if first else number.end)
    if not sign or FROM.search(text[max(0, number.start - 10) : number.start]):
        return None
    other = number_at(text, sign.end())
    unit = unit_at(text, other.end) if other else None
    if not other or not unit or other.upper or (first and first.name != unit.name):
        return None
    low = number.value
    if not first and low < other.value and number.end - number.start < 4:
        low *= _same_magnitude(text, number, other)
    if not 0 <= low < other.value:
        return None
    return Amount(number.start, unit.end, number.start, low, unit.name, "range", other.value, False)


def _same_magnitude(text: str, low: Number, high: Number) -> int:
    """2至3万 means 2万 to 3万: the low end borrows the multiplier that only the high end has."""
    if re.search(r"[万亿]", text[low.start : low.end]):
        return 1
    tail = re.compile(r"[\d.]+\s?(万亿|亿|万)").match(text, high.start)
    return {"万": 10**4, "亿": 10**8, "万亿": 10**12}[tail[1]] if tail else 1


def _single(text: str, number: Number) -> Amount | None:
    unit = _unit(text, number)
    if unit is None:
        return None
    qualifier, upper = ("range", number.upper) if number.upper else ("exact", None)
    if number.is_over:
        qualifier = "over"
    return Amount(
        number.start,
        unit.end,
        number.start,
        number.value,
        unit.name,
        qualifier,  # type: ignore[arg-type]
        upper,
        number.is_written,
    )


def _unit(text: str, number: Number) -> Unit | None:
    unit = unit_at(text, number.end)
    is_short = number.is_written or number.end - number.start <= 2
    if unit is None and is_short and (big := BIG.match(text, number.end)):
        return Unit(number.end, big.end(), "个") if 1 < number.value < 100 else None
    if unit is None:
        return _none_needed(text, number)
    if (unit.name not in SHARES and _is_article(text, number)) or _is_bare_magnitude(text, number):
        return None
    if unit.name in DURATIONS and not _lasts(text, number, unit):
        return None
    return unit


def _none_needed(text: str, number: Number) -> Unit | None:
    """No unit: an index told as such, or a count in 万 that ends its clause."""
    if not CLOSED.match(text, number.end):
        return None
    before = text[max(0, number.start - 10) : number.start]
    is_counted = text[number.end - 1 : number.end] in "万亿余" and not number.is_written
    if (not number.is_written and INDEX.search(before)) or is_counted:
        return Unit(number.end, number.end, "")
    return None


def _is_article(text: str, number: Number) -> bool:
    """一项 is "a", not "one", except where somebody counts."""
    if not number.is_written or number.value != 1 or number.end - number.start != 1:
        return False
    if ARTICLE_ALLOWED.search(text[max(0, number.start - 3) : number.start]):
        return False
    return ITEM_COUNTED.search(text[max(0, number.start - 3) : number.end + 2]) is None


def _is_bare_magnitude(text: str, number: Number) -> bool:
    """百家 and 万名 count only with 近, 超, 上, 余 or the like."""
    written = text[number.start : number.end]
    if not number.is_written or number.is_over or not re.fullmatch(r"[百千万亿]+", written):
        return False
    return precision.before(text, number.start) is None and text[number.start - 1] != "达"


def _lasts(text: str, number: Number, unit: Unit) -> bool:
    """Whether a span of time is told for its length and not just to say when."""
    before = text[max(0, number.start - 6) : number.start]
    if LASTING.search(before):
        return True
    if unit.name in ("年", "个月", "周") or SPAN_OF_TIME.match(text, unit.end):
        return False
    return not number.is_written


def _is_condition(text: str, amount: Amount) -> bool:
    """10名以上学徒的企业 names a kind of company and counts nothing."""
    if "元" in amount.unit and SORT_OF_FIRM.match(text, amount.end):
        return True
    before = text[max(0, amount.start - 8) : amount.start]
    return bool(CONDITION.match(text, amount.end) and CONDITIONAL.search(before))
