"""Opening a page safely: the bytes go to a confined process, a page or a reason comes back."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chanjiao.engines.tabular.opening import cause_of_death
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.task import Task, packed

SOURCE = str(Path(__file__).resolve().parents[3])
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from chanjiao.evidence.reading.child import main; "
    "main(sys.stdin.buffer, sys.stdout.buffer.write)"
)

log = logging.getLogger(__name__)

type Runner = Callable[[Task, bytes], bytes]
# The child is bound in processor time: a busy machine that makes it wait is not at the file's cost.
PATIENCE = 5


def opened(task: Task, data: bytes, runner: Runner | None = None) -> dict[str, Any]:
    """The page as :func:`~chanjiao.evidence.reading.assembling.page` gives it.

    Raises ``Refused`` for every file that yields none, also where the process was killed.
    """
    found: dict[str, Any] = json.loads((runner or in_child)(task, data))
    if "refused" in found:
        raise Refused(found["refused"], **found["facts"])
    return found


def in_child(task: Task, data: bytes) -> bytes:
    """Run the reader in a process of its own, bound in time and memory."""
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter with our own module
            [sys.executable, "-I", "-X", "utf8", "-c", START, SOURCE],
            input=packed(task) + data,
            capture_output=True,
            timeout=task.limits.max_seconds * PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_slow", limit=f"{task.limits.max_seconds:g}") from error
    if done.returncode:
        if done.returncode > 0 and b"MemoryError" not in done.stderr:
            log.error("page reader failed: %s", done.stderr[-2000:].decode("utf-8", "replace"))
        raise cause_of_death(done.returncode, done.stderr, task.limits)
    return done.stdout
