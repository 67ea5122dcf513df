from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.publishing.queries import list_numbered, version_numbered
from chanjiao.publishing.rebuilding import Report, rebuild
from chanjiao.publishing.verification import Answer, Finding, verify_file, verify_text


class Command(BaseCommand):
    help = "Verify a file, number or hash against what was published; rebuild a list's files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="is this file (or number, or hash) ours?")
        verify.add_argument("what", metavar="FILE|NUMBER|HASH")
        again = acts.add_parser("rebuild", help="make every file again and compare the bytes")
        again.add_argument("number", metavar="NUMBER")
        again.add_argument("--version", dest="edition", type=int, help="one version only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "verify":
            self._verify(options["what"])
        else:
            self._rebuild(options["number"], options["edition"])

    def _verify(self, what: str) -> None:
        path = Path(what)
        is_file = path.is_file()
        finding = verify_file(path.read_bytes(), path.name) if is_file else verify_text(what)
        self.stdout.write(_told(finding))
        if finding.answer in (Answer.UNKNOWN, Answer.FROZEN):
            raise CommandError("未能确认。 Not confirmed.")

    def _rebuild(self, number: str, wanted: int | None) -> None:
        publication = list_numbered(number)
        if publication is None:
            raise CommandError(f"没有编号为 {number} 的发布。 No publication is numbered {number}.")
        versions = [version_numbered(publication, wanted)] if wanted else publication.versions.all()
        if None in versions:
            raise CommandError(f"{number} 没有第 {wanted} 版。 {number} has no version {wanted}.")
        reports = [rebuild(version.snapshot) for version in versions]
        for report in reports:
            self.stdout.write(_lines_of(report))
        if not all(report.is_sound for report in reports):
            raise CommandError(
                "重新生成的文件与发布时不同。 Rebuilt files differ from those published."
            )


def _told(finding: Finding) -> str:
    lines = [f"{finding.answer.label} [{finding.answer.value}]"]
    if finding.seal:
        lines.append(f"  sha256 {finding.seal}")
    if finding.version:
        told = f"{finding.version.publication.number} v{finding.version.number}"
        lines.append(
            f"  {told} · {finding.version.published_at:%Y-%m-%d} {finding.format}".rstrip()
        )
    if finding.answer == Answer.SUPERSEDED and finding.current:
        lines.append(f"  现行版本 current version: v{finding.current.number}")
    return "\n".join(lines)


def _lines_of(report: Report) -> str:
    lines = [f"{report.snapshot.number} v{report.snapshot.version}  {report.snapshot.seal}"]
    for one in report.rebuilt:
        word = "一致 identical" if one.is_same else f"不同 differs: {one.seal_now}"
        lines.append(f"  {one.format:5} {one.size:>9,} B  {one.seal_then}  {word}")
    lines += [f"  ✗ {fault}" for fault in report.faults]
    lines += [
        f"  ! {name} {then} → {now}" for name, (then, now) in sorted(report.tools_differ.items())
    ]
    return "\n".join(lines)
