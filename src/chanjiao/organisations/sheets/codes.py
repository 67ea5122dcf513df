"""Checkers of code columns that also work where no database is."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError

from chanjiao.engines.tabular import Problem
from chanjiao.organisations.models import Area
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_checker, code_list, is_database_there
from chanjiao.standards.packaged import streets

Check = Callable[[str], str | Problem]
LEAF = 4


def industry_checker() -> Check:
    """A class of GB/T 4754 is wanted; a group above it is taken with a warning."""
    check, found = code_checker(System.INDUSTRY), code_list(System.INDUSTRY)

    def checked(text: str) -> str | Problem:
        code = check(text)
        if not isinstance(code, str) or found[code].level >= LEAF or not found.children(code):
            return code
        return Problem(
            "industry", "not_a_class", f"“{text}”（{found[code].name}）不是小类。",
            f"“{text}” ({found[code].name}) is not a class of four digits.",
            "可以导入；填写四位小类代码后，缺口才能算到小类。",
            "It can be imported; give the class, and gaps reach down to it.",
            warning=True, value=code,
        )  # fmt: skip

    return checked


def region_checker() -> Check:
    """A code of GB/T 2260, of a street (9 or 12 digits), or of one of the region's own areas."""
    check = code_checker(System.REGION)
    own = _own_areas()

    def checked(text: str) -> str | Problem:
        code = text.strip()
        if code in own or code[:9] in (_street_codes() if len(code) in (9, 12) else ()):
            return code
        return check(text)

    return checked


def _own_areas() -> frozenset[str]:
    if not is_database_there():
        return frozenset()
    try:
        return frozenset(Area.objects.values_list("code", flat=True))
    except DatabaseError:
        return frozenset()


@cache
def _street_codes() -> frozenset[str]:
    return frozenset(code for code, _name, _county in streets())
