"""How long and how much memory importing takes, beside openpyxl reading the same file.

``python benchmarks/import.py [--titles titles.csv] [--database postgresql://…] [--part NAME …]``

Parts: ``reading`` (5,000 and 50,000 positions as xlsx), ``positions`` (the same through check,
preview and write), ``companies`` (28,000 with duplicates), ``titles`` (real job titles from a csv
with a column ``title``, as positions), ``export`` (all positions out again). Every figure comes
from a process of its own, so that a peak of memory belongs to one piece of work. An empty database
is made for the run; a bound that is broken ends it with 1. Ratios are of processor time, since
others may be at work on the machine; the bound in seconds is on the clock.
"""

import argparse
import contextlib
import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SMALL, LARGE = 5_000, 50_000
COMPANIES, DOUBLES = 28_000, 700
SECONDS, MEGABYTES = 60, 512
LINEAR = 13.0  # ten times the rows may take so many times the time
EMPLOYERS = 500


# ------------------------------------------------------------------------------ made-up files


def credit_code(number: int) -> str:
    from chanjiao.engines.tabular import uscc_check_character

    body = f"91330200MA{number:07d}"
    return body + uscc_check_character(body)


def company_rows(count: int) -> Iterator[dict[str, str]]:
    for n in range(count):
        yield {
            "企业名称": f"望澜{n:05d}号精密机械有限公司",
            "统一社会信用代码": credit_code(n),
            "行业代码": ("3484", "3525", "3391", "3612")[n % 4],
            "行政区划代码": "",
            "在岗职工数": str(10 + n % 900),
            "联系人": "",
            "联系电话": "",
            "备注": f"第{n}行",
        }


def position_rows(titles: list[str], count: int) -> Iterator[dict[str, str]]:
    for n in range(count):
        yield {
            "统一社会信用代码": credit_code(n % EMPLOYERS),
            "岗位名称": titles[n % len(titles)] if len(titles) >= count else f"{titles[0]}{n}",
            "职业代码": "",
            "招聘人数": str(1 + n % 20),
            "月薪下限": str(5000 + n % 3000),
            "月薪上限": str(9000 + n % 3000),
            "截止日期": "2027-06-30",
            "岗位描述": f"负责第{n}号设备的操作与保养，看得懂图纸。",
        }


def workbook(path: Path, rows: Iterator[dict[str, str]]) -> Path:
    """An xlsx as offices save it: shared strings, numbers as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows, 1):
            if place == 1:
                page.write_row(0, 0, list(row))
            for index, text in enumerate(row.values()):
                if text.isdigit() and len(text) < 9:
                    page.write_number(place, index, int(text))
                else:
                    page.write_string(place, index, text)
    return path


def doubled(count: int, doubles: int) -> Iterator[dict[str, str]]:
    """Companies of which the first ``doubles`` come a second time, word for word."""
    yield from company_rows(count - doubles)
    yield from company_rows(doubles)


# ---------------------------------------------------------------- work, in a process of its own


def start_django(database: str, home: str) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="chanjiao.config.settings.demo",
        CHANJIAO_HOME=home,
        CHANJIAO_DATABASE_URL=database,
        CHANJIAO_LOG_LEVEL="CRITICAL",
    )
    import django

    django.setup()


def with_openpyxl(path: str, sheet: str) -> dict[str, Any]:
    import openpyxl

    page = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return {"rows": sum(1 for _ in page.iter_rows(values_only=True)) - 1}


def with_openpyxl_whole(path: str, sheet: str) -> dict[str, Any]:
    import openpyxl

    page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return {"rows": sum(1 for _ in page.iter_rows(values_only=True)) - 1}


def with_ours(path: str, sheet: str) -> dict[str, Any]:
    from chanjiao.core.actor import SYSTEM
    from chanjiao.core.sheets import handlers
    from chanjiao.exchange.services.checking import read_file

    reading = read_file(handlers()[sheet], SYSTEM, Path(path).read_bytes(), path, {})
    return {"rows": len(reading.rows), "outcome": reading.outcome, **faults_of(reading)}


def load(path: str, sheet: str) -> dict[str, Any]:
    from chanjiao.core.actor import SYSTEM
    from chanjiao.core.sheets import handlers
    from chanjiao.exchange.services.loading import load as load_file

    told = load_file(SYSTEM, handlers()[sheet], Path(path).read_bytes(), path)
    kept = ("outcome", "rows", "new", "unchanged", "fault_total", "warning_total")
    first = [f["message"] for f in told["faults"][:1] + told["warnings"][:1]]
    return {name: told[name] for name in kept if name in told} | {"first": first}


def through_the_job(path: str, sheet: str) -> dict[str, Any]:
    """As through the page: receive, check with its preview, confirm, write."""
    from chanjiao.core.actor import SYSTEM
    from chanjiao.core.sheets import handlers
    from chanjiao.exchange.models import ImportJob
    from chanjiao.exchange.services import checking, imports
    from chanjiao.exchange.tasks import apply_import

    job = imports.receive(SYSTEM, handlers()[sheet], Path(path).read_bytes(), Path(path).name)
    checking.check(job.pk, job.run_id)
    imports.confirm(SYSTEM, job.pk, updates_existing=False)
    apply_import.func(job.run_id, job.pk)
    job = ImportJob.objects.get(pk=job.pk)
    return {"rows": job.new, "outcome": job.state, "note": job.note}


def export(path: str, sheet: str) -> dict[str, Any]:
    from chanjiao.core.actor import SYSTEM
    from chanjiao.core.sheets import handlers
    from chanjiao.exchange.services import exports

    out = exports.export(SYSTEM, handlers()[sheet], {}, fmt=path, language="zh")
    return {"bytes": len(out.content)}


def faults_of(reading: Any) -> dict[str, Any]:
    first = [fault.message() for fault in [*reading.faults[:1], *reading.warnings[:1]]]
    return {"fault_total": reading.fault_total, "first": first}


WORK: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "openpyxl": with_openpyxl,
    "openpyxl whole": with_openpyxl_whole,
    "ours": with_ours,
    "load": load,
    "job": through_the_job,
    "export": export,
}


def work(name: str, path: str, sheet: str, database: str, home: str) -> None:
    if not name.startswith("openpyxl"):
        start_django(database, home)
    held = peak_of("self")
    begun, spent = time.perf_counter(), processor()
    with Readers() as readers:
        told = WORK[name](path, sheet)
    told["seconds"] = time.perf_counter() - begun
    told["cpu"] = processor() - spent
    told |= {"before": held, "own": peak_of("self"), "child": readers.peak}
    sys.stdout.write("\n" + json.dumps(told, default=str))


def peak_of(process: str) -> float:
    """Most memory a process has held since it became this program, in MB; 0 when it is gone.

    Not ``ru_maxrss``: that counts what the starting process held before the program was loaded.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


class Readers(threading.Thread):
    """Watches the readers that this process starts; ``peak`` is the largest of them, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.over = 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            for found in Path("/proc").glob("[0-9]*/stat"):
                with contextlib.suppress(OSError):  # it may have ended meanwhile
                    parent = found.read_text().rpartition(")")[2].split()[1]
                    if int(parent) == os.getpid():
                        self.peak = max(self.peak, peak_of(found.parent.name))

    def __enter__(self) -> "Readers":
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.over.set()
        self.join()


def processor() -> float:
    """Seconds of processor time of this process and of the readers it started."""
    own, child = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime


# --------------------------------------------------------------------------------------- parts


class Bench:
    def __init__(self, database: str, titles: list[str]) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="chanjiao-import-"))
        self.database = database or f"sqlite:///{self.home / 'import.sqlite3'}"
        self.titles = titles
        self.broken: list[str] = []

    def measured(self, name: str, path: str | Path, sheet: str, label: str) -> dict[str, Any]:
        words = [sys.executable, __file__, "--work", name, str(path), sheet]
        words += [self.database, str(self.home)]
        out = subprocess.run(words, capture_output=True, text=True, check=False)
        if out.returncode:
            raise SystemExit(out.stderr[-3000:])
        told: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
        peak = max(told["own"], told["child"])
        say(
            f"  {label:<36}{told['seconds']:>8.2f} s{told['cpu']:>8.2f} s cpu"
            f"{peak:>6.0f} MB  {extras(told)}"
        )
        return told

    def within(self, what: str, told: dict[str, Any]) -> None:
        if told["seconds"] > SECONDS:
            self.broken.append(f"{what}: {told['seconds']:.0f} s")
        if max(told["own"], told["child"]) > MEGABYTES:
            self.broken.append(f"{what}: {max(told['own'], told['child']):.0f} MB")

    def linear(self, what: str, small: dict[str, Any], large: dict[str, Any]) -> None:
        times = large["cpu"] / small["cpu"]
        grown = growth(large) / max(1.0, growth(small))
        say(f"  {what}: ten times the rows, {times:.1f} × the time, {grown:.1f} × the memory")
        if times > LINEAR or grown > LINEAR:
            self.broken.append(f"{what}: not linear ({times:.1f} ×, {grown:.1f} ×)")

    def reading(self) -> None:
        say("reading positions from xlsx")
        told = {}
        for count in (SMALL, LARGE):
            path = workbook(self.home / f"p{count}.xlsx", position_rows(["数控车工"], count))
            for name in ("ours", "openpyxl", "openpyxl whole"):
                told[name, count] = self.measured(name, path, "positions", f"{name}, {count:,}")
            for name in ("openpyxl", "openpyxl whole"):
                ours, theirs = told["ours", count], told[name, count]
                say(
                    f"  ours / {name}, {count:,}: {ours['cpu'] / theirs['cpu']:.2f} × the "
                    f"processor time, {growth(ours) / growth(theirs):.2f} × the memory"
                )
        self.linear("ours", told["ours", SMALL], told["ours", LARGE])
        self.within("reading 50,000", told["ours", LARGE])

    def employers(self) -> None:
        path = workbook(self.home / "employers.xlsx", company_rows(EMPLOYERS))
        self.measured("load", path, "companies", f"employers, {EMPLOYERS}")

    def positions(self) -> None:
        say("positions through check, preview, confirmation and writing")
        self.employers()
        told = []
        for count, title in ((SMALL, "电工"), (LARGE, "数控车工")):
            path = workbook(self.home / f"q{count}.xlsx", position_rows([title], count))
            told.append(self.measured("job", path, "positions", f"import, {count:,}"))
        self.linear("import", *told)
        self.within("importing 50,000", told[1])

    def companies(self) -> None:
        say("companies with duplicates")
        path = workbook(self.home / "c.xlsx", doubled(COMPANIES, DOUBLES))
        told = self.measured("load", path, "companies", f"load, {COMPANIES:,}, {DOUBLES} double")
        self.within("28,000 companies", told)
        if told.get("warning_total", 0) < DOUBLES:
            self.broken.append(f"duplicates reported: {told.get('warning_total')} of {DOUBLES}")

    def from_titles(self) -> None:
        say(f"real titles as positions, {len(self.titles):,}")
        self.employers()
        path = workbook(self.home / "t.xlsx", position_rows(self.titles, len(self.titles)))
        told = self.measured("job", path, "positions", "import")
        self.within("real titles", told)
        if told["outcome"] != "applied":
            self.broken.append(f"real titles: {told}")

    def exports(self) -> None:
        say("everything out again")
        for fmt in ("xlsx", "csv"):
            self.within(f"export {fmt}", self.measured("export", fmt, "positions", fmt))


def growth(told: dict[str, Any]) -> float:
    """Memory for the work: over what the program had before it, or that of the reading child."""
    return float(max(told["own"] - told["before"], told["child"] * bool(told["before"])))


def extras(told: dict[str, Any]) -> str:
    hidden = ("seconds", "cpu", "own", "child", "before")
    return " ".join(f"{k}={v}" for k, v in told.items() if k not in hidden and v not in ("", []))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def titles_of(path: str) -> list[str]:
    """Titles from a csv with a column ``title``, or from its first column."""
    if not path:
        return []
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        name = "title" if "title" in (rows.fieldnames or ()) else (rows.fieldnames or [""])[0]
        return list(dict.fromkeys(row[name].strip()[:60] for row in rows if row[name].strip()))


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--work", nargs=5)
    words.add_argument("--titles", default="")
    words.add_argument("--database", default="", help="address of an empty database")
    words.add_argument("--part", action="append", default=[])
    asked = words.parse_args()
    if asked.work:
        work(*asked.work)
        return 0
    bench = Bench(asked.database, titles_of(asked.titles))
    parts = {
        "reading": bench.reading,
        "companies": bench.companies,
        "positions": bench.positions,
        "titles": bench.from_titles,
        "export": bench.exports,
    }
    try:
        start_django(bench.database, str(bench.home))
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0)
        for name, part in parts.items():
            if name in (asked.part or parts) and (name != "titles" or bench.titles):
                part()
    finally:
        shutil.rmtree(bench.home, ignore_errors=True)
    for line in bench.broken:
        say(f"! {line}")
    say(f"bounds {SECONDS} s and {MEGABYTES} MB: {len(bench.broken)} broken")
    return 1 if bench.broken else 0


if __name__ == "__main__":
    sys.exit(main())
