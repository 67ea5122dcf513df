"""``chanjiao text repair|facts``: pages mended and read without a database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.engines.tabular.plaintext import decode
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.engines.text import Edit, Flag, Institution, repair
from chanjiao.engines.text.facts import ArticleFacts, KnownOrganisation, read_page, records
from chanjiao.evidence.bodies import institutions, listed

STDIN = "-"
STDIN_NAME = "stdin.txt"
LARGEST = 50 * 1024 * 1024


class Command(BaseCommand):
    help = "修复文本、读取事实 Mend damaged pages, or read their facts"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        mend = acts.add_parser("repair", help="mended text with its edits and flags")
        mend.add_argument("files", nargs="*", metavar="FILE", help="standard input without one")
        mend.add_argument(
            "--out", metavar="DIR", help="text and FILE.json there; without it a JSON line each"
        )
        read = acts.add_parser("facts", help="a JSON line for each figure, body and relation")
        read.add_argument("files", nargs="*", metavar="FILE", help="standard input without one")
        read.add_argument("--published-on", metavar="YYYY-MM-DD", help="去年 counts from this day")
        read.add_argument(
            "--articles", action="store_true", help="tell the mended text of each article first"
        )
        for act in (mend, read):
            act.add_argument("--register", metavar="CSV", help="bodies that names resolve to")

    def handle(self, *args: Any, **options: Any) -> None:
        known = _register(options["register"])
        if options["act"] == "repair":
            self._repair(options["files"] or [STDIN], options["out"], known)
        else:
            self._facts(options, known)

    def _repair(self, files: list[str], folder: str | None, known: list[KnownOrganisation]) -> None:
        out = Path(folder) if folder is not None else None
        if out:
            _check_targets([Path(name) for name in files if name != STDIN], out)
        register = [Institution(b.name, b.city, b.domains, b.aliases) for b in known]
        for given in files:
            found = repair(_text(given), register)
            name = STDIN_NAME if given == STDIN else Path(given).name
            report = {
                "file": name,
                "edits": [_edit(edit) for edit in found.edits],
                "flags": [_flag(flag) for flag in found.flags],
            }
            if out:
                _write(out / name, found.text)
                _write(out / f"{name}.json", json.dumps(report, ensure_ascii=False, indent=1))
            else:
                line = {"file": name, "text": found.text, **report}
                self.stdout.write(json.dumps(line, ensure_ascii=False))
            self.stderr.write(f"{name}: {len(found.edits)} edits, {len(found.flags)} flags")

    def _facts(self, options: dict[str, Any], known: list[KnownOrganisation]) -> None:
        files, day = options["files"] or [STDIN], _day(options["published_on"])
        for name in files:
            found = read_page(_text(name), published_on=day, known=known)
            told = [_article(one) for one in found] if options["articles"] else []
            for record in (*told, *records(found)):
                line = {"file": Path(name).name, **record} if len(files) > 1 else record
                self.stdout.write(json.dumps(line, ensure_ascii=False))


def _register(name: str | None) -> list[KnownOrganisation]:
    if name is None:
        return institutions()
    try:
        return list(listed(_text(name)))
    except ValueError as error:
        raise CommandError(f"{name}: {error}") from error


def _day(told: str | None) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise CommandError(
            f"--published-on “{told}” 须为 2024-05-01 这样的日期 must be a date such as 2024-05-01"
        ) from error


def _check_targets(files: list[Path], out: Path) -> None:
    """Nothing of the user's is written over, and no result over another."""
    if out.exists() and not out.is_dir():
        raise CommandError(f"--out {out} 不是文件夹 --out {out} is not a folder")
    names = [path.name for path in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise CommandError(f"两个文件都叫 {twice}，请分次修复 Two files are called {twice}")
    for path in files:
        if path.parent.resolve() == out.resolve():
            raise CommandError(
                f"--out {out} 是 {path.name} 所在的文件夹，结果会覆盖原文件，请另选 "
                f"--out {out} holds {path.name} itself, which would be written over"
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"建不了文件夹 {out} Can't make it: {error.strerror}") from error


def _text(name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GBK; every other thing is refused by name."""
    shown = "标准输入 standard input" if name == STDIN else name
    data = sys.stdin.buffer.read(LARGEST + 1) if name == STDIN else _bytes(Path(name))
    if len(data) > LARGEST:
        raise CommandError(f"{shown} 超过 50 MB，请拆开 is larger than 50 MB: split it")
    if not data.strip():
        raise CommandError(f"{shown} 是空的 is empty")
    try:
        return decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    except Refused as refused:
        facts = ", ".join(f"{key} {value}" for key, value in refused.facts.items())
        raise CommandError(
            f"{shown} 不是 UTF-8、UTF-16 或 GBK 文本（{facts}），请另存为 UTF-8 "
            f"is no text in UTF-8, UTF-16 or GBK ({facts}): save it as UTF-8"
        ) from refused


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise CommandError(f"{path} 是文件夹，请给出文件 is a folder: name its files")
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise CommandError(f"没有文件 {path} There is no such file") from error
    except OSError as error:
        raise CommandError(f"读不了 {path} Can't read it: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"写不了 {path} Can't write it: {error.strerror}") from error


def _article(one: ArticleFacts) -> dict[str, Any]:
    return {"article": one.article, "type": "article", "title": one.title, "text": one.text}


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "kinds": list(edit.kinds),
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "start": flag.start,
        "end": flag.end,
        "kind": flag.kind,
        "quote": flag.quote,
        "candidates": list(flag.candidates),
        "reason": flag.reason,
    }
