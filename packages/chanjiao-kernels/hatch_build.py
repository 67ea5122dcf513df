"""Compile the kernels while the wheel is built; a machine without a compiler gets a wheel too."""

import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "kernels.so"


class CompileKernels(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        sys.path.insert(0, self.root)
        from compile import compiled  # beside this file, importable only now

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
