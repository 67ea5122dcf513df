"""Take the pictures of docs/screenshots from a running demo: site and worker have to be up.

python3 run.py demo            # in one window
.venv/bin/python scripts/screenshots.py http://127.0.0.1:8000
"""

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SIZES = {"": (1366, 768), "-phone": (390, 844)}
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OFFICE = "office@demo.chanjiao.example"
PAGES = {
    "workbench": "/workbench/",
    "gap-study": "/gaps/",
    "demand-list": "/demand/",
    "alignment-queue": "/alignment/",
    "portal": "/",
}


def main(base: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for suffix, (width, height) in SIZES.items():
            with signed_in(browser, base, width, height) as page:
                for name, path in PAGES.items():
                    page.goto(base + path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=OUT / f"{name}{suffix}.png")
                import_preview(page, base)
                page.screenshot(path=OUT / f"import-preview{suffix}.png", full_page=True)
        browser.close()


@contextmanager
def signed_in(browser: Browser, base: str, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=1
    )
    page = context.new_page()
    page.goto(base)
    page.locator(f'form:has(input[value="{OFFICE}"]) button').first.click()
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def import_preview(page: Page, base: str) -> None:
    """Export the companies, change a little, bring the file in, and wait for the preview."""
    text = page.request.get(f"{base}/exchange/export/companies/?format=csv").text()
    head, *rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[:13]
    staff = next(n for n, name in enumerate(head) if name.startswith("在岗职工数"))
    for row in rows[:4]:
        row[staff] = str(int(row[staff] or 0) + 7)
    changed = io.StringIO()
    csv.writer(changed).writerows([head, *rows])
    page.goto(f"{base}/exchange/import/companies/")
    page.locator("input[type=file]").set_input_files(
        {"name": "企业名录.csv", "mimeType": "text/csv",
         "buffer": changed.getvalue().encode("utf-8")}
    )  # fmt: skip
    page.locator("form:has(input[type=file]) button").last.click()
    page.wait_for_selector("text=确认导入", timeout=60_000)
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
