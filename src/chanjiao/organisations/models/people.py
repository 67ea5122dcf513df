from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.core.roles import Role
from chanjiao.organisations.models.areas import Area
from chanjiao.organisations.models.organisations import Organisation


class RoleGrant(TimeStamped):
    """In what capacity a user acts for an organisation, and from when until when.

    ``is_admin`` marks those who may invite and grant; each organisation keeps at least one.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("用户"), on_delete=models.CASCADE,
        related_name="grants",
    )  # fmt: skip
    role = models.CharField(_("角色"), max_length=2, choices=Role)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="grants"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("区域范围"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_admin = models.BooleanField(_("机构管理员"), default=False)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    end_reason = models.CharField(_("收回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("角色授权")
        ordering = ["organisation_id", "user_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=Q(ends_on__isnull=True),
                name="role_grant_once_at_a_time",
            ),
            models.CheckConstraint(
                name="role_grant_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("止日须不早于起日。"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


class Invitation(TimeStamped):
    """An offer of a role by e-mail; the link carries a secret of which only a hash is kept."""

    email = models.EmailField(_("电子邮箱"))
    name = models.CharField(_("姓名"), max_length=80, blank=True)
    role = models.CharField(_("角色"), max_length=2, choices=Role)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="invitations"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("区域范围"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_admin = models.BooleanField(_("机构管理员"), default=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("有效至"))
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("邀请")
        ordering = ["-pk"]


class PersonKind(models.TextChoices):
    STUDENT = "student", _("学生")
    TEACHER = "teacher", _("教师")
    EMPLOYEE = "employee", _("企业员工")
    OFFICIAL = "official", _("公务人员")
    EXPERT = "expert", _("专家")
    GUARDIAN = "guardian", _("监护人")


class Person(TimeStamped):
    """A human being the platform keeps records about; the raw identity number is never kept.

    The same ``identity_hash`` (salted) in one region is the same person.
    """

    name = models.CharField(_("姓名"), max_length=40)
    identity_hash = models.CharField(_("证件哈希"), max_length=64, null=True, blank=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    kind = models.CharField(_("身份"), max_length=10, choices=PersonKind)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("所属机构"), on_delete=models.PROTECT, related_name="people"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("账户"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="person",
    )  # fmt: skip
    consent = models.JSONField(_("个人信息同意"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["organisation_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_hash"], condition=Q(identity_hash__isnull=False),
                name="person_identity_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
