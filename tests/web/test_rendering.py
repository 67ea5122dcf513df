"""Our own drop-downs are Django's, but for white space and the order of attributes."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from chanjiao.web.shared.rendering import Renderer

FLAT = [("", "全部"), ("a&b", "<甲>"), (3, "三"), (None, "空")]
GROUPS = [('组 "一"', [("1", "一"), ("2", "二")]), ("3", "三")]


class Events(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.seen.append(tag)

    def handle_data(self, data):
        self.seen += [data.strip()] if data.strip() else []


def bare(text):
    return Events(text).seen


@pytest.mark.parametrize("choices", [FLAT, GROUPS])
@pytest.mark.parametrize("value", ["", "a&b", "2", 3, None])
@pytest.mark.parametrize("attrs", [{}, {"class": 'x "y"', "required": True, "disabled": False}])
def test_a_select_is_drawn_as_django_draws_it(choices, value, attrs):
    widget = forms.Select(attrs=attrs, choices=choices)
    ours = widget.render("f", value, {"id": "id_f"}, renderer=Renderer())
    theirs = widget.render("f", value, {"id": "id_f"}, renderer=DjangoTemplates())
    assert bare(ours) == bare(theirs)


def test_several_choices_are_drawn_as_django_draws_them():
    widget = forms.SelectMultiple(choices=FLAT)
    ours = widget.render("f", ["3", "a&b"], {}, renderer=Renderer())
    assert bare(ours) == bare(widget.render("f", ["3", "a&b"], {}, renderer=DjangoTemplates()))
