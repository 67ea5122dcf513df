"""``chanjiao comply --pack internship-cn FILE.json``: judge internships without any database."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.core import clock
from chanjiao.core.rulepacks import load_pack, shipped_packs
from chanjiao.engines.rules import Answer, Finding, Judge, Judgement, RulesError, findings
from chanjiao.engines.rules.internship import (
    INTERNSHIP,
    Register,
    judge_register,
    read_register,
    standing,
)

READ_ERROR = 2
_SHOWN = 200


class Command(BaseCommand):
    help = "实习合规：按规则包逐条判断 · judge internships by a rule pack"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="units, students, placements as JSON")
        parser.add_argument(
            "--pack",
            action="append",
            required=True,
            help=f"a shipped pack ({', '.join(shipped_packs())}) or a YAML file; may be repeated",
        )
        parser.add_argument(
            "--overlay", action="append", type=Path, default=[], help="an office's overlay (YAML)"
        )
        parser.add_argument("--on", type=date.fromisoformat, help="day of judging; today without")
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument("--all", action="store_true", help="with --json: passes too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judge = Judge(load_pack(options["pack"], options["overlay"]), INTERNSHIP)
            register, on = read_register(_read_json(options["file"]), judge.pack)
        except RulesError as fault:
            shown = [f"{options['file'].name}: {one}" for one in fault.faults[:_SHOWN]]
            raise CommandError("\n".join(shown), returncode=READ_ERROR) from fault
        on = options["on"] or on or clock.today()
        judged = judge_register(register, judge, on)
        states = _states(register, judged)
        if options["json"]:
            told = _as_json(judge, on, judged, states, passes=options["all"])
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(judge, on, judged, states)
        if set(states.values()) - {"clear"}:
            raise SystemExit(1)

    def _tell(
        self, judge: Judge, on: date, judged: list[Judgement], states: dict[str, str]
    ) -> None:
        counts = Counter(states.values())
        self.stdout.write(
            f"{judge.pack.id} · {on} · {len(judged)} 条实习 placements · "
            + " · ".join(f"{state} {counts[state]}" for state in STATES if counts[state])
        )
        told = 0
        for one in judged:
            for finding in findings(one):
                told += 1
                if told <= _SHOWN:
                    self._tell_finding(finding)
        if told > _SHOWN:
            self.stdout.write(f"… 另有 {told - _SHOWN} 条，用 --json 查看全部 · more with --json")

    def _tell_finding(self, finding: Finding) -> None:
        mark = {Answer.FAIL: "✗", Answer.CANNOT_JUDGE: "?"}[finding.answer]
        self.stdout.write(
            f"{mark} {finding.case} {finding.rule} {finding.answer} {finding.severity}"
            f"（{finding.article}）"
        )
        for sentence in (finding.message, finding.change):
            self.stdout.write(f"    {sentence.zh}\n    {sentence.en}")


STATES = {
    "blocked": "有“不得”未遵守",
    "incomplete": "有规则无法判断",
    "needs_reason": "须写明理由",
    "clear": "全部符合",
}


def _states(register: Register, judged: list[Judgement]) -> dict[str, str]:
    placements = {one.id: one for one in register.placements}
    return {one.case: standing(one, placements[one.case]).state for one in judged}


def _read_json(path: Path) -> Any:
    """The file's content; amounts written with a point stay exactly as they are written."""
    try:
        return json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(
            f"{path}: 读不到这个文件（须为 UTF-8）。 This file can't be read (UTF-8 is wanted).",
            returncode=READ_ERROR,
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise CommandError(
            f"{path.name}: 不是 JSON：{fault}。 Is no JSON: {fault}.", returncode=READ_ERROR
        ) from fault


def _as_json(
    judge: Judge, on: date, judged: list[Judgement], states: dict[str, str], *, passes: bool
) -> dict[str, Any]:
    counts = Counter(states.values())
    return {
        "pack": judge.pack.id,
        "on": on.isoformat(),
        "placements": len(judged),
        "states": {state: counts[state] for state in STATES},
        "judgements": [
            {
                "placement": one.case,
                "state": states[one.case],
                "findings": [_finding(each) for each in findings(one, passes=passes)],
            }
            for one in judged
            if passes or one.open
        ],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "answer": one.answer.value,
        "severity": one.severity.value,
        "article": one.article,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "message": {"zh": one.message.zh, "en": one.message.en},
        "change": {"zh": one.change.zh, "en": one.change.en},
        "missing": list(one.missing),
        "overlay": one.overlay,
    }
