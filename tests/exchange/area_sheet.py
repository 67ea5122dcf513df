"""A real sheet over a real table, for testing the framework itself: areas by code."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area

KINDS = {kind.value: (str(kind.label), kind.name.title()) for kind in AreaKind}


class AreaSheet(SheetHandler):
    sheet = Sheet(
        "areas", "区域", "Areas",
        (
            Column("code", "编码", "Code", "code", required=True, max_length=30),
            Column("name", "名称", "Name", "text", required=True, max_length=80),
            Column("kind", "类型", "Kind", "choice", required=True, choices=KINDS),
            Column("parent", "上级编码", "Parent code", "code"),
        ),
        key=("code",),
    )  # fmt: skip
    thing = "area"

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        wanted = {key[0] for key in keys}
        return {(v["code"],): v for v in self.rows(actor, {}) if v["code"] in wanted}

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        for area in Area.objects.select_related("parent").order_by("code"):
            yield {
                "code": area.code, "name": area.name, "kind": area.kind,
                "parent": area.parent.code if area.parent else None,
            }  # fmt: skip

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        known = set(Area.objects.values_list("code", flat=True)) | {r["code"] for r in rows}
        return [
            (n, Problem("parent", "unknown_parent", f"没有编码为 {row['parent']} 的区域。",
                        f"There is no area {row['parent']}."))
            for n, row in enumerate(rows)
            if row.get("parent") and row["parent"] not in known
        ]  # fmt: skip

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        for n, change in enumerate(changes, 1):
            self._one(change)
            progress(n, len(changes), "")

    def _one(self, change: Change) -> None:
        code = change.key[0]
        if change.after is None:
            if Area.objects.filter(parent__code=code).exists():
                raise Refused(f"{code} 还有下级区域。")
            Area.objects.filter(code=code).delete()
            return
        fields = {k: v for k, v in change.after.items() if v is not None and k != "parent"}
        parent = Area.objects.filter(code=change.after.get("parent")).first()
        if parent:
            fields["parent"] = parent
        Area.objects.update_or_create(code=code, defaults={**fields, "path": code})


class TornAreaSheet(AreaSheet):
    """The control of ``scripts/kill_worker.py``: commits each row, as no sheet may."""

    def _one(self, change: Change) -> None:
        super()._one(change)
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
            cursor.execute("BEGIN")
