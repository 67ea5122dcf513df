"""The whole list in one table: pooled rows first, then positions shown under a company's name."""

import csv
import io
from typing import Any

from chanjiao.publishing.documents.columns import CELLS, POSTS
from chanjiao.publishing.snapshot import Edition

# A spreadsheet runs a cell that begins so; an apostrophe in front keeps it text.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝")


def make(edition: Edition) -> bytes:
    """UTF-8 with a mark, so that Excel opens it in Chinese; lines end as RFC 4180 says."""
    headings = list(dict.fromkeys(c.zh for c in (*CELLS, *POSTS)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["行类型", *headings])
    for label, columns, rows in (
        ("汇总", CELLS, edition.rows),
        ("公开岗位", POSTS, edition.posts),
    ):
        place = {c.zh: c for c in columns}
        for row in rows:
            cells = [place[h].value(row) if h in place else "" for h in headings]
            writer.writerow([label, *(_safe(cell) for cell in cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return "'" + value
    return value
