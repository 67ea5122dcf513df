#!/usr/bin/env python3
"""One door to the repository: install, show the demo region, serve, test, check.

Only the standard library, and syntax that Python 3.8 reads, so that an old interpreter can still
find a newer one or say what is missing. Everything is kept in ``.venv`` and ``var``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator, Sequence  # noqa: UP035  3.8 reads this file

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
Options = argparse.Namespace
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALL_LOG = VAR / "install.log"
PACKAGES = sorted((ROOT / "packages").glob("chanjiao-*"))
CONSTRAINTS = ROOT / "constraints.txt"
WANTED = (3, 12)
TRIED_FIRST = ((3, 13), (3, 12))
DEFAULT_PORT = 8000
CHILD_ENV = dict(os.environ, PYTHONUTF8="1", PYTHONUNBUFFERED="1")
APART = {} if os.name == "nt" else {"start_new_session": True}  # Ctrl-C is for us to pass on
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


class Stop(Exception):
    """Ends the run with a message for the person at the keyboard."""


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def find_python() -> str:
    """The path of a Python that can build the environment; raises ``Stop`` when there is none."""
    found = {}
    for candidate in python_candidates():
        version = version_of(candidate)
        if version and version >= WANTED:
            found.setdefault(version, candidate)
            if version in TRIED_FIRST:
                return candidate
    if found:
        return found[min(found)]
    raise Stop(
        "需要 Python 3.12 或更新版本，这台机器上没有找到。\n"
        "Python 3.12 or newer is needed and none was found on this machine. Ways to get one:\n"
        "  Debian/Ubuntu  sudo apt install python3 python3-venv  (Debian 13, Ubuntu 24.04)\n"
        "  macOS          brew install python@3.13\n"
        "  Windows        winget install Python.Python.3.13\n"
        "  anywhere       pyenv install 3.13      or      uv python install 3.13\n"
        "然后重新运行同一命令。Then run the same command again."
    )


def python_candidates() -> Iterator[str]:
    """The running interpreter first; then names on the PATH; then what pyenv and uv keep."""
    if sys.version_info[:2] in TRIED_FIRST:
        yield sys.executable
    for name in ("python3.13", "python3.12", "python3.14", "python3", "python"):
        path = shutil.which(name)
        if path:
            yield path
    for home in (os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")):
        if home:
            for folder in sorted(Path(home).glob("versions/3.1[2-9]*"), reverse=True):
                yield str(folder / "bin" / "python")
    uv = shutil.which("uv")
    if uv:
        asked = [uv, "python", "find", "--no-project", "--no-python-downloads", ">=3.12"]
        yield answer_of(asked).strip()
    yield sys.executable


def version_of(python: str) -> tuple[int, ...] | None:
    """Ask it, since a pyenv shim may stand on the PATH for a version that is not there."""
    if not python:
        return None
    question = "import sys, venv, ensurepip; print('%d %d' % sys.version_info[:2])"
    numbers = answer_of([python, "-c", question]).split()
    return tuple(int(n) for n in numbers) if len(numbers) == 2 else None


def answer_of(command: Sequence[str]) -> str:
    """Standard output, or nothing when the program is missing, fails or hangs."""
    pipes = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60}
    try:
        return subprocess.check_output(command, **pipes).decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def ensure_environment(dev: bool) -> None:
    """Make ``.venv`` hold what the project asks for; fingerprints make the next start quick."""
    stamp = VENV / ".chanjiao.json"
    try:
        held = json.loads(stamp.read_text(encoding="utf-8")) if PYTHON.exists() else {}
        stamp.unlink()  # until the end: an install that is cut short leaves none
    except (OSError, ValueError):
        held = {}
    wanted = {
        "project": fingerprint([ROOT / "pyproject.toml", CONSTRAINTS]),
        "assets": fingerprint(sorted(p for a in PACKAGES for p in a.rglob("*") if p.is_file())),
        "dev": dev or held.get("dev", False),
    }
    if held != wanted:
        started = time.monotonic()
        install(wanted["dev"], assets=held.get("assets") != wanted["assets"])
        say(f"  环境就绪 environment ready · {time.monotonic() - started:.0f} s")
    stamp.write_text(json.dumps(wanted), encoding="utf-8")


def fingerprint(files: Sequence[Path]) -> str:
    """Of files that decide what is installed, and of the place, since ``.venv`` names it."""
    digest = hashlib.sha256(str(ROOT).encode())
    for file in files:
        if file.suffix != ".pyc":
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def install(dev: bool, assets: bool) -> None:
    """Use uv where it is on the PATH, else venv and pip; pip too when uv can't reach an index."""
    base = find_python()
    asked = ["-c", str(CONSTRAINTS), "-e", f"{ROOT}[dev]" if dev else str(ROOT)]
    asked += [str(package) for package in PACKAGES] if assets else []
    uv = shutil.which("uv")
    say(f"安装 installing → .venv （{'uv' if uv else 'pip'}, {base}）")
    if uv:
        env = uv_environment(base)
        new = [uv, "venv", "-q", "--python", base, str(VENV)]
        add = [uv, "pip", "install", "--python", str(PYTHON)]
        add += [f"--reinstall-package={package.name}" for package in PACKAGES] if assets else []
        if (PYTHON.exists() or quiet(new, env)) and quiet([*add, *asked], env):
            return
        say("  uv 未能完成，改用 pip  uv could not finish; falling back to pip")
    install_with_pip(base, asked)


def install_with_pip(base: str, asked: Sequence[str]) -> None:
    if not answer_of([str(PYTHON), "-m", "pip", "--version"]):
        quiet([base, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "install", "--progress-bar", "off", "--no-compile"]
    if not quiet([*pip, *asked]):
        lines = INSTALL_LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        raise Stop(
            "\n".join(lines[-25:])
            + "\n安装失败：请检查网络、代理与 pip 的 index 设置，然后重新运行。\n"
            "Installing failed: check the network, the proxy and pip's index, then run again."
        )


def uv_environment(base: str) -> dict:
    """Since uv does not read pip's configuration, pass on what the machine set for pip."""
    env = dict(os.environ)
    listed = answer_of([base, "-m", "pip", "config", "list"])
    settings = {}
    for line in listed.splitlines():  # lines such as install.cert='…', :env:.timeout='…'
        name, _, value = line.partition("=")
        settings[name.rpartition(".")[2]] = value.strip("'\"").replace("\\n", " ").strip()
    for theirs, ours in PIP_TO_UV.items():
        if settings.get(theirs) and ours not in env:
            env[ours] = settings[theirs]
    if "UV_INDEX" in env:
        named = env["UV_INDEX"].split()  # pip passes over a folder that is gone; uv would stop
        gone = {i for i in named if i.startswith("file://") and not Path(i[7:]).is_dir()}
        env["UV_INDEX"] = " ".join(index for index in named if index not in gone)
        env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # as pip does
    if "UV_FIND_LINKS" in env:
        env["UV_FIND_LINKS"] = ",".join(env["UV_FIND_LINKS"].split())
    return env


def quiet(command: Sequence[str], env: dict | None = None) -> bool:
    """Run with the output in a log and a sign of life on the screen every 15 s."""
    with INSTALL_LOG.open("ab") as log:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        running = subprocess.Popen(command, cwd=str(ROOT), env=env, **pipes)
        waited = 0
        while True:
            try:
                return running.wait(15) == 0
            except subprocess.TimeoutExpired:
                waited += 15
                say(f"  … {waited} s")
            except BaseException:
                running.terminate()
                raise


def python(*words: str) -> int:
    return subprocess.call([str(PYTHON), *words], cwd=str(ROOT), env=CHILD_ENV)


def must(*words: str) -> None:
    code = python("-m", "chanjiao", *words)
    if code:
        raise Stop(f"失败 failed: python -m chanjiao {' '.join(words)} ({code})")


def demo(options: Options) -> int:
    started = time.monotonic()
    prepare()
    say("演示区域 demo region · 望澜市")
    must("demo", "build", "--scale", options.scale)
    say(f"  完成 done · {time.monotonic() - started:.0f} s")
    return 0 if options.no_serve else serve_on(options)


def serve(options: Options) -> int:
    prepare()
    return serve_on(options)


def prepare() -> None:
    """Bring translations, database and served files up to date; each does nothing when it is."""
    say("准备数据库与文件 preparing database and files")
    must("messages", "compile")
    must("migrate", "--no-input", "-v", "0")
    must("collectstatic", "--no-input", "-v", "0")


def test(options: Options) -> int:
    given = {word[:2] for word in options.rest}
    usual = [] if "-n" in given else ["-n", "2"]
    usual += [] if "-m" in given else ["-m", "not journey"]  # those want a browser
    database = "PostgreSQL" if os.environ.get("CHANJIAO_TEST_DATABASE_URL") else "SQLite"
    say(f"测试 testing · {database}")
    return python("-m", "pytest", *usual, "--dist", "loadfile", *options.rest)


def check(options: Options) -> int:
    """Run every check, whatever the one before it said."""
    steps = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "mypy": ["-m", "mypy"],
        "import-linter": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "djlint": ["-m", "djlint", "--lint", "--quiet", "src/chanjiao"],
        "migrations": ["-m", "chanjiao", "makemigrations", "--check", "--dry-run"],
        "messages": ["-m", "chanjiao", "messages", "check"],
    }
    failed = []
    for name, words in steps.items():
        started = time.monotonic()
        code = python(*words)
        say(f"{'✗' if code else '✓'} {name} · {time.monotonic() - started:.1f} s")
        if code:
            failed.append(name)
    say(f"{len(steps)} 项检查 checks, {len(failed)} 项未过 not passed")
    return 1 if failed else 0


def serve_on(options: Options) -> int:
    """Site and background worker together, until Ctrl-C or until one of them ends."""
    port = free_port(options.port)
    url = f"http://127.0.0.1:{port}/"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    site = ["serve", "--host", "127.0.0.1", "--port", str(port)]
    started = time.monotonic()
    children = []
    try:
        for words in (site, ["worker"]):
            command = [str(PYTHON), "-m", "chanjiao", *words]
            children.append(subprocess.Popen(command, cwd=str(ROOT), env=CHILD_ENV, **APART))
        wait_until_it_answers(url, children)
        say(f"\n  {url}  · {time.monotonic() - started:.1f} s")
        say("  登录 sign in: 页面右上角选一个演示角色 choose a demo role at the top right")
        say("  停止 stop: Ctrl-C\n")
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return 1
    except KeyboardInterrupt:
        say("\n正在停止 stopping …")
        return 0
    finally:
        stop(children)


def free_port(asked: int | None) -> int:
    """A port named on the command line is meant; the usual one gives way to the next."""
    usual = range(DEFAULT_PORT, DEFAULT_PORT + 50)
    for port in [asked] if asked else usual:
        if is_free(port):
            return port
        say(f"端口 {port} 已被占用  port {port} is taken")
    raise Stop("请用 --port 指定空闲端口。Name a free port with --port.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0 if os.name == "nt" else 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until_it_answers(url: str, children: Sequence[subprocess.Popen]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            raise Stop("服务未能启动，原因见上。The site did not start; see above.")
        try:
            direct.open(url, timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            raise Stop(f"首页出错 the home page answers {answer.code}") from answer
        except OSError:
            time.sleep(0.2)
    raise Stop("服务在 60 秒内没有回应。The site did not answer within 60 s.")


def stop(children: Sequence[subprocess.Popen]) -> None:
    """Ask first; a job in hand gets ten seconds to reach a safe point."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="run.py", description="产教通 chanjiao")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    shown = commands.add_parser("demo", help="安装、生成演示区域并启动 install, build, serve")
    shown.add_argument("--no-serve", action="store_true", help="只生成，不启动 build and stop")
    shown.add_argument("--scale", default="small", help="区域大小 size of the region")
    shown.add_argument("--port", type=int)
    shown.set_defaults(act=demo)

    served = commands.add_parser("serve", help="启动网站与后台任务 site and worker")
    served.add_argument("--port", type=int)
    served.set_defaults(act=serve)

    commands.add_parser("install", help="只安装 environment only").set_defaults(
        act=lambda options: 0
    )

    tested = commands.add_parser("test", help="运行测试 pytest，可加参数 takes its arguments")
    tested.set_defaults(act=test, dev=True)

    checked = commands.add_parser("check", help="格式、类型、分层、迁移、译文 all static checks")
    checked.set_defaults(act=check, dev=True)
    return top


def main(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    top = parser()
    options, rest = top.parse_known_args(words)
    if rest and options.command != "test":
        top.error(f"不认识 unknown: {' '.join(rest)}")
    options.rest = rest
    try:
        VAR.mkdir(exist_ok=True)
        ensure_environment(getattr(options, "dev", False))
        return options.act(options)
    except Stop as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
