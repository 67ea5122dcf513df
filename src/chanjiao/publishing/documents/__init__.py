"""Files made from a snapshot: same bytes in, same bytes out, wherever the same tools stand."""

from collections.abc import Callable
from importlib.metadata import version

from chanjiao.publishing.choices import Format
from chanjiao.publishing.documents import csv_file, pdf_file, word_file, xlsx_file
from chanjiao.publishing.snapshot import Edition

__all__ = ["file_name", "make", "tools"]

_MAKERS: dict[str, Callable[[Edition], bytes]] = {
    Format.XLSX: xlsx_file.make,
    Format.CSV: csv_file.make,
    Format.JSON: lambda edition: edition.content,
    Format.DOCX: word_file.make,
    Format.PDF: pdf_file.make,
}
_TOOLS = (
    "XlsxWriter",
    "docxtpl",
    "python-docx",
    "typst",
    "quickjs-ng",
    "resvg-py",
    "chanjiao-assets",
)


def make(edition: Edition, fmt: str) -> bytes:
    """One file of the edition; nothing but the snapshot goes in."""
    return _MAKERS[fmt](edition)


def tools() -> dict[str, str]:
    """Versions of what makes the files: other versions may spell the same content otherwise."""
    return {name: version(name) for name in _TOOLS}


def file_name(edition: Edition, fmt: str) -> str:
    return f"{edition.data['number']}-v{edition.data['version']}.{fmt}"
