from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import JobRun, StoredFile, TimeStamped
from chanjiao.evidence.choices import UNDER_WAY, ItemKind, PageKind, PageState
from chanjiao.organisations.models import Organisation


class PressPage(TimeStamped):
    """A page of the press or a report as it came, and as it reads once it is mended.

    ``edits`` are ``[start, end, before, after, kinds]`` and ``flags`` objects, both with offsets
    into ``text``; ``mends`` are what people put right by hand. ``refusal`` holds the reason's code
    and its facts where the file can't be read, ``notes`` likewise what was left out of it.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("归属机构"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(
        StoredFile, verbose_name=_("原文件"), on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(_("内容摘要"), max_length=64, db_index=True, editable=False)
    kind = models.CharField(_("来稿方式"), max_length=5, choices=PageKind)
    title = models.CharField(_("标题"), max_length=200)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    url = models.CharField(_("原网址"), max_length=500, blank=True)
    published_on = models.DateField(_("发布日期"))
    material = models.CharField(
        _("材料类型"), max_length=12, choices=ItemKind, default=ItemKind.NEWS
    )
    state = models.CharField(
        _("状态"), max_length=8, choices=PageState, default=PageState.WAITING, db_index=True
    )
    run = models.ForeignKey(JobRun, null=True, on_delete=models.SET_NULL, related_name="+")
    refusal = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    text = models.TextField(_("原文"), blank=True)
    repaired = models.TextField(_("修复文本"), blank=True)
    edits = models.JSONField(_("修复记录"), default=list, blank=True)
    flags = models.JSONField(_("存疑"), default=list, blank=True)
    mends = models.JSONField(_("手工更正"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("采编稿")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"], name="press_page_once_for_a_body",
                violation_error_message=_("这份稿件已经在采编台。"),
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-id"], name="press_page_by_state")]

    @property
    def is_ready(self) -> bool:
        return self.state == PageState.READY

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def __str__(self) -> str:
        return self.title


class PressArticle(models.Model):
    """One article of a page; ``paragraphs`` place its pieces in the page's mended text.

    A paragraph is ``{role, spans, start, cut_off, repeats}``: ``spans`` count characters of the
    page's ``repaired``, ``start`` of the article's ``text`` (None for what isn't part of it).
    """

    page = models.ForeignKey(
        PressPage, verbose_name=_("采编稿"), on_delete=models.CASCADE, related_name="articles"
    )
    number = models.PositiveSmallIntegerField(_("篇次"))
    title = models.CharField(_("标题"), max_length=200, blank=True)
    text = models.TextField(_("正文"))
    paragraphs = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("采编篇目")
        ordering = ["page_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="press_article_in_order")
        ]

    def __str__(self) -> str:
        return self.title or self.letter

    @property
    def letter(self) -> str:
        """Articles of a page are called a, b, c … as the text engine calls them."""
        return chr(ord("a") + (self.number - 1) % 26)
