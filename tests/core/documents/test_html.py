"""Web pages: charsets, spans, layout tables, hidden elements."""

import pytest

from gongkai.core.documents import Visibility, read_bytes


@pytest.fixture
def page(whole):
    return lambda markup, encoding="utf-8": whole(read_bytes(f"<html><body>{markup}".encode(encoding), "a.html"))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs()]


def cells(document, index=0):
    table = list(document.tables())[index]
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("utf-8", "gb2312"),  # the page is wrong about itself
        ("gb18030", "utf-8"),
        ("utf-8", "no-such-charset"),
        ("utf-8-sig", "gbk"),
        ("utf-16", "utf-8"),
    ],
)
def test_charsets(encoding, declared):
    text = "政务公开工作要点，镕堃㙍"
    markup = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><p>{text}</p>'
    assert texts(read_bytes(markup.encode(encoding), "a.html")) == [text]


def test_paragraphs_breaks_headings_and_lists(page):
    document = page(
        "<h2>标题</h2><div>甲<br>乙<p>丙</p>丁</div><ol start=3><li>三<li><p>四</p></ol><ul><li>点</ul><pre>a\n  b</pre>"
    )
    assert [(one.label, one.text, one.level) for one in document.paragraphs()] == [
        ("", "标题", 2),
        ("", "甲", None),
        ("", "乙", None),
        ("", "丙", None),
        ("", "丁", None),
        ("3.", "三", None),
        ("4.", "四", None),
        ("", "点", None),
        ("", "a\n  b", None),
    ]
    assert [one.place.paragraph for one in document.paragraphs()] == list(range(1, 10))


def test_white_space_is_that_of_the_page_not_of_its_source(page):
    assert texts(page("<p> 县财政\n   局 和 <b> plain </b>\n text </p><p>&nbsp;&nbsp;首行</p>")) == [
        "县财政局 和 plain text",
        "首行",
    ]


def test_scripts_styles_and_heads_are_no_text(page):
    document = page("<script>var 甲</script><style>p{}</style><template>丙</template><noscript>丁</noscript><p>乙</p>")
    assert texts(document) == ["乙"]
    assert "甲" not in document.text


def test_hidden_elements_are_parts(page):
    document = page("<p>见<span style='color:red; DISPLAY : none'>隐</span>后</p><div hidden><p>藏</p></div>")
    assert texts(document) == ["见后"]
    assert [(one.text, one.visibility) for one in document.parts] == [
        ("隐", Visibility.HIDDEN),
        ("藏", Visibility.HIDDEN),
    ]


def test_title_and_meta_are_properties(whole):
    document = whole(
        read_bytes(
            '<html><head><title>通知</title><meta name="ArticleTitle" content="要点"><meta name="viewport" content="x">'.encode()
        )
    )
    assert document.properties == {"title": "通知", "articletitle": "要点"}


def test_pictures_and_frames_are_named(page):
    document = page("<p>甲<img src=a><img src=b><iframe src=c></iframe></p>")
    assert document.not_examined == ("图片 2 处（未识别其中文字）", "内嵌页面 1 处（未识别其中文字）")


def test_rows_and_columns_span(page):
    document = page(
        "<table><thead><tr><th>序号<th colspan=2>任务</thead>"
        "<tr><td>1<td rowspan=2>组<p>二行</p><td>甲</tr><tr><td>2<td>乙</table>"
    )
    assert cells(document) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "组\n二行"),
        (1, 2, 1, 1, "甲"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "乙"),
    ]
    assert next(document.tables()).header_rows == 1


def test_spans_that_reach_too_far_are_cut(page):
    document = page("<table><tr><td colspan=99999>题<tr><td>甲<td rowspan=70>乙<tr><td rowspan=0>丙</table>")
    assert cells(document) == [(0, 0, 1, 2, "题"), (1, 0, 1, 1, "甲"), (1, 1, 2, 1, "乙"), (2, 0, 1, 1, "丙")]


def test_hidden_rows_and_cells_leave_the_grid(page):
    document = page(
        "<table><tr><td>甲<td style='display:none'>藏<td>乙<tr style='display:none'><td>隐<td>行<tr><td>丙<td>丁</table>"
    )
    assert cells(document) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]
    assert sorted(part.text for part in document.parts) == ["藏", "隐\t行"]


def test_layout_tables_are_opened(page):
    data = "<table><tr><td>一<td>二<tr><td>三<td>四</table>"
    document = page(
        f"<table><tr><td>导航<tr><td><table><tr><td><p>正文</p>{data}</td><td>侧栏</td></tr></table></table>"
    )
    assert texts(document) == ["导航", "正文", "侧栏"]
    assert cells(document) == [(0, 0, 1, 1, "一"), (0, 1, 1, 1, "二"), (1, 0, 1, 1, "三"), (1, 1, 1, 1, "四")]


def test_a_single_column_of_boxes_is_no_table(page):
    document = page("<table><caption>题</caption><tr><td><p>甲</p><p>乙</p><tr><td>丙</table>")
    assert texts(document) == ["题", "甲", "乙", "丙"]
    assert not list(document.tables())


def test_a_single_row_behind_a_table_of_as_many_columns_goes_on_with_it(page):
    table = "<table><tr><td>一<td>二<tr><td>三<td>四</table>"
    document = page(f"{table}<p></p><table><tr><td>五<td>六</table><p>注</p><table><tr><td>七<td>八</table>")
    assert [table.rows for table in document.tables()] == [2, 1]
    assert texts(document) == ["注", "七", "八"]
