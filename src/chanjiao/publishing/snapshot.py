"""A snapshot is its bytes: reading them back, hashing them, telling two of them apart."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chanjiao.engines.ledger import canonical
from chanjiao.publishing.lines import Material
from chanjiao.publishing.payload import FORMAT, build


def spell(material: Material) -> bytes:
    """The one spelling of what is published; its SHA-256 is the snapshot's name."""
    return canonical(build(material))


def seal_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Edition:
    """A snapshot read back: the bytes, their seal and the values in them."""

    content: bytes
    seal: str
    data: Mapping[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.data["rows"]

    @property
    def posts(self) -> list[dict[str, Any]]:
        return self.data["posts"]


def read(content: bytes) -> Edition:
    """The edition these bytes spell; ``ValueError`` when they are not its one spelling."""
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("not a talent demand list of this platform")
    if canonical(data) != content:
        raise ValueError("not in the canonical spelling")
    return Edition(content, seal_of(content), data)


@dataclass(frozen=True, slots=True)
class Difference:
    """One occupation between two lists; None where a list does not have it."""

    occupation: str
    name: Mapping[str, str]
    before: int | None
    after: int | None

    @property
    def change(self) -> int:
        return (self.after or 0) - (self.before or 0)


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """Headcounts by published occupation that differ, the largest change first."""
    old, new = _by_occupation(before), _by_occupation(after)
    names = {**_names(before), **_names(after)}
    found = [
        Difference(code, names[code], old.get(code), new.get(code))
        for code in sorted({*old, *new})
        if old.get(code) != new.get(code)
    ]
    return sorted(found, key=lambda one: (-abs(one.change), one.occupation))


def _by_occupation(data: Mapping[str, Any] | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in (data or {}).get("rows", ()):
        key = _key(row)
        found[key] = found.get(key, 0) + row["headcount"]
    return found


def _names(data: Mapping[str, Any] | None) -> dict[str, Mapping[str, str]]:
    return {_key(row): row["name"] for row in (data or {}).get("rows", ())}


def _key(row: Mapping[str, Any]) -> str:
    return row["occupation"] + ("*" if row["is_pool"] and row["depth"] < 4 else "")
