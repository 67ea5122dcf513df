"""Invented names and numbers that look right and belong to nobody.

Credit codes carry a division code that does not exist (990000), persons are numbered and have no
telephone: every number that a sheet accepts may be somebody's.
"""

from collections.abc import Iterator
from random import Random

from chanjiao.engines.tabular.identifiers import identity_check_character, uscc_check_character

FIRST = "澄恒锐泓钧昊朗骏晟铭启瀚越屹铂辰翎腾岳沐睿旭凯凌远卓汇盈朔拓"
SECOND = "海川途原峰禾宇洋科达岸峦帆图界程域野潮石澜歌舟霆庭"
TAILS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "科技有限公司")
NO_SUCH_DIVISION = "990000"
KIND_DIGITS = {"company": "91", "school": "12", "public": "11", "other": "52"}


def credit_code(number: int, kind: str = "company") -> str:
    """A unified social credit code with a right check character and an impossible division."""
    body = f"{KIND_DIGITS[kind]}{NO_SUCH_DIVISION}{number:09d}"
    return body + uscc_check_character(body)


def identity_number(number: int, born: str) -> str:
    """An identity number with a right check digit; ``born`` is YYYYMMDD, the division is none."""
    body = f"{NO_SUCH_DIVISION}{born}{number % 1000:03d}"
    return body + identity_check_character(body)


def company_names(random: Random, prefixes: list[str], word_of: list[str]) -> Iterator[str]:
    """Endless names 'place + brand + trade + form', each once."""
    seen: set[str] = set()
    while True:
        brand = random.choice(FIRST) + random.choice(SECOND)
        name = random.choice(prefixes) + brand + random.choice(word_of) + random.choice(TAILS)
        if brand not in seen:
            seen.add(brand)
            yield name
