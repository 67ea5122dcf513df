"""``chanjiao align occupation --top 5 < titles``: a line in, a JSON line out; no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.engines.taxonomy import Suggestion
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged_aligner

LISTS = {"occupation": System.OCCUPATION, "major": System.MAJOR, "industry": System.INDUSTRY}
BATCH = 1000


class Command(BaseCommand):
    help = "把标准输入的每行对齐到标准代码 Align each line of standard input to standard codes"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", choices=LISTS)
        parser.add_argument("--top", type=int, default=5, help="how many codes a line gets")
        parser.add_argument("--reasons", action="store_true", help="say why, in both languages")

    def handle(self, *args: Any, **options: Any) -> None:
        top = options["top"]
        if top < 1:
            raise CommandError(f"--top {top} 须至少为 1 --top {top} must be at least 1")
        aligner = packaged_aligner(LISTS[options["list"]])
        for texts in _batches(sys.stdin):
            for text, found in zip(texts, aligner.align_many(texts, top), strict=True):
                line = _line(text, found, with_reasons=options["reasons"])
                self.stdout.write(json.dumps(line, ensure_ascii=False))


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    stripped = (line.rstrip("\r\n") for line in lines)
    while batch := list(islice(stripped, BATCH)):
        yield batch


def _line(text: str, found: list[Suggestion], *, with_reasons: bool) -> dict[str, Any]:
    """The best code's score and method stand beside the codes; an empty text has none."""
    line: dict[str, Any] = {
        "text": text,
        "codes": [each.code for each in found],
        "names": [each.name for each in found],
        "scores": [round(each.score, 4) for each in found],
        "score": round(found[0].score, 4) if found else 0.0,
        "method": found[0].method if found else "none",
    }
    if with_reasons:
        line["reasons"] = [[[r.zh, r.en] for r in each.reasons] for each in found]
    return line
