from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import chanjiao
from chanjiao.core import catalogues

ROOT = Path(chanjiao.__file__).parent


class Command(BaseCommand):
    """Django's own makemessages needs GNU gettext on the machine; Babel comes with the project."""

    help = "英文译文：update 更新、check 检查、compile 编译 English catalogues"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["update", "check", "compile"])

    def handle(self, *args: Any, **options: Any) -> None:
        {"update": self.update, "check": self.check_catalogues, "compile": self.compile}[
            options["act"]
        ]()

    def update(self) -> None:
        for path in catalogues.update(ROOT):
            self.stdout.write(path.relative_to(ROOT).as_posix())

    def compile(self) -> None:
        catalogues.compile_stale(ROOT)

    def check_catalogues(self) -> None:
        faults = catalogues.faults(ROOT)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(
                f"{len(faults)} 处译文不完整；运行 messages update 后补上英文。"
                f" {len(faults)} faults: run 'messages update', then fill in the English."
            )
