"""Time and memory of refusing hostile files; ``PYTHONPATH=src python benchmarks/hostile.py``.

Each file is read by a process of its own; the memory of the confined reader (its child) and of
the process that asked for it are told apart. Exits 1 when a bound is broken.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from chanjiao.engines.tabular import Column, Sheet, read  # noqa: E402
from tests.engines.tabular import hostile  # noqa: E402

SECONDS, MEGABYTES = 20, 512
AREAS = Sheet(
    "areas", "区域", "Areas",
    (
        Column("code", "编码", "Code", "code", required=True, max_length=30),
        Column("name", "名称", "Name", "text", required=True, max_length=80),
        Column("kind", "类型", "Kind", "choice", required=True, choices={"grid": ("网格", "Grid")}),
        Column("parent", "上级编码", "Parent code", "code"),
    ),
    key=("code",),
)  # fmt: skip


def one(name: str) -> None:
    filename, build, *_ = {**hostile.REFUSED_BY, **hostile.HARMLESS}[name]
    data = build()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    reading = read(data, filename, AREAS)
    told = {
        "seconds": time.perf_counter() - begun,
        "answer": next(iter(reading.fault_counts), reading.outcome),
        "reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "asker": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "file": len(data) / 2**20,
        "building": held / 1024,
    }
    sys.stdout.write(json.dumps(told))


def main() -> int:
    broken = 0
    sys.stdout.write(f"{'file':<42}{'MB':>7}{'s':>7}{'reader MB':>11}{'asker MB':>10}  answer\n")
    for name in {**hostile.REFUSED_BY, **hostile.HARMLESS}:
        command = [sys.executable, __file__, name]
        told = json.loads(subprocess.check_output(command))
        is_within = told["seconds"] < SECONDS and max(told["reader"], told["asker"]) < MEGABYTES
        broken += not is_within
        sys.stdout.write(
            f"{name:<42}{told['file']:>7.1f}{told['seconds']:>7.2f}{told['reader']:>11.0f}"
            f"{told['asker']:>10.0f}  {told['answer']}{'' if is_within else '  TOO MUCH'}\n"
        )
    sys.stdout.write(f"bounds {SECONDS} s and {MEGABYTES} MB: {broken} broken\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(one(sys.argv[1]) or 0 if len(sys.argv) > 1 else main())
