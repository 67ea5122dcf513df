"""A hundred raw titles coded without touching the mouse, and none of them asked again."""

import pytest

pytestmark = pytest.mark.journey

LINES = 100
MAKE = """
from chanjiao.demand.choices import Coding
from chanjiao.demand.models import JobDemand
from chanjiao.demand import wording
mould = JobDemand.objects.filter(state="valid").order_by("pk").first()
raws = [f"{trade}{place}线{n}号" for n in range(25) for trade, place in (
    ("数控车工", "甲"), ("氩弧焊", "乙"), ("叉车司机", "丙"), ("装配普工", "丁"))]
for number, raw in enumerate(raws):
    mould.pk = None
    mould._state.adding = True
    mould.title, mould.title_key = raw, wording.key(raw)
    mould.occupation, mould.coding = None, Coding.WAITING
    mould.headcount = 100000 - number
    mould.save()
print("made", len(raws))
"""
LEFT = """
from chanjiao.demand.choices import Coding
from chanjiao.demand.models import JobDemand
from chanjiao.standards.models import Alignment
rows = JobDemand.objects.filter(headcount__gt=90000)
print("left", rows.filter(coding=Coding.WAITING).count(), rows.count(), Alignment.objects.count())
"""


def test_a_hundred_lines_are_coded_by_keyboard_alone(visitor, in_site):
    assert f"made {LINES}" in in_site(MAKE)
    page = visitor.sign_in("联合体办公室")
    visitor.go("/alignment/?source=positions")
    visitor.check_page()
    page.locator("#raw").focus()
    for number in range(LINES):
        before = page.locator("#raw").inner_text()
        if number % 10 == 9:  # now and then the right code has to be searched for
            page.keyboard.press("/")
            page.keyboard.type("hg")
            page.locator("#hits .offer").first.wait_for()
            page.keyboard.press("Enter")
        elif number % 10 == 4:
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("n" if number % 10 == 7 else "1")
        # The focus says that the keys work; a key pressed right then has to count.
        page.wait_for_function(
            "before => document.activeElement.id === 'raw'"
            " && document.getElementById('raw').innerText !== before",
            arg=before,
        )
    visitor.check_page(also="after a hundred lines")
    left = in_site(LEFT)
    assert f"left 0 {LINES} " in left, left
