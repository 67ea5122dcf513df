"""Writing an official table into a code list: new codes, changed names, ended codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.taxonomy import CodeItem
from chanjiao.standards.codebook import code_list
from chanjiao.standards.loading import load_items
from chanjiao.standards.models import Code
from chanjiao.standards.policies import can_change_codes


def write(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of one or more lists; a value that is absent keeps what stands.

    A code keeps its version: a new name for the same meaning changes the row. A code with a new
    meaning is written with the day it starts, after the old one was ended.
    """
    require(can_change_codes(actor))
    for system in sorted({str(row["system"]) for row in rows}):
        mine = [row for row in rows if row["system"] == system]
        load_items(system, _items(system, mine))
        for row in mine:
            if row.get("valid_to"):
                latest = Code.objects.filter(system=system, code=row["code"])
                newest = latest.order_by("-valid_from").first()
                if newest is not None and newest.valid_to != row["valid_to"]:
                    newest.valid_to = row["valid_to"]
                    newest.save()


def remove(actor: Actor, keys: Sequence[tuple[str, ...]]) -> None:
    """Take back codes that an import has just added; a code in use stays, and so do all others."""
    require(can_change_codes(actor))
    for system, code in sorted(keys, key=lambda key: (key[0], -len(key[1]), key[1])):
        try:
            Code.objects.filter(system=system, code=code).delete()
        except ProtectedError as error:
            raise Refused(
                _("代码 %(code)s 已被使用，不能撤回；可以给它失效日期。") % {"code": code}
            ) from error


def _items(system: str, rows: Sequence[Mapping[str, Any]]) -> list[CodeItem]:
    """Rows as items, each one level below its parent."""
    held = code_list(system)
    given = {str(row["code"]): row for row in rows}

    def parent_of(code: str) -> str:
        stated = given.get(code, {}).get("parent")
        old = held.get(code)
        return str(stated or (old.parent if old else "") or "")

    def level_of(code: str) -> int:
        level, seen = 1, {code}
        above = parent_of(code)
        while above and above not in seen:
            level, seen, above = level + 1, seen | {above}, parent_of(above)
        return level

    return [_item(code, row, held.get(code), parent_of(code), level_of(code))
            for code, row in given.items()]  # fmt: skip


def _item(
    code: str, row: Mapping[str, Any], old: CodeItem | None, parent: str, level: int
) -> CodeItem:
    def kept(name: str, before: Any) -> Any:
        value = row.get(name)
        return before if value in (None, "") else value

    aliases = kept("aliases", "|".join(old.aliases) if old else "")
    flags = kept("flags", "|".join(sorted(old.flags)) if old else "")
    return CodeItem(
        code,
        str(row["name"]),
        parent,
        level,
        tuple(part for part in str(aliases).split("|") if part),
        frozenset(part for part in str(flags).split("|") if part),
        kept("valid_from", old.valid_from if old else None),
        kept("valid_to", old.valid_to if old else None),
        str(kept("name_en", old.name_en if old else "")),
    )
