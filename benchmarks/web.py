"""How fast list, search and gap pages answer when twenty people read at once.

``python benchmarks/web.py --database postgresql://…/scale [--readers 20] [--seconds 20]``

The database holds the demo region, best at its large scale (``chanjiao demo build --scale
large``). The site is served as ``chanjiao serve`` does; readers are signed in at the office, each
asks for page after page as soon as the last one came (``--think`` seconds later, if given), and
every answer is timed from the first byte sent to the last byte received. Ends with 1 when the
95th percentile of a kind of page is over the bound.
"""

import argparse
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[1]
BOUND = 0.300
OFFICE = "联合体办公室"
PAGES = {
    "list": (
        "/demand/", "/demand/?page=3", "/demand/?page=40", "/demand/?sort=-headcount",
        "/demand/?state=active", "/directory/organisations/", "/directory/organisations/?page=9",
        "/directory/organisations/?kind=company", "/directory/members/", "/supply/offerings/",
        "/supply/cohorts/", "/demand/asks/", "/demand/rounds/", "/publishing/",
    ),
    "search": (
        f"/demand/?q={quote('数控')}", f"/demand/?q={quote('焊工')}", f"/search/?q={quote('机械')}",
        f"/search/?q={quote('数控车工')}", f"/directory/organisations/?q={quote('望澜')}",
        f"/search/?q={quote('3484')}",
    ),
    "gap": ("/gaps/",),
    "workbench": ("/workbench/",),
}  # fmt: skip


class Reader:
    """One person with one connection and one session."""

    def __init__(self, host: str, cookies: str) -> None:
        self.connection = http.client.HTTPConnection(host, timeout=60)
        self.cookies = cookies

    def get(self, path: str) -> tuple[int, bytes]:
        headers = {"Cookie": self.cookies, "Accept-Language": "zh-CN", "Connection": "keep-alive"}
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def sign_in(host: str, role: str) -> str:
    """The cookies of a session opened by the one-click button that begins with ``role``."""
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", "/")
    answer = connection.getresponse()
    text = answer.read().decode()
    csrf = cookie(answer, "csrftoken")
    form = re.search(rf'name="email" value="([^"]+)">\s*<button[^>]*>\s*(?:<strong>)?{role}', text)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    if not form or not token:
        raise SystemExit(f"no one-click sign-in for {role}: is this the demo?")
    body = urlencode({"email": form[1], "csrfmiddlewaretoken": token[1]})
    headers = {
        "Cookie": f"csrftoken={csrf}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://{host}/",
    }
    connection.request("POST", "/people/demo-sign-in/", body, headers)
    answer = connection.getresponse()
    answer.read()
    return f"csrftoken={csrf}; sessionid={cookie(answer, 'sessionid')}"


def cookie(answer: http.client.HTTPResponse, name: str) -> str:
    for line in answer.msg.get_all("Set-Cookie") or ():
        if line.startswith(f"{name}="):
            return line.split(";")[0].partition("=")[2]
    return ""


def pages_that_answer(host: str, cookies: str) -> dict[str, list[str]]:
    """The pages above that exist on this site, with the links of the gap page to its figures."""
    reader, found = Reader(host, cookies), defaultdict(list)
    for kind, paths in PAGES.items():
        for path in paths:
            status, body = reader.get(path)
            if status == 200:
                found[kind].append(path)
                if kind == "gap":
                    found[kind] += links_of(body, "/gaps/")[:6]
            else:
                say(f"  {path} answers {status}: left out")
    return found


def links_of(body: bytes, start: str) -> list[str]:
    hrefs = re.findall(r'href="([^"#]+)"', body.decode())
    kept = [h.replace("&amp;", "&") for h in hrefs if h.startswith(start) and "export" not in h]
    return [h for h in dict.fromkeys(kept) if not re.search(r"\.(xlsx|csv|json|pdf|docx)", h)]


class Run:
    def __init__(self, host: str, cookies: str, pages: dict[str, list[str]], think: float) -> None:
        self.host, self.cookies, self.pages, self.think = host, cookies, pages, think
        self.times: dict[str, list[float]] = defaultdict(list)
        self.by_page: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        self.lock = threading.Lock()

    def read_on(self, seed: int, until: float) -> None:
        chance, reader = random.Random(seed), Reader(self.host, self.cookies)
        everything = [(kind, path) for kind, paths in self.pages.items() for path in paths]
        while time.monotonic() < until:
            kind, path = chance.choice(everything)
            begun = time.perf_counter()
            status, _body = reader.get(path)
            spent = time.perf_counter() - begun
            with self.lock:
                self.times[kind].append(spent)
                self.by_page[path].append(spent)
                if status != 200:
                    self.failures.append(f"{status} {path}")
            time.sleep(chance.uniform(0.5, 1.5) * self.think)

    def go(self, readers: int, seconds: float) -> float:
        begun = time.monotonic()
        threads = [
            threading.Thread(target=self.read_on, args=(n, begun + seconds)) for n in range(readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begun


def percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(run: Run, lasted: float) -> int:
    slow = 0
    say(f"\n  {'pages':<52}{'n':>6}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for kind, times in run.times.items():
        p95 = percentile(times, 0.95)
        slow += p95 > BOUND
        say(
            f"  {kind:<52}{len(times):>6}{statistics.median(times) * 1000:>9.0f}"
            f"{p95 * 1000:>9.0f}{max(times) * 1000:>9.0f}{'  SLOW' if p95 > BOUND else ''}"
        )
    say("")
    for path, times in sorted(run.by_page.items(), key=lambda one: -percentile(one[1], 0.95)):
        p50, p95 = statistics.median(times), percentile(times, 0.95)
        say(f"  {path[:50]:<52}{len(times):>6}{p50 * 1000:>9.0f}{p95 * 1000:>9.0f}")
    total = sum(map(len, run.times.values()))
    say(
        f"\n  {total} answers in {lasted:.0f} s, {total / lasted:.0f} a second, "
        f"{len(run.failures)} failed {run.failures[:3] or ''}"
    )
    return slow + bool(run.failures)


def alone(host: str, cookies: str, pages: dict[str, list[str]]) -> None:
    """Each page by one reader, to see what it costs with nobody else about."""
    reader = Reader(host, cookies)
    say(f"  {'one reader alone':<52}{'ms':>9}")
    for paths in pages.values():
        for path in paths:
            times = []
            for _ in range(5):
                begun = time.perf_counter()
                reader.get(path)
                times.append(time.perf_counter() - begun)
            say(f"  {path[:50]:<52}{statistics.median(times) * 1000:>9.0f}")


def serve(database: str, port: int) -> subprocess.Popen[bytes]:
    home = tempfile.mkdtemp(prefix="chanjiao-web-")
    env = {
        **os.environ,
        "CHANJIAO_HOME": os.environ.get("CHANJIAO_HOME", home),
        "CHANJIAO_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "chanjiao.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "chanjiao"]
    subprocess.run([*command, "collectstatic", "--no-input", "-v", "0"], env=env, check=True)
    return subprocess.Popen([*command, "serve", "--port", str(port)], env=env)


def wait_for(host: str) -> None:
    name, _, port = host.partition(":")
    for _ in range(100):
        try:
            socket.create_connection((name, int(port)), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{host} does not answer")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--database", default="", help="what the site to be started reads")
    words.add_argument("--url", default="", help="a site that is being served already")
    words.add_argument("--readers", type=int, default=20)
    words.add_argument("--seconds", type=float, default=20)
    words.add_argument("--think", type=float, default=0.0, help="seconds between two pages")
    words.add_argument("--role", default=OFFICE)
    asked = words.parse_args()
    site = None
    if not asked.url:
        site = serve(asked.database, 8299)
    host = urlsplit(asked.url).netloc or "127.0.0.1:8299"
    try:
        wait_for(host)
        cookies = sign_in(host, asked.role)
        pages = pages_that_answer(host, cookies)
        alone(host, cookies, pages)
        Run(host, cookies, pages, 0).go(4, 3)  # warm
        run = Run(host, cookies, pages, asked.think)
        return 1 if report(run, run.go(asked.readers, asked.seconds)) else 0
    finally:
        if site:
            site.terminate()
            site.wait(20)


if __name__ == "__main__":
    sys.exit(main())
