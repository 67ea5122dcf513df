"""``chanjiao audit``: check the chain, tell its head to the outside, hand it to an auditor."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.core import audit
from chanjiao.core.actor import SYSTEM
from chanjiao.core.models import AuditEntry
from chanjiao.engines.ledger import Anchor


class Command(BaseCommand):
    help = "审计链：verify 校验、anchor 锚定、export 导出 · audit chain: verify, anchor, export"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="walk the chain; exit code 1 when it was touched")
        verify.add_argument(
            "--anchors", type=Path, help="anchors kept outside: one JSON {sequence, hash} a line"
        )
        verify.add_argument("--json", action="store_true", help="the verdict as JSON")
        anchor = acts.add_parser("anchor", help="note the head as told to somebody, and print it")
        anchor.add_argument("--told-to", required=True, help="where it is kept, or who got it")
        export = acts.add_parser("export", help="entries with their seals, one JSON a line")
        export.add_argument("--since", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        export.add_argument("--until", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        export.add_argument("--out", type=Path, help="file; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        {"verify": self.verify, "anchor": self.anchor, "export": self.export}[options["act"]](
            options
        )

    def verify(self, options: dict[str, Any]) -> None:
        verdict = audit.verify_chain(outside=_read_anchors(options["anchors"]))
        if options["json"]:
            self.stdout.write(json.dumps(_verdict(verdict), ensure_ascii=False))
        else:
            for fault in verdict.faults:
                self.stderr.write(f"{fault.zh} {fault.en}")
            self.stdout.write(
                f"{verdict.count} 条 entries · 锚 anchors {verdict.anchors_met} · "
                f"head {verdict.head.sequence} {verdict.head.hash}"
            )
        if not verdict.ok:
            raise CommandError(
                f"审计链被改动：{verdict.fault_count} 处。"
                f" The audit chain was touched: {verdict.fault_count} faults."
            )

    def anchor(self, options: dict[str, Any]) -> None:
        if not (verdict := audit.verify_chain()).ok:
            raise CommandError(
                "审计链校验不通过，未锚定；先运行 audit verify。"
                f" Not anchored, the chain does not hold: {verdict.fault_count} faults."
            )
        made = audit.anchor(SYSTEM, options["told_to"])
        line = {"sequence": made.sequence, "hash": made.hash, "told_to": made.told_to}
        self.stdout.write(json.dumps({**line, "at": made.at.isoformat()}, ensure_ascii=False))

    def export(self, options: dict[str, Any]) -> None:
        lines = _lines(options["since"], options["until"])
        if options["out"] is None:
            for line in lines:
                self.stdout.write(line)
            return
        with options["out"].open("w", encoding="utf-8") as file:
            count = 0
            for count, line in enumerate(lines, 1):  # noqa: B007
                file.write(line + "\n")
        sys.stderr.write(f"{count} → {options['out']}\n")


def _read_anchors(path: Path | None) -> list[Anchor]:
    """Anchors that were kept where nobody could touch them together with the database."""
    if path is None:
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            found.append(Anchor(int(told["sequence"]), str(told["hash"])))
        except (ValueError, KeyError, TypeError) as fault:
            raise CommandError(
                f"{path} 第 {number} 行不是锚 · line {number} is no anchor: {line[:80]}"
            ) from fault
    return found


def _verdict(verdict: Any) -> dict[str, Any]:
    return {
        "ok": verdict.ok,
        "entries": verdict.count,
        "head": {"sequence": verdict.head.sequence, "hash": verdict.head.hash},
        "anchors_met": verdict.anchors_met,
        "fault_count": verdict.fault_count,
        "faults": [
            {"kind": f.kind, "sequence": f.sequence, "until": f.until, "zh": f.zh, "en": f.en}
            for f in verdict.faults
        ],
    }


def _lines(since: date | None, until: date | None) -> Iterator[str]:
    rows = AuditEntry.objects.order_by("sequence")
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    for row in rows.iterator(chunk_size=2000):
        line = {
            "sequence": row.sequence,
            "previous": row.previous_hash,
            "hash": row.hash,
            "payload": audit.payload_of(row),
        }
        yield json.dumps(line, ensure_ascii=False, sort_keys=True)
