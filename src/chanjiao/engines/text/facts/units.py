"""What numbers are counted in, and what may not follow the unit if it is one: 期 but not 期间."""

import re
from dataclasses import dataclass

# Unit: characters that, standing right behind it, make it the start of another word.
MEASURES = {
    "人": "民币",
    "名": "牌列义单誉次额校",
    "位": "于置居列",
    "个": "",
    "家": "长乡庭居具政电禽门",
    "所": "有以谓在得述长属需示",
    "项": "",
    "条": "例",
    "件": "",
    "期": "间末望待货刊权",
    "批": "准复评发示改",
    "次": "元要序品数性会",
    "场": "地所景馆面",
    "组": "织建成合长团",
    "班": "组级车长子主",
    "支": "持撑出付部援",
    "届": "",
    "款": "项式",
    "种": "植子",
    "类": "别型似",
    "份": "额子",
    "套": "路",
    "台": "湾州阶账",
    "辆": "",
    "艘": "",
    "架": "构",
    "座": "谈",
    "栋": "",
    "幢": "",
    "间": "接隔",
    "处": "理于长分置级",
    "门": "类户店口",
    "部": "门分署委队长",
    "册": "",
    "本": "科校市地科土次",
    "篇": "",
    "张": "",
    "片": "区面",
    "户": "型籍口",
    "对": "一口接应于",
    "席": "",
    "轮": "换岗训",
    "枚": "",
    "只": "有能",
    "头": "部",
    "株": "",
    "例": "如外",
    "幅": "度",
    "趟": "",
    "桌": "",
    "遍": "",
    "步": "",
    "层": "次面级",
    "员": "工",
    "对口": "",
    "人次": "",
    "人日": "",
    "人天": "",
    "人月": "",
    "人时": "",
    "台套": "",
    "台（套）": "",
    "台(套)": "",
    "台/套": "",
    "套（台）": "",
    "批次": "",
    "场次": "",
    "班次": "",
    "项次": "",
    "家次": "",
    "点": "",
    "床": "",
    "张床位": "",
    "个人": "才员民体工信",
    "课时": "",
    "学时": "",
    "学分": "",
    "学期": "",
    "小时": "",
    "个小时": "",
    "分钟": "",
    "天": "然津台",
    "个工作日": "",
    "工作日": "",
    "周": "边围",
    "周年": "",
    "年": "",
    "个月": "",
    "岁": "",
    "米": "",
    "公里": "",
    "千米": "",
    "平方米": "",
    "平米": "",
    "㎡": "",
    "平方公里": "",
    "立方米": "",
    "亩": "均",
    "公顷": "",
    "吨": "",
    "公斤": "",
    "千克": "",
    "千瓦": "",
    "千瓦时": "",
    "兆瓦": "",
    "标箱": "",
    "标准箱": "",
    "字": "",
    "元": "旦素宇件",
    "块钱": "",
    "美元": "",
    "欧元": "",
    "港元": "",
    "日元": "",
    "英镑": "",
    "倍": "",
    "番": "",
    "分": "别之钟析校院公支布成离区级类为",
}
SPELLINGS = {
    "人民币": "元",
    "块钱": "元",
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "个人": "人",
    "个小时": "小时",
    "％": "%",
    "台(套)": "台（套）",
    "个工作日": "工作日",
    "张床位": "张",
    "百分点": "个百分点",
}
LATIN = ("MW", "kW", "KW", "GW", "kWh", "km", "GB", "TB", "PB", "kg", "mm", "nm", "m²", "cm", "MB")
DURATIONS = frozenset({"年", "个月", "天", "周", "小时", "分钟", "工作日"})
PER = (
    r"(?:/(?:人·?(?:月|年|天)|月|年|人|天|日|平方米|亩|吨|小时|课时|台|生)"
    r"|每(?:人|月|年|亩|平方米))?"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit from ``start`` to ``end``, in its usual spelling."""

    start: int
    end: int
    name: str


def _pattern() -> re.Pattern[str]:
    parts = [r"[套间个件台家人项门名](?:（[套间个件台次项组家]）|\([套间个件台次项组家]\))"]
    for unit in sorted(MEASURES, key=len, reverse=True):
        barred = MEASURES[unit]
        parts.append(re.escape(unit) + (f"(?![{barred}])" if barred else ""))
    money = rf"(?:美元|欧元|港元|日元|元|块钱)(?![旦素宇件]){PER}"
    latin = "|".join(re.escape(one) for one in sorted(LATIN, key=len, reverse=True))
    return re.compile(
        rf"\s?(?:(?P<share>[%％‰])|(?P<point>个?百分点)|(?P<money>{money})"
        rf"|(?P<measure>{'|'.join(parts)})|(?P<latin>(?:{latin})(?![A-Za-z0-9])))"
    )


UNIT = _pattern()


def unit_at(text: str, at: int) -> Unit | None:
    """The unit that begins here, longest first.

    >>> unit_at("人次。", 0).name, unit_at("期间", 0), unit_at("万元/月", 1).name
    ('人次', None, '元/月')
    """
    found = UNIT.match(text, at)
    if not found:
        return None
    name = found[0].strip()
    if found["money"]:
        name = name.replace("块钱", "元").replace("每", "/")
    name = name.replace("(", "（").replace(")", "）")
    return Unit(at, found.end(), SPELLINGS.get(name, name))
