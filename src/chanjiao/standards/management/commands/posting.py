"""``chanjiao posting parse [FILE…]``: raw vacancies in, a JSON line for each out; no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.core import clock
from chanjiao.engines.taxonomy.postings import Parser, PayRules, as_json
from chanjiao.standards.posting_lines import Line, lines_from, lines_of
from chanjiao.standards.postings import packaged_parser, shipped_pay

BATCH = 1000
STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = "把招聘启事解析为字段与代码 Read raw vacancies into fields and codes"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        parse = acts.add_parser("parse", help="one posting a line, or a table; JSON lines out")
        parse.add_argument("files", nargs="*", default=[STANDARD_INPUT], help="- is standard input")
        parse.add_argument(
            "--format", choices=("text", "jsonl", "csv", "tsv"),
            help="by default from the file's name; standard input is text, or JSON after a brace",
        )  # fmt: skip
        parse.add_argument("--threshold", type=float, help="fields less sure than this are queued")
        parse.add_argument("--home", default="", help="code of the area preferred for shared names")
        parse.add_argument("--days-per-month", type=float, help="paid days in a month")
        parse.add_argument("--hours-per-day", type=float, help="working hours in a day")

    def handle(self, *args: Any, **options: Any) -> None:
        parser = _parser(options)
        broken = 0
        for batch in batched(_lines(options["files"], options["format"]), BATCH):
            readings = parser.parse_many(line.raw for line in batch if line.raw is not None)
            for line in batch:
                head: dict[str, Any] = {"file": line.file, "line": line.number}
                if line.raw is None:
                    broken += 1
                    told = head | {"error": line.error}
                else:
                    told = head | as_json(next(readings))
                self._write(told)
        if broken:
            sys.exit(1)

    def _write(self, told: dict[str, Any]) -> None:
        text = json.dumps(told, ensure_ascii=False)
        try:
            text.encode()
        except UnicodeEncodeError:  # half a pair from a JSON escape can only be escaped again
            text = json.dumps(told)
        self.stdout.write(text)


def _parser(options: dict[str, Any]) -> Parser:
    threshold = options["threshold"]
    if threshold is not None and not 0 <= threshold <= 1:
        raise CommandError(f"--threshold {threshold} 须在 0 与 1 之间 must lie between 0 and 1")
    shipped = shipped_pay(clock.today())
    days = options["days_per_month"] or shipped.days_per_month
    hours = options["hours_per_day"] or shipped.hours_per_day
    if days <= 0 or hours <= 0:
        raise CommandError("天数与小时数须大于 0 Days and hours must be greater than 0")
    return packaged_parser(threshold=threshold, pay=PayRules(days, hours), home=options["home"])


def _lines(files: list[str], kind: str | None) -> Iterator[Line]:
    for name in files:
        if name == STANDARD_INPUT:
            yield from lines_from(sys.stdin.buffer, "-", kind or "auto")
            continue
        path = Path(name)
        try:
            yield from lines_of(path, kind or "")
        except OSError as error:
            why = error.strerror or str(error)
            yield Line(path.name, 0, None, f"打不开文件：{why} Can't open the file: {why}")
