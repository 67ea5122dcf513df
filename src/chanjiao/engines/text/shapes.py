"""Characters that look right and are not: radicals for characters, unseen ones, loose accents."""

import re
import unicodedata
from collections.abc import Iterator

from chanjiao.engines.text.draft import Change

RADICAL = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
UNSEEN = re.compile(r"[\u200b\u2060\ufeff]+")
LOOSE_ACCENT = re.compile(r"[^\W\d_][\u0300-\u036f]+")


def shapes(text: str) -> Iterator[Change]:
    """Radicals and compatibility forms to the character itself; what nobody sees goes."""
    found = [
        *((m.start(), m.end(), unicodedata.normalize("NFKC", m[0])) for m in _each(RADICAL, text)),
        *((m.start(), m.end(), "") for m in _each(UNSEEN, text)),
        *(
            (m.start(), m.end(), unicodedata.normalize("NFC", m[0]))
            for m in _each(LOOSE_ACCENT, text)
        ),
    ]
    yield from sorted(found)


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return pattern.finditer(text)
