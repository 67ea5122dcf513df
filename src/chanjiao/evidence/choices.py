from django.db import models
from django.utils.translation import gettext_lazy as _


class PageKind(models.TextChoices):
    PASTE = "paste", _("粘贴文本")
    DOCX = "docx", _("Word 文档")
    PDF = "pdf", _("PDF 文件")
    HTML = "html", _("网页文件")
    TEXT = "txt", _("文本文件")


class PageState(models.TextChoices):
    WAITING = "waiting", _("等待阅读")
    READING = "reading", _("阅读中")
    READY = "ready", _("可采编")
    REFUSED = "refused", _("读不了")
    FAILED = "failed", _("未完成")


UNDER_WAY = frozenset({PageState.WAITING, PageState.READING})


class StatementKind(models.TextChoices):
    FIGURE = "figure", _("数字")
    ORGANISATION = "organisation", _("机构名称")
    RELATION = "relation", _("合作关系")


class StatementState(models.TextChoices):
    PROPOSED = "proposed", _("待定")
    ACCEPTED = "accepted", _("已采纳")
    CORRECTED = "corrected", _("更正后采纳")
    REJECTED = "rejected", _("已否决")


TAKEN = frozenset({StatementState.ACCEPTED, StatementState.CORRECTED})


class Act(models.TextChoices):
    """What somebody did to a statement."""

    ACCEPTED = "accepted", _("采纳")
    CORRECTED = "corrected", _("更正并采纳")
    REJECTED = "rejected", _("否决")
    UNDONE = "undone", _("撤销决定")


class Qualifier(models.TextChoices):
    """How exactly a number is meant, as the text engine tells them apart."""

    EXACT = "exact", _("准确")
    OVER = "over", _("余、多、超")
    AT_LEAST = "at_least", _("以上、不少于")
    ABOUT = "about", _("约")
    NEARLY = "nearly", _("近")
    AT_MOST = "at_most", _("以内、不超过")
    RANGE = "range", _("区间")
    ORDINAL = "ordinal", _("序数")


class Told(models.TextChoices):
    """Whether something is so or is meant to be."""

    ACTUAL = "actual", _("已发生")
    PLANNED = "planned", _("计划中")


class BodyKind(models.TextChoices):
    GOVERNMENT = "government", _("政府部门")
    SCHOOL = "school", _("院校")
    ENTERPRISE = "enterprise", _("企业")
    ASSOCIATION = "association", _("行业协会")
    PARK = "park", _("园区街道")
    OTHER = "other", _("其他")


class Predicate(models.TextChoices):
    SIGN = "sign", _("签约")
    CO_BUILD = "co_build", _("共建")
    ESTABLISH = "establish", _("建立")
    UNVEIL = "unveil", _("揭牌")
    FOUND = "found", _("成立")
    MEMBER_OF = "member_of", _("加入")
    AWARD_PLAQUE = "award_plaque", _("授牌")
    ORDER_CLASS = "order_class", _("开设订单班")
    COOPERATE = "cooperate", _("合作")
    PLAN_ESTABLISH = "plan_establish", _("拟建")


class ItemKind(models.TextChoices):
    AGREEMENT = "agreement", _("协议")
    ROSTER = "roster", _("名单")
    PHOTO = "photo", _("照片")
    ATTENDANCE = "attendance", _("签到")
    CERTIFICATE = "certificate", _("证书")
    RECEIPT = "receipt", _("发票到款")
    REPORT = "report", _("报告")
    DOCUMENT = "document", _("文件")
    NEWS = "news", _("新闻")
    SYSTEM = "system", _("系统记录")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("向公众公开")
    MEMBERS = "members", _("联合体内")
    BODY = "body", _("本机构")
    CONFIDENTIAL = "confidential", _("保密")


class Grade(models.TextChoices):
    """How a claim is proved, weakest first."""

    SELF = "self", _("自报")
    OTHER_PARTY = "other_party", _("对方确认")
    ADMINISTRATIVE = "administrative", _("行政记录")


class ItemState(models.TextChoices):
    ACCEPTED = "accepted", _("已采纳，待核验")
    VERIFIED = "verified", _("已核验")
    WITHDRAWN = "withdrawn", _("已撤回")
