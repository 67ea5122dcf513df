"""Walks the site as somebody: every link, export and search, and what was read on the way."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.core.cache import cache
from django.test import Client

LINK = re.compile(r'(?:href|src|action|hx-get|data-url)="([^"#]+)', re.IGNORECASE)
NUMBER = re.compile(r"/\d+(?=/)")
CANARY = re.compile(r"zq[a-z][0-9a-f]{3}")
# The nation's code lists are nobody's and very long; the starts ask for one page of each kind.
NOT_FOLLOWED = ("/static/", "/account/", "/repair-bench/", "/standards/")
SHEET = re.compile(r"/exchange/(?:export|template)/")

Shape = tuple[str, tuple[str, ...]]


@dataclass
class Walk:
    """What one reader saw: canary → the first address where it stood."""

    seen: dict[str, str] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def walk(client: Client, starts: Iterable[str], *, alike: int = 1) -> Walk:
    """Breadth first, the starts and what they lead to; of pages that differ by number, one."""
    asked = dict.fromkeys(starts)
    found, queue, known, kinds = Walk(), deque(asked), set(), Counter[Shape]()
    while queue:
        address = queue.popleft()
        kind = _shape(NUMBER.sub("/0/", address))
        if _shape(address) in known or (kinds[kind] >= alike and address not in asked):
            continue
        known.add(_shape(address))
        kinds[kind] += address not in asked
        cache.clear()  # or the API would answer only so many questions a minute
        response = client.get(address)
        found.visited.append(address)
        if response.status_code >= 500:
            found.broken.append(address)
        text = _text(response)
        for canary in CANARY.findall(text):
            found.seen.setdefault(canary, address)
        if "text/html" in response.get("Content-Type", ""):
            queue.extend(_links(address, text))
        if location := response.get("Location"):
            queue.append(urljoin(address, location))
    return found


def _links(address: str, html: str) -> Iterable[str]:
    for link in LINK.findall(html):
        target = urlsplit(urljoin(address, unescape(link)))
        if target.netloc not in {"", "testserver"} or target.path.startswith(NOT_FOLLOWED):
            continue
        asked = [part for part in target.query.split("&") if part]
        if SHEET.match(target.path) and "format=" not in target.query:
            asked.append("format=csv")  # quicker to write than a workbook, with the same cells
        yield target.path + (f"?{'&'.join(asked)}" if asked else "")


def _shape(address: str) -> Shape:
    """The page and the kinds of questions put to it: with other answers it is no other page."""
    parts = urlsplit(address)
    keys = {key for key, _value in parse_qsl(parts.query)} - {"page", "sort"}
    return parts.path, tuple(sorted(keys))


def _text(response: object) -> str:
    """The answer as text: pages and tables as they are, workbooks unpacked."""
    streaming = getattr(response, "streaming", False)
    body = b"".join(response) if streaming else response.content  # type: ignore[attr-defined, call-overload]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace")
