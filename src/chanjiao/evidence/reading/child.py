"""The reading process: one request on standard input, one answer in JSON on standard output."""

import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from chanjiao.engines.tabular.child import confine
from chanjiao.engines.tabular.gate import MEGABYTE
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.assembling import page
from chanjiao.evidence.reading.task import Task, packed, unpacked


def answered(task: Task, data: bytes) -> bytes:
    """The page, or why there is none; never raises for what the bytes hold."""
    try:
        found: dict[str, Any] = page(task, data)
    except Refused as refused:
        found = {"refused": refused.code, "facts": {k: str(v) for k, v in refused.facts.items()}}
    except MemoryError:
        limit = task.limits.max_memory // MEGABYTE
        found = {"refused": "too_much_memory", "facts": {"limit": limit}}
    except RecursionError:
        found = {"refused": "unreadable", "facts": {"detail": "nested too deeply"}}
    return json.dumps(found).encode()


def in_process(task: Task, data: bytes) -> bytes:
    """The same without a process of its own, for texts that we wrote ourselves."""
    return answered(unpacked(packed(task)), data)


def main(stdin: BinaryIO, write: Callable[[bytes], Any]) -> None:
    task = unpacked(stdin.readline())
    confine(task.limits)
    write(answered(task, stdin.read()))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer.write)
