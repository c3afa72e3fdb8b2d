"""Charts are well-formed, say their numbers in words, start at zero and let nothing through unescaped."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongkai.foundation.charts import Bar, Mark, Point, Segment, bars, on_screens, trend
from gongkai.foundation.charts.bars import FRAMES

SVG = "{http://www.w3.org/2000/svg}"
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)


def drawn(svg):
    return etree.fromstring(svg.encode())


@given(
    st.lists(st.tuples(words, st.lists(st.integers(0, 500), min_size=1, max_size=4)), max_size=8),
    words,
    st.sampled_from(sorted(FRAMES)),
)
def test_bars_are_as_long_as_their_amounts(rows, title, place):
    drawing = [Bar(label, [Segment(n, "件", "#123456") for n in parts], "值") for label, parts in rows]
    chart = drawn(bars(title, drawing, place=place))
    room = FRAMES[place].right - FRAMES[place].left
    assert chart.findtext(f"{SVG}title") == title
    longest = max((sum(parts) for _, parts in rows), default=0)
    for row, (_, parts) in zip(chart.iterfind(f"{SVG}g"), rows, strict=True):
        drawn_widths = [float(box.get("width")) for box in row.iterfind(f"{SVG}rect")]
        assert len(drawn_widths) == sum(1 for part in parts if part)
        for width, part in zip(drawn_widths, [part for part in parts if part], strict=True):
            assert abs(width - max(1.0, part * room / longest)) < 0.2


def test_the_description_says_every_number():
    chart = drawn(
        bars("甲单位办结最多", [Bar("甲单位", [Segment(3, "已办结", "#000")], "3/4"), Bar("乙单位", [], "0/2")])
    )
    assert chart.findtext(f"{SVG}desc") == "甲单位 3/4；乙单位 0/2"


def test_a_row_links_to_what_it_counts_and_long_labels_are_cut():
    row = Bar("一个名称非常非常非常非常长的单位", [Segment(1, "件", "#000")], "1", href="/admin/ledger/?body=1&x=2")
    chart = drawn(bars("标题", [row]))
    link = chart.find(f".//{SVG}a")
    assert link.get("href") == "/admin/ledger/?body=1&x=2"
    assert link.findtext(f"{SVG}text").endswith("…")
    assert chart.get("role") == "group", "an image would hide its links from screen readers"
    assert drawn(bars("标题", [Bar("甲", [], "0")])).get("role") == "img"


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_a_trend_keeps_order_and_proportion(values):
    start = date(2023, 1, 1)
    chart = drawn(
        trend("办结数逐周上升", [Point(start + timedelta(weeks=n), v) for n, v in enumerate(values)], unit="件")
    )
    heights = [float(dot.get("cy")) for dot in chart.iterfind(f"{SVG}circle")]
    assert len(heights) == len(values)
    for one, other, first, second in zip(heights, heights[1:], values, values[1:], strict=False):
        assert (first <= second) == (one >= other - 0.11) or abs(one - other) < 0.11


def test_markup_in_words_is_escaped():
    svg = bars("<script>", [Bar("<b>", [Segment(1, "<i>", "#000")], "<u>", href='"><q>')])
    assert not any(tag in svg for tag in ("<script>", "<b>", "<i>", "<u>", "<q>"))


def test_a_limit_is_drawn_and_what_is_beyond_it_is_told_by_form_and_number():
    over = Mark(5, "限值5", lambda value: value > 5)
    drawn = trend("监测", [Point(date(2026, 1, 1), 3), Point(date(2026, 1, 2), 7)], unit="", marks=[over])
    assert drawn.count("<polygon") == 1 and drawn.count("<circle") == 1
    assert "限值5" in drawn and "stroke-dasharray" in drawn and ">7<" in drawn


def test_a_limit_far_above_the_points_is_named_and_leaves_the_scale_alone():
    far = Mark(1000, "限值1000", lambda value: value > 1000)
    drawn = trend("监测", [Point(date(2026, 1, 1), 3)], unit="", marks=[far])
    assert "限值1000" in drawn and "stroke-dasharray" not in drawn and ">3<" in drawn


def test_a_chart_for_screens_is_drawn_for_a_desk_and_for_a_phone_with_letters_that_can_be_read():
    rows = [Bar("县发展和改革局", [Segment(3, "件", "#000")], "3 件")]
    both = drawn(
        f"<figure>{on_screens(bars, '标题', rows)}{on_screens(trend, '监测', [Point(date(2026, 1, 1), 3)], unit='')}</figure>"
    )
    assert [chart.get("class") for chart in both] == ["chart chart--desk", "chart chart--phone"] * 2
    for chart in both.iterfind(f"{SVG}svg[@class='chart chart--phone']"):
        width = float(chart.get("viewBox").split()[2])
        assert all(float(words.get("font-size")) * 310 / width >= 10 for words in chart.iter(f"{SVG}text"))
        assert all(0 <= float(words.get("x")) <= width for words in chart.iter(f"{SVG}text"))
