"""The unified social credit code of GB 32100: what may be wrong with one, in a sentence."""

import re

from django.utils.translation import gettext as _

from chanjiao.engines.tabular import uscc_check_character

LENGTH = 18
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_IDLE = re.compile(r"[\s-]")


def plain_credit_code(text: str) -> str:
    """Upper case without the spaces and dashes that people type."""
    return _IDLE.sub("", text).upper()


def credit_code_fault(code: str) -> str | None:
    """Why this is no credit code, with what is expected; None when it is one."""
    if len(code) != LENGTH:
        return _("统一社会信用代码“%(code)s”有 %(n)s 位，应为 18 位。") % {
            "code": code, "n": len(code),
        }  # fmt: skip
    if not _SHAPE.fullmatch(code):
        return _("统一社会信用代码“%(code)s”含有不该出现的字符（不用 I、O、S、V、Z）。") % {
            "code": code
        }
    expected = uscc_check_character(code[:-1])
    if code[-1] != expected:
        return _("统一社会信用代码“%(code)s”末位校验码应为 %(expected)s，请核对原件。") % {
            "code": code, "expected": expected,
        }  # fmt: skip
    return None
