from django.db import models
from django.utils.translation import gettext_lazy as _


class FairKind(models.TextChoices):
    GENERAL = "general", _("综合")
    SPECIAL = "special", _("专场")
    ONLINE = "online", _("线上")
    VISIT = "visit", _("访企拓岗")
    TECHNOLOGY = "technology", _("技术对接")
    SALON = "salon", _("沙龙")
    EXPERTS = "experts", _("专家走访")


# Kinds without a hall: nobody is given a stand there.
WITHOUT_STANDS = frozenset({FairKind.ONLINE, FairKind.VISIT, FairKind.EXPERTS, FairKind.SALON})


class FairState(models.TextChoices):
    PREPARING = "preparing", _("筹备")
    INVITING = "inviting", _("招展")
    REVIEWING = "reviewing", _("审核")
    PLACING = "placing", _("排位")
    MATCHING = "matching", _("预匹配")
    OPEN = "open", _("开放")
    RUNNING = "running", _("进行")
    SUMMING = "summing", _("汇总")
    FOLLOWING = "following", _("跟踪")
    CLOSED = "closed", _("结案")
    CANCELLED = "cancelled", _("取消")


BEFORE_THE_DAY = (
    FairState.PREPARING, FairState.INVITING, FairState.REVIEWING, FairState.PLACING,
    FairState.MATCHING, FairState.OPEN,
)  # fmt: skip


class BoothState(models.TextChoices):
    APPLIED = "applied", _("报名待审")
    APPROVED = "approved", _("通过")
    DECLINED = "declined", _("未通过")
    PRESENT = "present", _("到场")
    ABSENT = "absent", _("缺席")
    CANCELLED = "cancelled", _("取消")


# A company takes part or may yet; each has at most one such booth in a fair.
STANDING = (BoothState.APPLIED, BoothState.APPROVED, BoothState.PRESENT, BoothState.ABSENT)
COMING = (BoothState.APPROVED, BoothState.PRESENT)


class Purpose(models.TextChoices):
    """Jobs and internships are told apart, since their figures are never added up."""

    JOB = "job", _("就业")
    INTERNSHIP = "internship", _("实习")
    ORDER_CLASS = "order", _("订单班")
    APPRENTICE = "apprentice", _("学徒")
    COURSE = "course", _("共建项目")
    TECHNOLOGY = "technology", _("技术")


class Stage(models.TextChoices):
    """How far a person and a position have come; a stage is never taken back, only lost."""

    SEEN = "seen", _("了解")
    APPLIED = "applied", _("投递")
    MET = "met", _("面试")
    LEANING = "leaning", _("初步意向")
    OFFERED = "offered", _("录用")
    SIGNED = "signed", _("签约")
    ARRIVED = "arrived", _("到岗")
    STAYED = "stayed", _("留任 6 个月")
    LOST = "lost", _("流失")


FUNNEL = (
    Stage.SEEN, Stage.APPLIED, Stage.MET, Stage.LEANING, Stage.OFFERED, Stage.SIGNED,
    Stage.ARRIVED, Stage.STAYED,
)  # fmt: skip


class Loss(models.TextChoices):
    PAY = "pay", _("薪酬")
    DISTANCE = "distance", _("距离")
    UNFIT = "unfit", _("岗位不符")
    COMPANY = "company", _("企业取消")
    STUDY = "study", _("升学")
    OTHER = "other", _("其他")


# Students come in from the pre-matching on; on the day too, at the stand.
TAKING_STUDENTS = (FairState.MATCHING, FairState.OPEN, FairState.RUNNING)
TELLING_RESULTS = (FairState.RUNNING, FairState.SUMMING, FairState.FOLLOWING)
