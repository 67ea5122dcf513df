"""Fourth stage: studies of the gap, and the quarter whose list was frozen and published."""

from datetime import date

from chanjiao.core.actor import Actor
from chanjiao.demo.calendar import Quarter
from chanjiao.gaps.models import GapStudy
from chanjiao.gaps.services import studies
from chanjiao.publishing.models import Version
from chanjiao.publishing.services import quarters

AGREED = "覆盖率、未对齐比例与小样本处理已核对，同意。"


def study_gap(office: Actor, year: int, as_of: date) -> GapStudy:
    """Order a study, have it computed, and let the public see it."""
    study = studies.create(office, year, as_of)
    studies.publish(office, study.pk)
    return study


def close_quarter(office: Actor, director: Actor, quarter: Quarter) -> Version:
    """All six steps of the closing; whoever froze the list doesn't sign it."""
    made = quarters.open_quarter(office, quarter.year, quarter.number)
    for move in ("remind", "review", "compute"):
        quarters.make(office, made.pk, move)
    quarters.make(office, made.pk, "check", AGREED)
    quarters.freeze(office, made.pk)
    return quarters.publish(director, made.pk)
