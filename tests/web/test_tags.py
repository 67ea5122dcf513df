"""What the site's own tags say of figures and cells."""

from datetime import date

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from chanjiao.web.shared.templatetags.chanjiao import is_short, pay


@pytest.mark.parametrize(
    ("low", "high", "chinese", "english"),
    [
        (6000, 9000, "6,000 – 9,000 元", "6,000 – 9,000 yuan"),
        (6500, None, "6,500 元起", "from 6,500 yuan"),
        (None, 9000, "至 9,000 元", "up to 9,000 yuan"),
        (0, None, "0 元起", "from 0 yuan"),
        (None, None, "面议", "Negotiable"),
    ],
)
def test_pay_with_an_open_end_says_which_end(low, high, chinese, english):
    with override("zh-hans"):
        assert pay(low, high) == chinese
    with override("en"):
        assert pay(low, high) == english


def test_days_and_a_word_or_two_stay_on_one_line_and_sentences_do_not():
    assert all(is_short(cell) for cell in (date(2026, 11, 24), "不限", "东渡第1网格"))
    assert not any(is_short(cell) for cell in ("多工序数控机床操作调整工", mark_safe("<b>"), None))
