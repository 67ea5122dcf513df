"""``chanjiao timetable solve|cost``: timetables in the format of ITC-2007, track 3."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.engines.scheduling import SchedulingError
from chanjiao.engines.scheduling.timetabling import (
    Cost,
    Instance,
    cost,
    is_compiled,
    read_ctt,
    read_sol,
    solve,
    write_sol,
)

READ_ERROR, NO_TIMETABLE = 2, 3


class Command(BaseCommand):
    help = "课程表（ITC-2007 格式）：solve 求解、cost 计价 · timetables: solve, cost"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        solving = acts.add_parser("solve", help="write the best timetable found in the time given")
        solving.add_argument("file", type=Path, help="the problem, .ctt")
        solving.add_argument("--seconds", type=float, default=60.0, help="time in all; 60")
        solving.add_argument("--out", type=Path, required=True, help="the timetable, .sol")
        solving.add_argument("--seed", type=int, default=1)
        solving.add_argument("--runs", type=int, default=2, help="side by side, one a core; 2")
        costing = acts.add_parser("cost", help="the official cost of a timetable; 1 if infeasible")
        costing.add_argument("file", type=Path, help="the problem, .ctt")
        costing.add_argument("timetable", type=Path, help=".sol")
        costing.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        instance = _instance(options["file"])
        if options["act"] == "cost":
            self._cost(instance, options)
        else:
            self._solve(instance, options)

    def _solve(self, instance: Instance, options: dict[str, Any]) -> None:
        if options["seconds"] <= 0 or options["runs"] < 1:
            raise CommandError(
                "--seconds 须大于 0，--runs 至少为 1。 Give --seconds above 0, --runs from 1 up.",
                returncode=READ_ERROR,
            )
        if not options["out"].parent.is_dir():
            raise CommandError(
                f"{options['out']}: 文件夹不存在。 The folder does not exist.",
                returncode=READ_ERROR,
            )
        if not is_compiled():
            self.stderr.write(
                "没有编译的内核（packages/chanjiao-kernels），用纯 Python，慢数百倍。"
                " No compiled kernels: plain Python, some hundred times slower."
            )
        try:
            found = solve(
                instance, seconds=options["seconds"], seed=options["seed"], runs=options["runs"]
            )
        except SchedulingError as fault:
            raise CommandError(str(fault), returncode=NO_TIMETABLE) from fault
        options["out"].write_text(write_sol(instance, found.timetable), "utf-8")
        self.stdout.write(_told(found.cost))
        self.stdout.write(
            f"{found.steps:,} 步 steps · {found.seconds:.1f} s · {options['out'].name}"
        )

    def _cost(self, instance: Instance, options: dict[str, Any]) -> None:
        path = options["timetable"]
        try:
            found = cost(instance, read_sol(instance, _text(path), path.name))
        except SchedulingError as fault:
            raise CommandError(str(fault), returncode=READ_ERROR) from fault
        if options["json"]:
            told = {**asdict(found), "violations": found.violations, "total": found.total}
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(_told(found))
        if found.violations:
            raise SystemExit(1)


def _instance(path: Path) -> Instance:
    try:
        return read_ctt(_text(path), path.name)
    except SchedulingError as fault:
        raise CommandError(str(fault), returncode=READ_ERROR) from fault


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError as fault:
        raise CommandError(
            f"{path}: 读不到这个文件。 This file can't be read.", returncode=READ_ERROR
        ) from fault


def _told(found: Cost) -> str:
    return (
        f"不可行处 violations {found.violations}"
        f"（lectures {found.lectures}, conflicts {found.conflicts},"
        f" availability {found.availability}, rooms {found.room_occupancy}）· "
        f"代价 cost {found.total} = 座位 RoomCapacity {found.room_capacity}"
        f" + 天数 MinWorkingDays {found.min_working_days}"
        f" + 紧凑 CurriculumCompactness {found.curriculum_compactness}"
        f" + 教室 RoomStability {found.room_stability}"
    )
