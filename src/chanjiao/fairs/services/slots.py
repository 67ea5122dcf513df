"""The hours of a booth: laid out once for the whole morning, changed while nobody has one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.fairs.models import Booth, Fair, Interview, Slot
from chanjiao.fairs.policies import can_change_booth

MINUTES, SEATS = range(5, 121), range(1, 21)


@transaction.atomic
def lay_out(actor: Actor, booth_id: int, minutes: int, seats: int) -> int:
    """Cut the hours of the fair into interviews; returns how many hours there are."""
    rows = Booth.objects.select_for_update(of=("self",)).select_related("fair")
    booth = rows.get(pk=booth_id)
    require(can_change_booth(actor, booth))
    if minutes not in MINUTES or seats not in SEATS:
        raise Refused(
            _("每段 %(minutes)s 分钟、%(seats)s 人不行：须为 5 至 120 分钟，1 至 20 人。")
            % {"minutes": minutes, "seats": seats},
            field="minutes",
        )
    list(booth.slots.select_for_update())  # so that nobody takes one meanwhile
    booked = Interview.objects.filter(slot__booth=booth).count()
    if booked:
        raise Refused(
            _("已有 %(n)s 名学生约了时段，不能重排；可与学生协商后逐个调整。") % {"n": booked}
        )
    booth.slots.all().delete()
    fair = booth.fair
    slots = [
        Slot(booth=booth, after=after, minutes=minutes, seats=seats)
        for after in range(0, minutes_of(fair) - minutes + 1, minutes)
    ]
    Slot.objects.bulk_create(slots)
    audit.record(actor, "booth.hours_laid_out", booth, slots=len(slots))
    return len(slots)


def fit(fair: Fair) -> None:
    """Hours move with the fair; those beyond its new end go, unless somebody has one of them."""
    rows = Slot.objects.filter(booth__fair=fair, after__gt=minutes_of(fair) - F("minutes"))
    beyond = [slot.pk for slot in rows.select_for_update(of=("self",))]
    booked = Interview.objects.filter(slot_id__in=beyond).count()
    if booked:
        raise Refused(
            _("有 %(n)s 名学生约的时段在新的结束时间之后；请把结束时间往后放。") % {"n": booked},
            field="ends_at",
        )
    Slot.objects.filter(pk__in=beyond).delete()


def minutes_of(fair: Fair) -> int:
    """How long the fair is open."""
    day = fair.held_on
    opened = datetime.combine(day, fair.ends_at) - datetime.combine(day, fair.starts_at)
    return int(opened.total_seconds()) // 60
