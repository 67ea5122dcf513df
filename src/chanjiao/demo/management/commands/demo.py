"""``chanjiao demo build``: the invented region, from nothing, and its result as a short table."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chanjiao.demo.building import build, is_built
from chanjiao.demo.outcome import outcome
from chanjiao.demo.scale import grow

SCALES = ("small", "large")


class Command(BaseCommand):
    help = "生成演示区域望澜市 Build the invented region of Wanglan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", default="build", choices=["build", "table"])
        parser.add_argument(
            "--scale", default="small", choices=SCALES,
            help="small: the region; large: 28,000 companies and 100,000 demands besides",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("演示数据只能装进演示库：请设 CHANJIAO_DEMO=1 set CHANJIAO_DEMO=1")
        logging.getLogger("django.tasks").setLevel(logging.WARNING)
        if options["act"] == "build":
            self._build(options["scale"])
        self._table()

    def _build(self, scale: str) -> None:
        if is_built():
            self.stdout.write("  演示区域已在库中 the region is there already")
        else:
            build(lambda line: self.stdout.write(f"  {line}"))
        if scale == "large":
            grow(lambda line: self.stdout.write(f"  {line}"))

    def _table(self) -> None:
        rows = outcome()
        self.stdout.write("")
        for row in rows:
            self.stdout.write(f"  {row.label:<44}{row.value}")
        self.stdout.write("")
