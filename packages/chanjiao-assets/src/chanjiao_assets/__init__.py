"""Where the collected front-end files lie: Django serves one folder, reports and tests use two."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent

__all__ = ["axe_source", "fonts_dir", "icon_names", "licences", "static_dir"]


def static_dir() -> Path:
    """A folder for ``STATICFILES_DIRS``; its files answer under ``vendor/…``."""
    return _HERE / "static"


def fonts_dir() -> Path:
    """NotoSansSC-Regular.ttf and NotoSansSC-Bold.ttf, for PDF and charts in reports."""
    return _HERE / "fonts"


def axe_source() -> str:
    """The text of axe-core, which accessibility tests inject into a page; it is never served."""
    return (_HERE / "testing" / "axe.min.js").read_text("utf-8")


def licences() -> Path:
    """NOTICE and one file for each package whose files are carried here."""
    return _HERE / "licences"


@cache
def icon_names() -> frozenset[str]:
    """The names that ``vendor/icons/tabler.svg`` knows, so that a wrong one fails in a test."""
    names = _HERE / "static" / "vendor" / "icons" / "names.txt"
    return frozenset(names.read_text("utf-8").split())
