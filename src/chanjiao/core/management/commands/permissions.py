"""``chanjiao permissions``: the permission matrix on paper, as the code reads it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from chanjiao.core.permissions import COLUMNS, OBJECT_NAMES, matrix
from chanjiao.core.roles import Action, Reach, Role

HEAD = """# Permissions · 权限表

Printed by `chanjiao permissions --write docs/permissions.md` from `core/permissions.py`: the table
that lets requests in and draws menus and buttons. It is tested against every address of the site
(`tests/web/test_permission_matrix.py`). A cell names actions, then how far they reach.
"""

RULES = """## Beyond the cells · 表外规则

- Another organisation's record is not found (404); a missing right is refused (403).
- People of a suspended organisation have the rights of the public. 停用机构的人只有公众权限。
- Somebody with roles in two organisations acts for one at a time. 一人多机构时一次只代表一个机构。
- Nobody reviews what they submitted. 提交人不能审核自己提交的内容。
- Office, auditor and system administrator are three persons. 办公、审计、系统须分由三人担任。
- An organisation is never left without an administrator. 机构至少保留一名长期管理员。
- O, SA and AD sign in with a second factor. 办公室、学校管理员、系统管理员须启用两步验证。
- An API token reads what is in its scope and its owner still may. 令牌不超过其范围与创建人的权限。
"""


class Command(BaseCommand):
    help = "打印权限表 Print the permission matrix"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", help="write the paper to this file instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        paper = permission_paper()
        if options["write"]:
            Path(options["write"]).write_text(paper, encoding="utf-8")
        else:
            self.stdout.write(paper, ending="")


def permission_paper() -> str:
    return "\n".join([HEAD, *_legend(), "", *_table(), "", RULES])


def _legend() -> list[str]:
    return [
        f"**Roles 角色** {_words(Role)}", "",
        f"**Actions 动作** {_words(Action)}", "",
        f"**Reaches 范围** {_words(Reach)}",
    ]  # fmt: skip


def _words(choices: Any) -> str:
    return " · ".join(
        f"`{c.value}` {_in(c.label, 'zh-hans')} {_in(c.label, 'en')}" for c in choices
    )


def _table() -> list[str]:
    lines = [
        f"| object 对象 | {' | '.join(COLUMNS)} |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    for thing, row in matrix().items():
        name = OBJECT_NAMES[thing]
        cells = " | ".join(_cell(row[Role(column)]) for column in COLUMNS)
        lines.append(f"| `{thing}` {_in(name, 'zh-hans')} {_in(name, 'en')} | {cells} |")
    return lines


def _cell(cell: Any) -> str:
    """``CRU*`` again, built from what was parsed and not copied from what was written."""
    by_reach = {
        reach: "".join(a.value for a in Action if reach in cell.get(a, ())) for reach in Reach
    }
    found = [
        letters + ("\\*" if reach is Reach.ALL else reach.value)
        for reach, letters in by_reach.items()
        if letters
    ]
    return " ".join(found) or "-"


def _in(words: Any, language: str) -> str:
    with override(language):
        return str(words)
