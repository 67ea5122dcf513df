"""Text without what nobody sees, and the apostrophe that guards an export against formulas."""

import re

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
DAMAGED = re.compile("\ufffd|锟斤拷|烫烫烫")
ODD_SPACES = re.compile("[\u00a0\u2007\u202f\u2028\u2029\x85]")

#: What a spreadsheet takes for the beginning of a formula (TAB and CR can only come before it).
FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
GUARDED = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def clean(text: str) -> str:
    """Drop invisible characters and outer spaces, unify line ends, take off one guard apostrophe.

    >>> clean(" \u200b望澜精密\u00a0"), clean("'=1+2"), clean("''=1+2"), clean("'tis")
    ('望澜精密', '=1+2', "'=1+2", "'tis")
    """
    if text.isalnum():
        return text
    text = INVISIBLE.sub("", ODD_SPACES.sub(" ", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[1:] if GUARDED.match(text) else text


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate; :func:`clean` takes it off.

    >>> guard("=HYPERLINK(1)"), guard("'=x"), guard("企业")
    ("'=HYPERLINK(1)", "''=x", '企业')
    """
    return "'" + text if FORMULA.match(text) else text


def guard_again(text: str) -> str:
    """Guard only what :func:`clean` would take an apostrophe from: for real text cells."""
    return "'" + text if GUARDED.match(text) else text


def masked(text: str) -> str:
    """Keep enough of a personal value to find it in one's own file.

    >>> masked("13800138000"), masked("张三"), masked("欧阳小明")
    ('138******00', '张*', '欧**明')
    """
    if len(text) > 8:
        return text[:3] + "*" * (len(text) - 5) + text[-2:]
    if len(text) > 2:
        return text[0] + "*" * (len(text) - 2) + text[-1]
    return text[:1] + "*" * (len(text) - 1)
