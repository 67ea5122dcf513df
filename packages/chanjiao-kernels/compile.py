"""The kernels compiled with whatever compiler this machine has, or not at all."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

FLAGS = ["-O3", "-std=c11", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno"]


def compiled(sources: list[Path], library: Path) -> bool:
    """Whether some compiler of this machine made the library."""
    named = [os.environ["CC"]] if os.environ.get("CC") else ["cc", "gcc", "clang"]
    for words in map(shlex.split, named):
        if words and shutil.which(words[0]):
            command = [*words, *FLAGS, "-o", str(library), *map(str, sources)]
            try:
                done = subprocess.run(  # noqa: S603 the machine's own compiler
                    command, capture_output=True, timeout=300, check=False
                )
            except (OSError, subprocess.SubprocessError):
                continue
            if done.returncode == 0 and library.is_file():
                return True
    return False
