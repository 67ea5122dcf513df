"""``chanjiao workflows``: every workflow table as a diagram and a list, on paper or on screen."""

import importlib
import pkgutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.translation import gettext, override

from chanjiao.core.workflow import Move, Workflow

HEAD = """# Workflow tables

Printed by `python -m chanjiao workflows --write docs/workflows.md` from the tables that draw the
buttons, guard the acts and run the tests. Deadlines count working days.
"""


class Command(BaseCommand):
    help = "打印各类业务的状态与流转 Print every workflow table"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", help="write the paper to this file instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        paper = workflow_paper()
        if options["write"]:
            Path(options["write"]).write_text(paper, encoding="utf-8")
        else:
            self.stdout.write(paper, ending="")


def workflow_paper() -> str:
    """The whole paper, in Chinese as the tables are written, in order of their names."""
    with override("zh-hans"):
        parts = [_section(found) for found in sorted(workflows(), key=lambda w: w.kind)]
    return "\n".join([HEAD, *parts])


def workflows() -> Iterator[Workflow]:
    """Every workflow table that an installed app declares, each once."""
    seen: set[str] = set()
    for module in _modules():
        for value in vars(module).values():
            if isinstance(value, Workflow) and value.kind not in seen:
                seen.add(value.kind)
                yield value


def _modules() -> Iterator[ModuleType]:
    for app in apps.get_app_configs():
        if not app.name.startswith("chanjiao.") or app.name in {"chanjiao.web", "chanjiao.demo"}:
            continue
        root = importlib.import_module(app.name)
        for found in pkgutil.walk_packages(root.__path__, f"{app.name}."):
            if ".migrations" not in found.name and ".management" not in found.name:
                yield importlib.import_module(found.name)


def _section(found: Workflow) -> str:
    name = found.model._meta.verbose_name
    rows = [_row(found, move) for move in found.moves]
    head = f"{gettext('动作')} | {gettext('从')} | {gettext('到')} | {gettext('要求')}"
    lines = [
        f"## {name} `{found.kind}`", "", "```mermaid", found.diagram(), "```", "",
        f"| {head} |", "|---|---|---|---|", *rows, "",
    ]  # fmt: skip
    return "\n".join(lines)


def _row(found: Workflow, move: Move) -> str:
    sources = "、".join(found.label(source) for source in move.sources)
    asks = [
        gettext("填写意见") if move.needs_opinion else "",
        gettext("提交人不得审核") if move.four_eyes else "",
        gettext("%(days)d 个工作日内办理") % {"days": move.days} if move.days else "",
        gettext("须满足前置条件") if move.guard else "",
    ]
    told = "；".join(ask for ask in asks if ask)
    return f"| {move.label} | {sources} | {found.label(move.target)} | {told} |"
