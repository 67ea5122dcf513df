"""Charts without a browser: the four kinds of the gap study, determinism, refusals."""

import threading
from xml.etree import ElementTree as ET

import pytest

from chanjiao.engines import charts

BAR = {
    "title": {"text": "供需缺口"},
    "legend": {},
    "tooltip": {},
    "xAxis": {"type": "category", "data": ["数控车工", "电工", "焊工"]},
    "yAxis": {},
    "series": [{"type": "bar", "name": "需求", "data": [30, None, 5], "label": {"show": True}}],
}
SANKEY = {
    "series": [
        {
            "type": "sankey",
            "data": [{"name": "机电一体化技术"}, {"name": "电工"}],
            "links": [{"source": "机电一体化技术", "target": "电工", "value": 12}],
        }
    ]
}
HEAT = {
    "xAxis": {"type": "category", "data": ["东", "西"]},
    "yAxis": {"type": "category", "data": ["电工"]},
    "visualMap": {"min": 0, "max": 9},
    "series": [{"type": "heatmap", "data": [[0, 0, 3], [1, 0, 9]], "label": {"show": True}}],
}
CHAIN = {
    "series": [
        {
            "type": "graph",
            "layout": "none",
            "data": [{"name": "电芯", "x": 0, "y": 0}, {"name": "电池包", "x": 100, "y": 0}],
            "links": [{"source": "电芯", "target": "电池包"}],
            "label": {"show": True},
        }
    ]
}


@pytest.mark.parametrize(
    ("option", "word"),
    [(BAR, "数控车工"), (SANKEY, "机电一体化技术"), (HEAT, "电工"), (CHAIN, "电池包")],
    ids=["bar", "sankey", "heat", "chain"],
)
def test_every_chart_of_the_study_is_drawn_with_its_words(option, word):
    drawn = charts.svg(option, 640, 360)
    root = ET.fromstring(drawn)
    assert root.get("width") == "640"
    assert word in drawn


def test_the_same_option_gives_the_same_bytes_whatever_was_drawn_before():
    first = charts.svg(BAR, 600, 300)
    charts.svg(HEAT, 600, 300)
    assert charts.svg(BAR, 600, 300) == first


def test_charts_are_drawn_in_several_threads_at_once():
    drawn = []
    threads = [
        threading.Thread(target=lambda: drawn.append(charts.svg(BAR, 600, 300))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 3
    assert len(set(drawn)) == 1


def test_nothing_that_lives_only_in_a_browser_is_left():
    drawn = charts.svg(BAR, 600, 300)
    assert "<style" not in drawn
    assert "class=" not in drawn
    assert "ecmeta" not in drawn


def test_the_label_becomes_a_title_and_cannot_break_out():
    drawn = charts.svg(BAR, 600, 300, label="a<b>&c")
    assert "<title>a&lt;b&gt;&amp;c</title>" in drawn


def test_the_drawing_is_painted_with_chinese_glyphs():
    with_words = charts.png(charts.svg(BAR, 300, 200))
    without = charts.png(charts.svg({**BAR, "title": {"text": ""}}, 300, 200))
    assert with_words.startswith(b"\x89PNG")
    assert len(with_words) > len(without)


@pytest.mark.parametrize("option", [{"series": [{"data": [float("nan")]}]}, {"x": {1, 2}}])
def test_what_is_not_plain_data_is_refused(option):
    with pytest.raises(charts.ChartError, match="not plain"):
        charts.svg(option, 100, 100)


def test_a_senseless_size_is_refused():
    with pytest.raises(charts.ChartError, match="0×100"):
        charts.svg(BAR, 0, 100)


def test_an_option_the_library_refuses_is_a_chart_error():
    broken = {"series": [{"type": "sankey", "data": [{"name": "a"}],
                          "links": [{"source": "a", "target": "a", "value": 1}]}]}  # fmt: skip
    with pytest.raises(charts.ChartError, match="cannot be drawn"):
        charts.svg(broken, 100, 100)


def test_what_is_no_svg_is_a_chart_error():
    with pytest.raises(charts.ChartError, match="cannot be painted"):
        charts.png("<html>")
