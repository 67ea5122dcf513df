from django.db import models
from django.utils.translation import gettext_lazy as _


class DemandState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    RETURNED = "returned", _("已退回")
    VALID = "valid", _("有效")
    PARTLY = "partly", _("部分满足")
    FILLED = "filled", _("已满足")
    EXPIRED = "expired", _("已过期")
    WITHDRAWN = "withdrawn", _("已撤回")


# Only these enter figures; the others are shown as what they are.
COUNTED = (DemandState.VALID, DemandState.PARTLY)
LIVE = (DemandState.SUBMITTED, *COUNTED)
OPEN = (DemandState.DRAFT, DemandState.SUBMITTED, DemandState.RETURNED, *COUNTED)


class RoundState(models.TextChoices):
    DESIGN = "design", _("设计")
    ANNOUNCED = "announced", _("已发布通知")
    COLLECTING = "collecting", _("填报中")
    CLOSED = "closed", _("已截止")
    CLEANING = "cleaning", _("清洗")
    REVIEWING = "reviewing", _("论证")
    PUBLICISED = "publicised", _("公示")
    PUBLISHED = "published", _("已公布")
    ARCHIVED = "archived", _("已归档")


class Period(models.TextChoices):
    YEAR = "year", _("年度")
    QUARTER = "quarter", _("季度")
    SPECIAL = "special", _("专项")


class Coding(models.TextChoices):
    """How a position came to its occupation code; waiting ones stand in the alignment queue."""

    WAITING = "waiting", _("待对齐")
    GIVEN = "given", _("企业填报")
    PERSON = "person", _("人工选定")
    MEMORY = "memory", _("历史记忆")
    MACHINE = "machine", _("自动（高于阈值）")
    NONE = "none", _("都不合适")


class Reason(models.TextChoices):
    EXPANSION = "expansion", _("扩产")
    REPLACEMENT = "replacement", _("替补")
    PROJECT = "project", _("新项目")
    RESERVE = "reserve", _("储备")


class Education(models.TextChoices):
    """At least this; the values are the codes of the shipped list ``education_level``."""

    ANY = "0", _("不限")
    SECONDARY = "1", _("中职")
    COLLEGE = "2", _("大专")
    BACHELOR = "3", _("本科")
    MASTER = "4", _("硕士及以上")


class Experience(models.TextChoices):
    ANY = "any", _("不限")
    NONE = "0", _("1 年以下")
    ONE = "1-3", _("1—3 年")
    FOUR = "4-6", _("4—6 年")
    SEVEN = "7-9", _("7—9 年")
    TEN = "10+", _("10 年以上")


class SkillLevel(models.TextChoices):
    """The eight levels (新八级); the values are the codes of the shipped list."""

    APPRENTICE = "0", _("学徒工")
    JUNIOR = "1", _("初级工")
    INTERMEDIATE = "2", _("中级工")
    SENIOR = "3", _("高级工")
    TECHNICIAN = "4", _("技师")
    SENIOR_TECHNICIAN = "5", _("高级技师")
    SPECIAL = "6", _("特级技师")
    CHIEF = "7", _("首席技师")


class SkillDegree(models.TextChoices):
    AWARE = "aware", _("了解")
    ABLE = "able", _("会用")
    SKILLED = "skilled", _("熟练")
    MASTER = "master", _("精通")


class Intent(models.TextChoices):
    ORDER_CLASS = "order", _("订单班")
    APPRENTICE = "apprentice", _("学徒")
    INTERNSHIP = "intern", _("实习")
    COURSE = "course", _("共建课程")
    TEACHER = "teacher", _("兼职教师")
    TRAINING = "train", _("员工培训")
    PROBLEM = "problem", _("技术难题")
    HIRE_ONLY = "hire", _("仅招聘")


class HardReason(models.TextChoices):
    NOBODY = "nobody", _("无人应聘")
    SKILLS = "skills", _("技能不足")
    PAY = "pay", _("薪酬")
    LEAVING = "leaving", _("流失")
    PLACE = "place", _("地域")
    OTHER = "other", _("其他")


class Source(models.TextChoices):
    SURVEY = "survey", _("问卷")
    VISIT = "visit", _("走访")
    FAIR = "fair", _("对接会")
    ADVERTS = "adverts", _("网招导入")
    PROJECT = "project", _("项目预测")


class Visibility(models.TextChoices):
    MEMBERS = "members", _("联合体成员可见")
    PUBLIC = "public", _("公众可见")


class TargetState(models.TextChoices):
    WAITING = "waiting", _("未答复")
    ANSWERED = "answered", _("已填报")
    NOTHING = "nothing", _("暂无需求")
    DROPPED = "dropped", _("不再征集")


class NothingReason(models.TextChoices):
    FULL = "full", _("岗位已满")
    SHRINKING = "shrinking", _("订单减少或压缩用工")
    OWN_CHANNEL = "own", _("自有渠道已解决")
    AGENCY = "agency", _("由劳务派遣或外包解决")
    AUTOMATION = "automation", _("以自动化替代")
    MOVING = "moving", _("搬迁或停业")
    UNDECIDED = "undecided", _("用工计划未定")
    OTHER = "other", _("其他")


class AskKind(models.TextChoices):
    SURVEY = "survey", _("需求征集")
    REMINDER = "reminder", _("催报")
    RECONFIRM = "reconfirm", _("需求确认")
    VISIT = "visit", _("走访约见")
    INTERNSHIP = "internship", _("实习岗位")
    TRAINING = "training", _("员工培训")
    FAIR = "fair", _("对接会邀请")
    OTHER = "other", _("其他")


class AskState(models.TextChoices):
    ASKED = "asked", _("待答复")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("未答复已关闭")
    WITHDRAWN = "withdrawn", _("已撤回")


class Answer(models.TextChoices):
    YES = "yes", _("有")
    NO = "no", _("没有")
    LATER = "later", _("以后再说")


class LinkPurpose(models.TextChoices):
    DECLARE = "declare", _("填报需求")
    RECONFIRM = "reconfirm", _("确认需求")
