"""A position's words made comparable: the key that finds it again, the terms that search it."""

import re
import unicodedata

from chanjiao.demand.choices import SkillDegree
from chanjiao.engines.taxonomy import same_key

LONGEST_KEY = 120
RUNS = re.compile(r"[a-z0-9+#.]+|[\u3400-\u9fff]+")
DASHES = re.compile(r"(?<=\d)-(?=\d)")  # a code is found with its dashes and without
SEPARATORS = re.compile(r"[、,，;；\n|]+")
DEGREED = re.compile(r"(.+?)[（(:：]\s*(\w+)\s*[）)]?$")
LONGEST_SKILL = 60
DEGREE_OF = {str(degree.label): degree.value for degree in SkillDegree} | {
    degree.value: degree.value for degree in SkillDegree
}


def key(text: str) -> str:
    """Full width, case and blanks make no difference between two titles.

    >>> key("ＣＮＣ 操作工") == key("cnc操作工")
    True
    """
    return same_key(text)[:LONGEST_KEY]


def terms(*texts: str) -> list[str]:
    """Words of Latin script whole, Chinese as pairs of characters and the last one alone.

    A prefix search over these terms finds any part of a Chinese name with an index, which
    neither database's own text search does for words of two characters.

    >>> terms("数控车工 CNC")
    ['数控', '控车', '车工', '工', 'cnc']
    """
    found: dict[str, None] = {}
    for text in texts:
        plain = DASHES.sub("", unicodedata.normalize("NFKC", text).casefold())
        for run in RUNS.findall(plain):
            if run[0] < "\u3400":
                found[run.strip(".")] = None
                continue
            for n in range(len(run) - 1):
                found[run[n : n + 2]] = None
            found[run[-1]] = None
    found.pop("", None)
    return list(found)


def asked_terms(text: str) -> list[str]:
    """What to look for: each term must begin some term of the row.

    >>> asked_terms("数控车")
    ['数控', '控车']
    """
    found: dict[str, None] = {}
    plain = DASHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    for run in RUNS.findall(plain):
        if run[0] < "\u3400" or len(run) == 1:
            found[run.strip(".")] = None
            continue
        for n in range(len(run) - 1):
            found[run[n : n + 2]] = None
    found.pop("", None)
    return list(found)


def skills_from(text: str) -> list[tuple[str, str]]:
    """Skills with degrees as people type them, each once, in their order.

    >>> skills_from("数控编程（熟练）、CAD；PLC:会用")
    [('数控编程', 'skilled'), ('CAD', 'able'), ('PLC', 'able')]
    """
    found: dict[str, str] = {}
    for part in SEPARATORS.split(text):
        name, degree = part.strip(), SkillDegree.ABLE.value
        match = DEGREED.match(name)
        if match and match[2] in DEGREE_OF:
            name, degree = match[1].strip(), DEGREE_OF[match[2]]
        if name:
            found.setdefault(name[:LONGEST_SKILL], degree)
    return list(found.items())


def skills_as_text(skills: list[tuple[str, str]]) -> str:
    """The inverse of :func:`skills_from`; the usual degree goes without saying."""
    return "、".join(
        name if degree == SkillDegree.ABLE else f"{name}（{SkillDegree(degree).label}）"
        for name, degree in skills
    )
