"""Numbers that are no quantities: names, dates, codes, slogans. What stands there is no fact."""

import re
from collections.abc import Iterator

CN = "零〇一二两三四五六七八九十百"
N = rf"[\d{CN}]"
HAN = "[\u4e00-\u9fff]"
YEAR = r"(?:19|20)\d{2}"
DASH = r"\s?[—\-–~～至到]{1,2}\s?"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.MULTILINE)


DATES = _any(
    rf"(?<!\d){YEAR}\s?年?{DASH}(?:{YEAR}|\d{{2}}(?![\d%]))\s?(?:学年度?|年度?)",
    rf"(?<!\d){YEAR}{DASH}{YEAR}(?!\d)",
    rf"(?<!\d){YEAR}\s?年度?(?:\s?\d{{1,2}}\s?月份?(?:\s?\d{{1,2}}\s?日)?)?",
    rf"(?<!\d){YEAR}\s?[级届]",
    rf"(?<!\d){YEAR}([-/.])(?:0?[1-9]|1[0-2])(?:\1(?:[012]?\d|3[01]))?(?!\d)",
    rf"[一二][〇零○九]{N}{{2}}年(?:[{CN}]{{1,3}}月)?(?:[{CN}]{{1,3}}日)?",
    r"(?<![\d.])(?:0?[1-9]|1[0-2])(?:\s?月)?(?:"
    r"(?:份|底|初|末)?\s?[—\-–~～至到、]\s?(?:0?[1-9]|1[0-2])\s?月份?|(?<=月)\s?(?:[012]?\d"
    r"|3[01])\s?日"
    r"(?:\s?[—\-–~～至到、]\s?(?:\d{1,2}\s?月)?\s?\d{1,2}\s?日)?|(?<=月))",
    rf"(?<![\d{CN}个])(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|[{CN}]{{1,3}}日)?",
    r"(?<![\d.])(?:[12]?\d|3[01])\s?日(?!均)(?:\s?[—\-–~～至到、]\s?\d{1,2}\s?日)?",
    rf"(?:\d{{2}}|[{CN}]{{2,3}})世纪|(?:19|20)?\d0年代|[{CN}]{{2}}年代",
)
CLOCK = _any(
    r"(?<!\d)\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)",
    r"(?<![\d.])(?:[01]?\d|2[0-4])[点时](?:半|整|许|左右|钟"
    r"|[0-5]?\d分?)?(?=[，。、；,前后起至到—-]|$|[^对建子赞击滴])"
    r"(?<!人时)",
    rf"(?:上午|下午|晚上?|早上?|凌晨|中午)[{CN}\d]+[点时]半?",
)
CODES = _any(
    r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    rf"[〔\[【（(]\s?{YEAR}\s?年?度?\s?[〕\]】）)](?:\s?第?\s?\d+\s?号)?",
    r"ICP\s?[备证]?\s?\d+\s?号?(?:-\d+)?|公网安备\s?\d+\s?号?",
    r"(?<!\d)0\d{2,3}\s?[-—]\s?\d{7,8}(?:-\d{1,5})?(?!\d)|(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)",
    r"(?<!\d)1[3-9]\d{9}(?!\d)",
    r"(?:热线|电话|致电|拨打|QQ群?|微信号?|邮编|传真|密码)\s?[:：]?\s?\d[\d-]+",
    r"(?:编号|代码|证号|文号|学号|账号|票号|批号)\s?[:：为]?\s?[A-Za-z0-9〔〕\[\]()（）-]+号?",
    r"(?<![A-Za-z0-9])[A-Za-z]{1,20}[-—]?\d[A-Za-z\d.+-]*",
    r"(?<![\d.])\d+(?:\.\d+)?(?!(?:MW|[kK]Wh?|GW|km|GB|TB|PB|MB|kg|[mcn]?m)(?![A-Za-z0-9]))"
    r"[A-Za-z][A-Za-z0-9-]*",
    r"(?<![\dA-Za-z.])[\dA-Za-zXN](?:\.\d)?(?:\s?[+＋]\s?[\dA-Za-z](?:\.\d)?){1,4}(?![\d.%％])",
    r"(?<![\d.])\d+(?:\.\d+){2,}(?!\d)",
    r"(?<!\d)\d{19,}",
)
NAMED = _any(
    rf"(?:第\s?)?(?:(?<!\d)\d+|[{CN}]+)\s?(?:号|＃|#)",
    rf"(?<![\d.])(?:\d+|[{CN}]+)(?:弄|单元)|[{CN}]+楼(?!宇)|(?<!\d)\d{{1,2}}楼",
    rf"{N}+\s?强(?![化调度])|{N}+佳(?!绩)",
    rf"(?<![{CN}\d.])新?{N}{{1,2}}(?:轴|级|年级|维|相|线|星|代(?!培)|次元|缸|分钟工作法)(?!台阶)",
    rf"第\s?(?:\d+|[{CN}]+)\s?(?![\d{CN}批家个所位名座支例])",
    rf"[{CN}]+届[{CN}\d]*(?:次|中全会|人大|政协)|[{CN}]+届理事",
    rf"(?<![{CN}\d])[{CN}\d]期(?=项目|工程|建设|厂房|投资|投产|用地|规划|校区|“|改扩)",
    rf"(?<=项目|工程|校区|厂房)[{CN}\d]期",
    r"党的[一二]十[一-九]?大|[一二]十[一二三四五六七八九]?大(?=报告|精神|以来|召开|代表|会议)"
    r"|“?十[三四五六]五”?",
    rf"(?<![\d.])(?:\d+|[{CN}]+)(?:周岁|岁)(?:及?以[上下内])",
    rf"(?<![\d.])(?:\d+|[{CN}]+)年及?以上(?={HAN}{{0,6}}(?:经历|经验|工龄|年限))",
    r"(?<![\d.])[1-5]\.0(?=版|时代|模式|[”）]|$)|版本\s?\d[\d.]*",
    r"(?<![\d.])(?:211|985|110|120|119|863|973)(?![\d.万亿余多,%]|\s?[人名家个所项元])",
)
# Only sayings with a unit in them: 一 before a unit is an article and counts nothing anyway.
SAYINGS = _any(
    r"(?:两个|三个|四个|五个|八个|六个|九个)(?:维护|确立|毫不动摇|意识|自信|全面|代表|坚持"
    r"|必须|务必|一批|结合|面向|走出)",
    r"[三五]位一体|八项规定|三会一课|三全育人|三支一扶|三步走|两条腿|百家争鸣|千家万户"
    r"|三头六臂|十分(?!之)|万分(?!之)",
    r"百分百|两不误|三部曲|三件套|四件套|三项制度改革|三位数|[两三]点一线|[七八]个小矮人"
    r"|两张皮|两步走|四张清单",
)
NAME_QUOTE = re.compile(
    r"[“‘]([^“”‘’，。；！？\n]{1,16})[”’]|《[^《》\n]{1,80}》|「([^「」\n]{1,16})」"
)
HAS_NUMBER = re.compile(rf"[\d{CN}千万]")
BARE_NUMBER = re.compile(rf"[\d.,]+\s?(?:[%％]|[万亿]?{HAN}{{1,2}})?")
LISTED = _any(
    rf"^[ \t\u3000]*(?:[（(]\s?{N}+\s?[）)]|{N}+[、．]|\d+\.(?!\d)|第{N}+[章节条部]"
    rf"|\d+(?:\.\d+)+(?=[ \u3000]|{HAN})|\d{{1,2}}[ \u3000]+(?={HAN}))",
    rf"(?<=[。；：，])\s?(?:[（(]\s?{N}+\s?[）)]|{N}+是|{N}、)",
)


def traps(text: str) -> list[tuple[int, int]]:
    """Spans in which a number is a name, a date, a code or a figure of speech, in order."""
    return sorted(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (DATES, CLOCK, CODES, NAMED, SAYINGS, LISTED):
        yield from (found.span() for found in pattern.finditer(text))
    for found in NAME_QUOTE.finditer(text):
        inside = found[1] or found[2]
        if HAS_NUMBER.search(found[0]) and not (inside and BARE_NUMBER.fullmatch(inside)):
            yield found.span()
