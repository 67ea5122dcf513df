"""What the confined process is asked, and how the question travels to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from chanjiao.engines.tabular.cells import Limits
from chanjiao.evidence.reading.gate import LIMITS


@dataclass(frozen=True, slots=True)
class Task:
    """The kind of file, the day it came out, what the house knows and what people put right.

    ``known`` are bodies of the register as the text engine takes them; ``mends`` are
    ``{start, end, after}`` with offsets into the text as it was read.
    """

    kind: str
    published_on: date | None = None
    known: Sequence[Mapping[str, Any]] = ()
    mends: Sequence[Mapping[str, Any]] = ()
    limits: Limits = field(default_factory=lambda: LIMITS)


def packed(task: Task) -> bytes:
    """The task as one line of JSON."""
    told = {
        "kind": task.kind,
        "published_on": task.published_on.isoformat() if task.published_on else None,
        "known": [dict(one) for one in task.known],
        "mends": [dict(one) for one in task.mends],
        "limits": asdict(task.limits),
    }
    return json.dumps(told).encode() + b"\n"


def unpacked(line: bytes) -> Task:
    told = json.loads(line)
    day = told["published_on"]
    known = [
        {**one, "aliases": tuple(one["aliases"]), "domains": tuple(one["domains"])}
        for one in told["known"]
    ]
    return Task(
        told["kind"], date.fromisoformat(day) if day else None, known, told["mends"],
        Limits(**told["limits"]),
    )  # fmt: skip
