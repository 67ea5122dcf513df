"""Walks the site as somebody: every link, export and search, and what was read on the way."""

import io
import logging
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

LINK = re.compile(r'(?:href|src|action|hx-get|data-url)="([^"#]+)', re.IGNORECASE)
NUMBER = re.compile(r"/\d+(?=/)")
CANARY = re.compile(r"zq[a-z][0-9a-f]{3}")
# The nation's code lists are nobody's and very long; the starts ask for one page of each kind.
# What the API says of itself is nobody's either.
NOT_FOLLOWED = (
    "/static/", "/account/", "/repair-bench/", "/standards/", "/api/v1/openapi.json",
)  # fmt: skip
SHEET = re.compile(r"/exchange/(?:export|template)/")
# A list's own search; those in the frame of every page lead to one place, which is a start.
SEARCHED = re.compile(r'<input(?![^>]*id="(?:site|portal)-search")[^>]*name="q"')
# A search answers whoever asks; what the words of all others begin with finds the others too.
ASKED = "q=zq&title=zq"
ENGLISH = {settings.LANGUAGE_COOKIE_NAME: "en"}

Shape = tuple[str, tuple[str, ...]]


@dataclass
class Walk:
    """What one reader saw: canary → the first address of each kind where it stood."""

    seen: dict[str, dict[str, str]] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def walk(client: Client, starts: Iterable[str], *, follows: bool = True) -> Walk:
    """Breadth first, the starts and what they lead to; of pages that differ by number, one.

    What is searched, is searched in English, so that the walk reads both languages.
    """
    asked = dict.fromkeys(starts)
    found, queue, known, kinds = Walk(), deque(asked), set(), Counter[Shape]()
    logging.disable(logging.WARNING)  # refusals are what a walk is made of
    try:
        while queue:
            address = queue.popleft()
            kind = _shape(NUMBER.sub("/0/", address))
            if _shape(address) in known or (kinds[kind] and address not in asked):
                continue
            known.add(_shape(address))
            kinds[kind] += address not in asked
            leads = list(_visit(client, address, found))
            queue.extend(leads if follows else ())
    finally:
        logging.disable(logging.NOTSET)
    return found


def _visit(client: Client, address: str, found: Walk) -> Iterator[str]:
    """Read one address into what was found; gives where it leads."""
    cache.clear()  # or the API would answer only so many questions a minute
    client.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)
    if ASKED in address:
        client.cookies.load(ENGLISH)
    response = client.get(address)
    found.visited.append(address)
    if response.status_code >= 500:
        found.broken.append(address)
    text = text_of(response)
    for canary in CANARY.findall(text):
        kind = NUMBER.sub("/0", urlsplit(address).path)
        found.seen.setdefault(canary, {}).setdefault(kind, address)
    if "text/html" in response.get("Content-Type", ""):
        yield from _links(address, text)
        if "?" not in address and SEARCHED.search(text):
            yield f"{address}?{ASKED}"
    if location := response.get("Location"):
        yield urljoin(address, location)


def _links(address: str, html: str) -> Iterator[str]:
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


def text_of(response: Any) -> str:
    """The answer as text: pages and tables as they are, workbooks and bulletins opened."""
    body = b"".join(response) if getattr(response, "streaming", False) else response.content
    head = "".join(f"{name}: {value}\n" for name, value in response.items())
    return head + _read(body)


@lru_cache(maxsize=64)
def _read(body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    if body.startswith(b"%PDF-"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")
