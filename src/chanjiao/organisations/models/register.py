from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import StoredFile, TimeStamped
from chanjiao.organisations.choices import ChangeKind, PairReason, PairState
from chanjiao.organisations.models.organisations import Organisation


class RegisterChange(TimeStamped):
    """A dated change of what the register says of a body, so that a year's changes are counted.

    ``before`` and ``after`` are stored values (a code, a state), not words of one language.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("变更事项"), max_length=8, choices=ChangeKind)
    before = models.CharField(_("变更前"), max_length=120, blank=True)
    after = models.CharField(_("变更后"), max_length=120, blank=True)
    on = models.DateField(_("变更日期"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        StoredFile, verbose_name=_("佐证"), null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = verbose_name_plural = _("登记变更")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["kind", "on"], name="register_change_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.on}"


class DuplicatePair(TimeStamped):
    """Two bodies that may be one; what somebody decided about them is remembered."""

    first = models.ForeignKey(
        Organisation, verbose_name=_("甲"), on_delete=models.CASCADE, related_name="+"
    )
    second = models.ForeignKey(
        Organisation, verbose_name=_("乙"), on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(_("依据"), max_length=6, choices=PairReason)
    score = models.PositiveSmallIntegerField(_("相似度"))
    state = models.CharField(
        _("状态"), max_length=10, choices=PairState, default=PairState.OPEN, db_index=True
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by_name = models.CharField(_("处理人"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("疑似重复")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(
                name="duplicate_pair_in_order", condition=Q(first__lt=F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Merge(TimeStamped):
    """One body taken into another, with all that is needed to take it back.

    ``moved`` lists per relation the rows that changed hands; ``filled`` the kept body's fields
    that were blank before; ``names`` the aliases that the merge added.
    """

    kept = models.ForeignKey(
        Organisation, verbose_name=_("保留"), on_delete=models.CASCADE, related_name="merges"
    )
    gone = models.ForeignKey(
        Organisation, verbose_name=_("并入"), on_delete=models.CASCADE, related_name="+"
    )
    moved = models.JSONField(default=dict)
    stayed = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    names = models.JSONField(default=list)
    status_before = models.CharField(max_length=14)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构合并")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
