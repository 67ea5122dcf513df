"""A real site in real processes, a real browser, and what must hold on every page it opens."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chanjiao_assets
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = (Path(chanjiao_assets.__file__).parent / "testing" / "axe.min.js").read_text("utf-8")
PATIENCE = 30_000
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
#: Kinds of trouble by axe's own scale that no page may have.
SERIOUS = {"serious", "critical"}


@dataclass(frozen=True)
class Site:
    url: str
    home: Path

    def address(self, path: str) -> str:
        return self.url + path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo region, built and served as ``run.py demo`` does, with its worker."""
    if there := os.environ.get("CHANJIAO_JOURNEY_SITE"):  # one that is already being served
        yield Site(there.rstrip("/"), Path(os.devnull))
        return
    home = tmp_path_factory.mktemp("site")
    env = environment(home)
    run(env, "messages", "compile")
    run(env, "migrate", "-v", "0")
    run(env, "collectstatic", "--no-input", "-v", "0")
    run(env, "demo", "build", "--scale", "small")
    port = free_port()
    started = [
        start(env, home / "serve.log", "serve", "--port", str(port), "--workers", "1"),
        start(env, home / "worker.log", "worker", "--interval", "0.2"),
    ]
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield Site(f"http://127.0.0.1:{port}", home)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


def environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CHANJIAO_HOME": str(home),
        "CHANJIAO_DATABASE_URL": f"sqlite:///{home / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "chanjiao.config.settings.demo",
        "CHANJIAO_LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "chanjiao", *words], cwd=ROOT, env=env, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture
def in_site(site: Site) -> Callable[[str], str]:
    """Run lines of Python beside the served site, in another process on the same database."""
    if not site.home.is_dir():
        pytest.skip("the site is served by somebody else")
    env = environment(site.home)
    return lambda lines: run(env, "shell", "--no-imports", "-c", lines)


def start(env: dict[str, str], log: Path, *words: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "chanjiao", *words], cwd=ROOT, env=env, stdout=out, stderr=out
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install the package chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


class Visitor:
    """One person at the site: a page, and all that went wrong while it was open."""

    def __init__(self, site: Site, context: BrowserContext) -> None:
        self.site = site
        self.context = context
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("response", self._response)
        context.on("request", self._request)

    def _console(self, message: object) -> None:
        if message.type in ("error", "warning"):  # type: ignore[attr-defined]
            self.troubles.append(f"console: {message.text}")  # type: ignore[attr-defined]

    def _response(self, response: object) -> None:
        if response.status >= 500:  # type: ignore[attr-defined]
            self.troubles.append(f"{response.status}: {response.url}")  # type: ignore[attr-defined]

    def _request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith((self.site.url, "data:", "blob:", "about:")):
            self.troubles.append(f"request to another host: {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.site.address(path))
        return self.page

    def sign_in(self, role: str, nth: int = 0) -> Page:
        """One click on the portal, on the nth button that carries the role's name."""
        self.go("/")
        self.page.locator(".demo-sign-ins button", has_text=role).nth(nth).click()
        self.page.wait_for_url("**/workbench/**")
        return self.page

    def speak(self, language: str) -> None:
        self.page.locator("button[name=language]", has_text=language).first.click()

    def check_page(self, *, also: str = "") -> None:
        """What holds on every page: axe finds nothing serious, nothing sticks out, no error."""
        where = f"{self.page.url} {also}"
        found = self._axe()
        told = "\n".join(f"  {one['id']}: {node}" for one in found for node in one["nodes"])
        assert not found, f"{where}\n{told}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{where}: {wide} px wider than the window"
        self.check_troubles()

    def check_troubles(self) -> None:
        assert self.troubles == [], self.troubles

    def _axe(self) -> list[dict[str, Any]]:
        # Through the debugger, past the page's own policy, which forbids inserted scripts.
        self.page.evaluate(AXE + "; 0")
        answer = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
            "v => ({id: v.id, impact: v.impact, help: v.help,"
            " nodes: v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' | ' +"
            " (n.any[0] || n.all[0] || n.none[0] || {message: ''}).message.slice(0, 160))})))"
        )
        return [one for one in answer if one["impact"] in SERIOUS]


@pytest.fixture
def visitor(site: Site, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield Visitor(site, context)
    context.close()


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport=NARROW, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
    )
    yield Visitor(site, context)
    context.close()


@pytest.fixture
def another(site: Site, browser: Browser) -> Iterator[Callable[[], Visitor]]:
    """More people at the same time, each with a browser of their own."""
    contexts: list[BrowserContext] = []

    def make() -> Visitor:
        contexts.append(browser.new_context(viewport=WIDE, locale="zh-CN"))
        return Visitor(site, contexts[-1])

    yield make
    for context in contexts:
        context.close()
