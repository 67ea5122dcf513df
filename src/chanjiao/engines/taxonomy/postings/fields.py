"""Single fields without a parser: what one cell says of schooling, experience or pay."""

from chanjiao.engines.taxonomy.postings.education import read_education
from chanjiao.engines.taxonomy.postings.experience import read_experience
from chanjiao.engines.taxonomy.postings.folding import fold
from chanjiao.engines.taxonomy.postings.model import Education, Experience, Wage
from chanjiao.engines.taxonomy.postings.wage import PayRules, read_wage


def education(text: str) -> Education | None:
    """The schooling that a cell asks for.

    >>> education("大专及以上").level
    2
    """
    told = read_education(fold(text), is_column=True)
    return told[0].value if told else None


def experience(text: str) -> Experience | None:
    """The experience that a cell asks for.

    >>> experience("3-5年")[:2]
    (3.0, 5.0)
    """
    told = read_experience(fold(text), is_column=True)
    return told[0].value if told else None


def wage(text: str, rules: PayRules) -> Wage | None:
    """The pay that a cell states, in yuan a month.

    >>> wage("8千-1.2万/月", PayRules(21.75, 8))[:2]
    (8000, 12000)
    """
    told = read_wage(fold(text), rules, is_column=True)
    return told[0].value if told else None
