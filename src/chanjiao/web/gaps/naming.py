"""How figures are called, linked and shown, in the reader's language."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chanjiao.gaps.choices import Band
from chanjiao.web.shared.templatetags.chanjiao import is_english

BAND_COLOURS = {Band.SEVERE: "red", Band.SHORT: "yellow", Band.SOME: "blue", Band.NONE: "green"}


def name_of(figure: Any) -> str:
    return figure.name_en if is_english() and figure.name_en else figure.name


def name2_of(figure: Any) -> str:
    return figure.name2_en if is_english() and figure.name2_en else figure.name2


def majors_of(figure: Any) -> str:
    """The majors that a grid cell's demand leads back to, the most important first."""
    return "、".join(row[2] if is_english() else row[1] for row in figure.majors) or "—"


def figure_url(figure: Any) -> str:
    """The permalink: it names the figure, not the row, so each reader gets the row due to them."""
    query = {"view": figure.view, "key": figure.key}
    if figure.key2:
        query["key2"] = figure.key2
    return f"{reverse('gaps:figure', args=[figure.study_id])}?{urlencode(query)}"


def count(value: int | None, figure: Any) -> str | SafeString:
    """A number; a dash where nothing is known; a word where it is known and not shown."""
    if value is not None:
        return f"{value:,}"
    if figure.hidden:
        return format_html('<span class="cell-hidden">{}</span>', _("未公开"))
    return "—"


def decimal(value: Any, places: int, figure: Any) -> str | SafeString:
    return count(None, figure) if value is None else f"{value:,.{places}f}"


def band_tag(figure: Any) -> str | SafeString:
    if not figure.band:
        return "—"
    return format_html(
        '<span class="badge bg-{0}-lt state-{0}">{1}</span>',
        BAND_COLOURS[figure.band], figure.get_band_display(),
    )  # fmt: skip


def small_cell_mark(figure: Any) -> str | SafeString:
    """What the office is told about a number that others do not see."""
    if not figure.hidden:
        return ""
    return format_html(
        '<span class="badge bg-purple-lt state-purple" title="{}">{}</span>',
        _("其他人看不到这个数"), figure.get_hidden_display(),
    )  # fmt: skip


def source_url(line: Any) -> str:
    """The page of the record a frozen line was taken from, where such a page exists."""
    name = "demand:detail" if line.side == "demand" else "supply:offering"
    try:
        return reverse(name, args=[line.source_id])
    except NoReverseMatch:
        return ""
