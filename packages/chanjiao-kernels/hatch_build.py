"""Compile the kernels while the wheel is built; a machine without a compiler gets a wheel too."""

import os
import shlex
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "kernels.so"
FLAGS = ["-O3", "-std=c11", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno"]


class CompileKernels(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        self.workshop = Path(tempfile.mkdtemp(prefix="chanjiao-kernels-"))
        library = self.workshop / LIBRARY
        sources = sorted(Path(self.root, "src", "chanjiao_kernels").glob("*.c"))
        if compiled(sources, library):
            build_data["force_include"][str(library)] = f"chanjiao_kernels/{LIBRARY}"
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"

    def finalize(self, version: str, build_data: dict, artifact_path: str) -> None:
        shutil.rmtree(self.workshop, ignore_errors=True)


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
