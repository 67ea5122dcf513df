"""Start the built demo as a person would, open its home page, and end it with Ctrl-C."""

import re
import signal
import subprocess
import sys
import time
import urllib.request

LIMIT = 60


def main(run: str) -> str:
    began = time.monotonic()
    command = [sys.executable, run, "serve"]
    site = subprocess.Popen(  # noqa: S603 our own run.py
        command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8"
    )
    try:
        url = address_from(site)
        started = time.monotonic() - began
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url) as page:
            text = page.read().decode("utf-8")
        if "产教通" not in text:
            raise SystemExit(f"{url}: the home page does not carry the platform's name")
    finally:
        site.send_signal(signal.SIGINT)
        code = site.wait(LIMIT)
    if code:
        raise SystemExit(f"Ctrl-C should end the site cleanly; it ended with {code}")
    return f"{url} answered, {len(text)} characters, ready after {started:.1f} s"


def address_from(site: subprocess.Popen) -> str:
    assert site.stdout is not None
    for line in site.stdout:
        sys.stdout.write(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    raise SystemExit("the site ended before it named its address")


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]) + "\n")
