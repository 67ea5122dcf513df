"""Tags of the site's own component set."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from chanjiao.core.roles import Action

register = template.Library()
SHORT = 6  # characters

# What colour a state has, by the value stored; unknown states stay grey, never colourless text.
STATE_COLOURS = {
    "green": (
        "active accepted done published in_force valid verified filled filed open answered enrolled"
    ),
    "blue": (
        "some submitted waiting running screened applied reviewing collecting previewed checking"
    ),
    "yellow": "short proposed draft expiring partly sent_back returned asked stale planned",
    "red": "severe failed refused rejected expired withdrawn deregistered revoked stopped overdue",
    "purple": "frozen archived",
}
_COLOUR_OF = {state: c for c, states in STATE_COLOURS.items() for state in states.split()}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One outline icon from the sprite; decorative unless it carries a label."""
    sprite = static("vendor/icons/tabler.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label, sprite, name,
        )  # fmt: skip
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def state_tag(label: Any, kind: str = "") -> SafeString:
    """A coloured tag; the words carry the meaning, the colour only helps the eye."""
    colour = _COLOUR_OF.get(str(kind), "secondary")
    return format_html('<span class="badge bg-{0}-lt state-{0}">{1}</span>', colour, label)


@register.filter
def number(value: Any, places: int = 0) -> str:
    """A figure with thousands marks; a missing one is a dash, never a nought."""
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else f"{value:,.{places}f}"


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """A share 0–1 as per cent; a missing one is a dash."""
    return "—" if value is None else f"{float(value) * 100:.{places}f}%"


@register.simple_tag
def pay(low: Any, high: Any) -> str:
    """A span of pay in yuan of which either end may be open."""
    if low is None and high is None:
        return gettext("面议")
    if high is None:
        return gettext("%(pay)s 元起") % {"pay": number(low)}
    if low is None:
        return gettext("至 %(pay)s 元") % {"pay": number(high)}
    return gettext("%(low)s – %(high)s 元") % {"low": number(low), "high": number(high)}


def is_english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def by_language(thing: Any, field: str = "name") -> str:
    """The English form of a field when the page is English and there is one."""
    if is_english():
        english = getattr(thing, f"{field}_en", "")
        if english:
            return str(english)
    return str(getattr(thing, field, thing))


@register.filter
def said(names: Any) -> str:
    """The page's language out of ``{"zh": …, "en": …}``, as snapshots and engines give names."""
    return str(names["en" if is_english() else "zh"]) if names else ""


@register.filter
def is_short(cell: Any) -> bool:
    """Whether a cell of a table stays on one line: a day, or a word or two."""
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and not isinstance(cell, SafeString) and len(cell) <= SHORT


@register.filter
def moment(value: datetime | None) -> str:
    """An instant on the region's own clock, to the minute."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "—"


@register.filter
def may(actor: Any, need: str) -> bool:
    """Whether the matrix lets the actor at ``thing.LETTER``; a template then shows the button."""
    thing, _dot, letter = need.partition(".")
    return actor.may(thing, Action(letter or "R"))


@register.simple_tag
def chart(option: Any, key: str, label: str, height: str = "md") -> SafeString:
    """A place where charts.js draws ``option``; a table with the same figures stands beside it."""
    return format_html(
        '<div class="chart chart-{}" data-chart="{}" role="img" aria-label="{}"></div>'
        '<script type="application/json" id="{}">{}</script>',
        height, key, label, key, SafeString(_json(option)),
    )  # fmt: skip


def _json(option: Any) -> str:
    text = json.dumps(option, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
