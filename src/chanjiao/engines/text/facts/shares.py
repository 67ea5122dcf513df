"""Shares and ranks that are told in words: 过半、三分之二、每10个中有1个、全省前三."""

import re
from collections.abc import Iterator
from decimal import Decimal

from chanjiao.engines.text.facts.model import Qualifier
from chanjiao.engines.text.facts.numerals import CHINESE, number_at
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.quantity import Amount

HALF = re.compile(
    r"(?P<over>过半数?|超一?半|超过一半|超半数|大半)|(?P<at_least>一半以上|半数以上)"
    r"|(?P<nearly>近一?半|将近一半)|(?P<at_most>不到一半|不足一半"
    r"|不及[\u4e00-\u9fff]{0,6}的一半)|(?P<exact>一半|半数)"
)
NOT_HALF = re.compile(r"(?:径|导体|成品|自动|年|天|月|小时|个|圆|球)")
FRACTION = re.compile(r"分之")
SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,3})(?![\d/.])(?=[，。；、以左多强弱的]|$)")
TENTHS = re.compile(
    r"成(?P<more>半|[一二三四五六七八九])?(?![立为员功果长效就本熟品绩套都衣语因型交家人])"
)
RANK_VERB = r"(?:居|列|占据|排名?|排在|位次|名次|夺得|获得?|稳居|跻身|进入)[^，。；\d]{0,10}?"
RANK_PLACE = r"(?:全[省市国区县球]|世界|国内|省内|市内|同类(?:院校|高校)?)"
RANK = re.compile(
    rf"(?:{RANK_VERB}|{RANK_PLACE})(?P<first>第|前)\s?(?P<number>\d{{1,3}}"
    rf"|[一二三四五六七八九十]{{1,3}})"
    rf"(?P<unit>[位名])?(?![{CHINESE}\d次届期批家个所支条年月产线课方只款步季章])"
)
ONE_IN = re.compile(r"每(?=[\d一二三四五六七八九十百千万])")
ONE_IN_REST = re.compile(
    r"(?:[^，。；\d]{0,12}?(?:中|里)(?:就|便|约|至少|会)?|[人名个位家]{1,2}(?:就|便|约|至少|会))有(?=[\d一二三四五六七八九十])"
)
PLACES = Decimal("0.01")


def shares(text: str, barred: Places) -> Iterator[Amount]:
    """Halves, one in so many, and ranks; in any order, they may overlap with plain amounts."""
    for found in HALF.finditer(text):
        if not barred.touches(*found.span()) and not NOT_HALF.match(text, found.end()):
            kind: Qualifier = found.lastgroup or "exact"  # type: ignore[assignment]
            yield Amount(
                found.start(),
                found.end(),
                found.start(),
                Decimal(50),
                "%",
                kind,
                None,
                True,
            )
    for found in RANK.finditer(text):
        if barred.end_at(found.start("number")) is None or found["first"] == "第":
            yield from _rank(text, found)
    for found in ONE_IN.finditer(text):
        yield from _one_in(text, found.start())


def _rank(text: str, found: re.Match[str]) -> Iterator[Amount]:
    number = number_at(text, found.start("number"))
    if number and number.upper is None and number.value < 1000:
        start = found.start("first")
        yield Amount(start, found.end(), start, number.value, "位", "ordinal", None, True)


def _one_in(text: str, start: int) -> Iterator[Amount]:
    whole = number_at(text, start + 1)
    rest = whole and ONE_IN_REST.match(text, whole.end)
    part = rest and number_at(text, rest.end())
    if whole and part and 0 < part.value < whole.value:
        unit = re.compile(r"[人个名家位所成]?人?").match(text, part.end)
        end = unit.end() if unit else part.end
        yield Amount(start, end, start, _percent(part.value, whole.value), "%", "exact", None, True)


def fraction_at(text: str, at: int) -> Amount | None:
    """百分之九十五, 三分之二: a share in per cent that begins here."""
    slashed = SLASHED.match(text, at)
    if slashed and 0 < int(slashed[1]) < int(slashed[2]) and not text[at - 1 : at].isascii():
        value = _percent(Decimal(slashed[1]), Decimal(slashed[2]))
        return Amount(at, slashed.end(), at, value, "%", "exact", None, True)
    below = re.compile(rf"[{CHINESE}]{{1,2}}(?=分之)").match(text, at)
    if not below:
        return None
    whole = number_at(below[0], 0)
    part = number_at(text, below.end() + 2)
    if text.startswith("分之百", below.end()):
        return Amount(at, below.end() + 3, at, Decimal(100), "%", "exact", None, True)
    if not whole or not part or not whole.value:
        return None
    value, end = part.value, part.end
    if text[end : end + 1] == "点" and (
        tail := re.compile(r"[零〇一二三四五六七八九]+").match(text, end + 1)
    ):
        digits = "".join(str("零一二三四五六七八九".index(c.replace("〇", "零"))) for c in tail[0])
        value, end = Decimal(f"{value}.{digits}"), tail.end()
    return Amount(at, end, at, _percent(value, whole.value), "%", "exact", None, True)


def tenths_at(text: str, at: int) -> Amount | None:
    """七成, 三成五: a share in per cent that begins here."""
    number = number_at(text, at)
    if not number or number.value > 10 or number.is_over:
        return None
    found = TENTHS.match(text, number.end)
    if not found or text.startswith("成人", number.end):
        return None
    more = {None: 0, "半": 5}.get(found["more"])
    if more is None:
        more = "零一二三四五六七八九".index(found["more"])
    value = number.value * 10 + more
    upper = number.upper * 10 if number.upper else None
    return Amount(at, found.end(), at, value, "%", "range" if upper else "exact", upper, True)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    value = (part * 100 / whole).quantize(PLACES)
    return value.to_integral() if value == value.to_integral() else value
