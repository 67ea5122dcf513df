"""What fairs can be asked to count."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.fairs.choices import BoothState, Stage
from chanjiao.fairs.models import Booth, Intention
from chanjiao.fairs.queries import booths_visible_to

SIGNED = (Stage.SIGNED, Stage.ARRIVED, Stage.STAYED)


def _booths(moment: Moment) -> QuerySet[Booth]:
    return Booth.objects.filter(fair__held_on__year=moment.year, fair__held_on__lte=moment.as_of)


def _intentions(moment: Moment) -> QuerySet[Intention]:
    return Intention.objects.filter(
        fair__held_on__year=moment.year, fair__held_on__lte=moment.as_of
    )


METRICS = (
    Metric(
        "fair_companies_present",
        Words("参展企业到场率", "Companies that came to fairs"),
        Words(
            "当年已举办的对接会上，报名通过的企业中到场的占比",
            "Of companies approved for fairs held in the year, the share that came",
        ),
        "%", Role.OFFICE,
        rows=_booths, numerator=lambda moment: Q(state=BoothState.PRESENT),
        denominator=lambda moment: Q(state__in=[BoothState.PRESENT, BoothState.ABSENT]),
        body="company", thing="booth", visible_to=booths_visible_to,
        row_url=lambda row: reverse("fairs:booth", args=[row.pk]),
        caveat=Words("到场情况尚未登记的不计", "Where nobody noted who came, nothing counts"),
    ),
    Metric(
        "fair_intentions_signed",
        Words("意向签约率", "Intentions that led to a contract"),
        Words(
            "当年对接会的意向中到过签约阶段的占比，之后流失的也在内",
            "Share of intentions that reached signing, including those lost afterwards",
        ),
        "%", Role.OFFICE,
        rows=_intentions, numerator=lambda moment: Q(reached__in=SIGNED),
        denominator=lambda moment: Q(), body="post__booth__company",
        caveat=Words(
            "只给出数，不打开到学生", "Only the figure is given; it doesn't open to students"
        ),
    ),
)  # fmt: skip
