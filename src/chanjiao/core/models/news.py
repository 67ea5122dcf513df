from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    IN_APP = "in_app", _("站内待办")
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉")


class OutboxState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class OutboxMessage(models.Model):
    """A message that must leave the house, written in the transaction that caused it.

    The body of a secret one (a link that lets somebody in) is wiped once it has been sent.
    """

    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    address = models.CharField(_("收件地址"), max_length=200)
    subject = models.CharField(_("主题"), max_length=200)
    body = models.TextField(_("正文"))
    state = models.CharField(
        _("状态"), max_length=10, choices=OutboxState, default=OutboxState.WAITING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    last_error = models.CharField(_("最近错误"), max_length=300, blank=True)
    about = models.CharField(_("关于"), max_length=80, blank=True)
    is_secret = models.BooleanField(_("发送后抹去正文"), default=False)
    organisation_id = models.BigIntegerField(_("收件机构"), null=True, db_index=True)
    created_at = models.DateTimeField(_("创建时间"))
    sent_at = models.DateTimeField(_("发送时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待发消息")
        ordering = ["-pk"]


class Todo(models.Model):
    """Something one organisation's people in one role are asked to do (待办).

    ``about`` names the record as ``label:pk`` so that doing it once clears it for everybody.
    """

    organisation_id = models.BigIntegerField(_("机构"), db_index=True)
    role = models.CharField(_("角色"), max_length=2, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("指定人员"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="todos",
    )  # fmt: skip
    title = models.CharField(_("事项"), max_length=200)
    title_en = models.CharField(_("英文事项"), max_length=200, blank=True)
    url = models.CharField(_("链接"), max_length=200)
    about = models.CharField(_("关于"), max_length=80, db_index=True)
    due_on = models.DateField(_("截止日期"), null=True, blank=True)
    created_at = models.DateTimeField(_("创建时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待办")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "role", "about", "title"],
                condition=models.Q(done_at__isnull=True),
                name="todo_asked_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
