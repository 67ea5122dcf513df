"""Forms drawn as Django draws them, save for drop-downs, of which filter rows have many."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """A template for every option took a fifth of the time of a list page."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        if template_name == SELECT:
            return select(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 — a template


def select(widget: Any) -> SafeString:
    """The markup of Django's own template for a select with its options and groups."""
    parts = []
    for name, options, _index in widget["optgroups"]:
        drawn = [option(one) for one in options]
        if name:
            parts.append(f'<optgroup label="{conditional_escape(name)}">')
        parts += drawn
        if name:
            parts.append("</optgroup>")
    inside = mark_safe("".join(parts))  # noqa: S308 — every piece is escaped
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), inside
    )


def option(one: Any) -> str:
    value, label = conditional_escape(str(one["value"])), conditional_escape(one["label"])
    return f'<option value="{value}"{flatatt(one["attrs"])}>{label}</option>'
