from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.fairs.choices import Loss, Stage
from chanjiao.fairs.models.booths import Booth, FairPost
from chanjiao.fairs.models.fairs import Fair
from chanjiao.supply.models import Student


class Intention(TimeStamped):
    """That a student is interested in a position of a fair, and how far the two have come.

    ``shares_contact`` is the student's separate consent for this one company; without it the
    company sees the major, the school and the skills, but no name and no telephone number.
    """

    fair = models.ForeignKey(
        Fair, verbose_name=_("对接会"), on_delete=models.CASCADE, related_name="intentions"
    )
    student = models.ForeignKey(
        Student, verbose_name=_("学生"), on_delete=models.CASCADE, related_name="intentions"
    )
    post = models.ForeignKey(
        FairPost, verbose_name=_("参展岗位"), on_delete=models.PROTECT, related_name="intentions"
    )
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage, default=Stage.APPLIED)
    reached = models.CharField(_("到过的阶段"), max_length=10, choices=Stage, editable=False)
    loss = models.CharField(_("流失原因"), max_length=10, choices=Loss, blank=True)
    shares_contact = models.BooleanField(_("同意把联系方式给该企业"), default=False)
    consented_at = models.DateTimeField(_("同意时间"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField(_("确认的版次"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("求职意向")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "post"],
                name="intention_once_a_post",
                violation_error_message=_("已投递过这个岗位。"),
            ),
            models.CheckConstraint(
                name="intention_is_lost_for_a_reason",
                condition=~Q(stage=Stage.LOST) | ~Q(loss=""),
                violation_error_message=_("流失须选择原因。"),
            ),
        ]
        indexes = [models.Index(fields=["fair", "stage"], name="intention_by_stage")]

    def __str__(self) -> str:
        return f"{self.student} → {self.post_id}"


class IntentionStep(models.Model):
    """When a stage was reached, and by whose word; times never go back."""

    intention = models.ForeignKey(Intention, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("意向阶段")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intention", "stage"], name="intention_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.intention} · {self.stage}"


def hour_of(fair: Fair, after: int) -> time:
    """The time of day so many minutes after the opening."""
    opening = datetime.combine(fair.held_on, fair.starts_at)
    return (opening + timedelta(minutes=after)).time()


class Slot(models.Model):
    """A time at which a booth interviews, and how many people at once.

    It is counted from the opening, so that it moves with the fair.
    """

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="slots")
    after = models.PositiveSmallIntegerField(_("开场后分钟"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    seats = models.PositiveSmallIntegerField(_("人数"))

    class Meta:
        verbose_name = verbose_name_plural = _("面试时段")
        ordering = ["booth_id", "after"]
        constraints = [
            models.UniqueConstraint(fields=["booth", "after"], name="slot_once_a_time"),
            models.CheckConstraint(
                name="slot_takes_somebody",
                condition=Q(seats__range=(1, 20)) & Q(minutes__range=(5, 120)),
                violation_error_message=_("每段 5 至 120 分钟，1 至 20 人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booth} {self.starts_at:%H:%M}"

    @property
    def starts_at(self) -> time:
        return hour_of(self.booth.fair, self.after)


class Interview(models.Model):
    """A seat in a slot; the database keeps a seat from being given twice.

    ``after`` repeats the slot's, so that nobody can sit in two places at one time.
    """

    intention = models.OneToOneField(Intention, on_delete=models.CASCADE, related_name="interview")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="interviews")
    seat = models.PositiveSmallIntegerField(_("座次"))
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="interviews")
    after = models.PositiveSmallIntegerField(_("开场后分钟"))

    class Meta:
        verbose_name = verbose_name_plural = _("面试预约")
        ordering = ["after", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat"], name="interview_seat_once"),
            models.UniqueConstraint(
                fields=["fair", "student", "after"], name="interview_one_place_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} · {self.seat}"

    @property
    def starts_at(self) -> time:
        return hour_of(self.fair, self.after)
