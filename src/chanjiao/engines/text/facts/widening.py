"""Narrow punctuation between Chinese characters read as wide, character for character."""

import re

NARROW = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
SEEN = r"\u4e00-\u9fff，。、；：！？“”‘’（）《》%％"
BESIDE = re.compile(rf"(?<=[{SEEN}])[,;:!?()]|[,;!?()](?=[{SEEN}])")

SURROGATES = re.compile("[\ud800-\udfff]")
# Nobody writes numbers or marks of such length; rules would walk them again and again.
ENDLESS = re.compile(
    r"[\d.,零〇一二两三四五六七八九十百千万亿]{60,}|([“”‘’（）()《》、\t ])\1{20,}"
)


def widened(text: str) -> str:
    """A text of the same length whose clauses end as the rules expect; digits keep their commas.

    >>> widened("吸纳企业98家,产值1,200万元(含税)")
    '吸纳企业98家，产值1,200万元（含税）'
    """
    text = SURROGATES.sub("\ufffd", text)
    text = ENDLESS.sub(lambda found: "\ufffd" * len(found[0]), text)
    return BESIDE.sub(lambda found: NARROW[found[0]], text)
