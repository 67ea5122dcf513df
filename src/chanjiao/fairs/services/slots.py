"""The hours of a booth: laid out once for the whole morning, changed while nobody has one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.fairs.models import Booth, Interview, Slot
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
    booked = Interview.objects.filter(slot__booth=booth).count()
    if booked:
        raise Refused(
            _("已有 %(n)s 名学生约了时段，不能重排；可与学生协商后逐个调整。") % {"n": booked}
        )
    booth.slots.all().delete()
    fair = booth.fair
    begin = datetime.combine(fair.held_on, fair.starts_at)
    end, step = datetime.combine(fair.held_on, fair.ends_at), timedelta(minutes=minutes)
    slots = []
    while begin + step <= end:
        slots.append(Slot(booth=booth, starts_at=begin.time(), minutes=minutes, seats=seats))
        begin += step
    Slot.objects.bulk_create(slots)
    audit.record(actor, "booth.hours_laid_out", booth, slots=len(slots))
    return len(slots)
