"""The plan of the halls: laying out stands, closing some, and giving each company its own."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.fairs.choices import BoothState
from chanjiao.fairs.models import Booth, Fair, Hall, Stand
from chanjiao.fairs.policies import can_revise
from chanjiao.fairs.queries import free_stands
from chanjiao.fairs.services import fairs

MOST_SIDE = 40


@transaction.atomic
def lay_out(actor: Actor, fair_id: int, name: str, rows: int, columns: int) -> Hall:
    """Add a hall with a grid of stands, numbered by hall, row and column (A-03-07)."""
    fair = _open(actor, fair_id)
    if not (1 <= rows <= MOST_SIDE and 1 <= columns <= MOST_SIDE):
        raise Refused(
            _("%(rows)s 排 × %(columns)s 列不行：两者都须为 1 至 %(most)s。")
            % {"rows": rows, "columns": columns, "most": MOST_SIDE},
            field="rows",
        )
    if fair.halls.filter(name=name.strip()).exists():
        raise Refused(_("已有名为“%(name)s”的展厅。") % {"name": name}, field="name")
    hall = Hall.objects.create(fair=fair, name=name.strip(), rows=rows, columns=columns)
    letter = _letter(fair.halls.count() - 1)
    Stand.objects.bulk_create(
        Stand(hall=hall, number=f"{letter}{row:02}-{column:02}", row=row, column=column)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    )
    audit.record(actor, "fair.hall_laid_out", fair, hall=hall.name, stands=rows * columns)
    return hall


@transaction.atomic
def take_down(actor: Actor, hall_id: int) -> None:
    """Remove a hall in which nobody has a stand yet."""
    hall = Hall.objects.select_related("fair").get(pk=hall_id)
    fair = _open(actor, hall.fair_id)
    taken = Booth.objects.filter(stand__hall=hall).count()
    if taken:
        raise Refused(
            _("“%(name)s”已有 %(n)s 家企业排位，请先移走。") % {"name": hall.name, "n": taken}
        )
    hall.delete()
    audit.record(actor, "fair.hall_taken_down", fair, hall=hall.name)


@transaction.atomic
def close(actor: Actor, stand_id: int, *, is_closed: bool) -> Stand:
    """Keep a place free for a pillar, a door or the desk; or open it again."""
    stand = Stand.objects.select_related("hall").get(pk=stand_id)
    _open(actor, stand.hall.fair_id)
    if is_closed and Booth.objects.filter(stand=stand).exists():
        raise Refused(_("展位 %(n)s 已有企业，请先移走。") % {"n": stand.number})
    stand.is_closed = is_closed
    stand.save(update_fields=["is_closed"])
    return stand


@transaction.atomic
def give(actor: Actor, booth_id: int, stand_id: int | None) -> Booth:
    """Put a company on a stand, or take it off; two companies that want to swap do so."""
    booth = Booth.objects.select_related("fair", "stand").get(pk=booth_id)
    fair = _open(actor, booth.fair_id)
    if booth.state not in (BoothState.APPROVED, BoothState.APPLIED):
        raise Refused(
            _("该企业当前为“%(state)s”，不排展位。") % {"state": booth.get_state_display()}
        )
    before = booth.stand
    if stand_id is None:
        _set(booth, None)
        return booth
    stand = Stand.objects.filter(pk=stand_id, hall__fair=fair, is_closed=False).first()
    if stand is None:
        raise Refused(_("没有这个展位，或它已停用。"), field="stand")
    other = Booth.objects.filter(stand=stand).exclude(pk=booth.pk).first()
    if other:
        _set(other, None)
    _set(booth, stand)
    if other and before:
        _set(other, before)
    audit.record(actor, "booth.placed", booth, stand=stand.number)
    return booth


@transaction.atomic
def give_all(actor: Actor, fair_id: int) -> tuple[int, int]:
    """Place every approved company without a stand: chains stand together, most people first.

    Returns how many were placed and how many found no place. Those already placed don't move.
    """
    fair = _open(actor, fair_id)
    free = list(free_stands(fair))
    waiting = fair.booths.filter(state=BoothState.APPROVED, stand=None)
    rows = list(waiting.select_related("company").prefetch_related("company__placements__node"))
    ordered = _neighbours(rows)
    placed = 0
    for booth, stand in zip(ordered, free, strict=False):
        _set(booth, stand)
        placed += 1
    audit.record(actor, "fair.placed", fair, placed=placed, without=len(rows) - placed)
    return placed, len(rows) - placed


def _neighbours(booths: Sequence[Booth]) -> list[Booth]:
    """Companies of one chain side by side; the larger chains first, then by name."""
    groups: dict[int, list[Booth]] = defaultdict(list)
    for booth in booths:
        nodes = booth.company.placements.all()
        chain = min((one.node.chain_id for one in nodes), default=0)
        groups[chain].append(booth)
    order = sorted(groups, key=lambda chain: (chain == 0, -len(groups[chain]), chain))
    return [
        booth
        for chain in order
        for booth in sorted(groups[chain], key=lambda one: (one.company.name, one.pk))
    ]


def _open(actor: Actor, fair_id: int) -> Fair:
    fair = fairs.locked(fair_id)
    require(can_revise(actor, fair))
    return fair


def _set(booth: Booth, stand: Stand | None) -> None:
    booth.stand = stand
    booth.save(update_fields=["stand", "updated_at"])


def _letter(n: int) -> str:
    """The letter of the n-th hall: A to Z, then AA, AB and so on."""
    return chr(65 + n) if n < 26 else _letter(n // 26 - 1) + chr(65 + n % 26)
