"""``chanjiao check FILE --sheet companies``: what an import would say, without any database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import check as django_check

from chanjiao.core.actor import SYSTEM
from chanjiao.core.sheets import handlers
from chanjiao.engines.tabular import Reading
from chanjiao.exchange.services.checking import as_json, read_file

OUTCOMES = {
    "accepted": "accepted 可导入",
    "accepted_with_warnings": "accepted_with_warnings 可导入，有提醒",
    "refused": "refused 有错误，不能导入",
}


class Command(django_check.Command):
    help = "Check a spreadsheet against a sheet (with --sheet), or the project (without)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--sheet", help="name of the sheet, e.g. companies or positions")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["sheet"]:
            super().handle(*args, **options)
            return
        handler = handlers().get(options["sheet"])
        if handler is None:
            raise CommandError(f"no sheet {options['sheet']!r}; there are: {', '.join(handlers())}")
        if len(args) != 1 or not Path(args[0]).is_file():
            raise CommandError("name one file that exists: chanjiao check FILE --sheet NAME")
        path = Path(args[0])
        reading = read_file(handler, SYSTEM, path.read_bytes(), path.name, {})
        if options["json"]:
            self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False))
        else:
            self._tell(reading)
        if reading.outcome == "refused":
            raise SystemExit(1)

    def _tell(self, reading: Reading) -> None:
        self.stdout.write(OUTCOMES[reading.outcome])
        self.stdout.write(
            f"rows 行 {len(reading.rows)} · faults 错误 {reading.fault_total} · "
            f"warnings 提醒 {reading.warning_total}"
        )
        for fault in [*reading.faults[:50], *reading.warnings[:50]]:
            self.stdout.write(f"  [{fault.code}] {fault.message('zh')}")
            self.stdout.write(f"      {fault.message('en')}")
