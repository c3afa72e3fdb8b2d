"""Text of Word, WPS and web pages: tables and numbers stay, what is no text goes, and what is missed is said."""

from pathlib import Path

import pytest

from gongkai.core.documents import DocumentError
from gongkai.core.pasting import clean

WORD = (Path(__file__).parent / "word.html").read_text()


def item(label: str, text: str, level: int = 1) -> str:
    """A paragraph of a list as Word and WPS put it on the clipboard."""
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]><span><span "
        f"style='mso-list:Ignore'>{label}<span>&nbsp;&nbsp;</span></span></span><![endif]>{text}<o:p></o:p></p>"
    )


def test_a_document_from_word_keeps_heading_numbers_list_link_and_table():
    assert clean(WORD).html == (
        "<h2>总体要求</h2><p>各乡镇人民政府、街道办事处，县级各部门：</p><p>一、<b>工作目标</b></p>"
        "<p>1. 建成公园12m²；</p><ul><li>其中新建一处；</li></ul>"
        '<p>2. 详见<a href="https://www.example.gov.cn/a?b=1&amp;c=2">通知</a>。</p>'
        '<table><tr><th scope="col" rowspan="2">项目</th><th scope="col" colspan="2">资金（万元）</th></tr>'
        '<tr><th scope="col">计划</th><th scope="col">到位</th></tr>'
        "<tr><td>河堤</td><td>300</td><td>200<br/>其中县级：50</td></tr></table><p>特此通知。</p>"
    )


def test_what_was_left_out_is_said():
    assert clean(WORD).notes == (
        "图片、图形 1 处没有带入，需要公开的请在正文里用“图片”插入",
        "已删除的修订 1 处没有带入",
        "批注 1 处没有带入",
        "隐藏文字 1 处没有带入",
    )


@pytest.mark.parametrize("rubbish", ["mso-", "Mso", "o:p", "style", "class", "lang", "file:///", "xml", "font"])
def test_no_rubbish_stays(rubbish):
    assert rubbish not in clean(WORD).html


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("一、", "一、甲"),
        ("（一）", "（一）甲"),
        ("（1）", "（1）甲"),
        ("1)", "1)甲"),
        ("①", "①甲"),
        ("第一条", "第一条甲"),
        ("a.", "a. 甲"),
    ],
)
def test_a_number_that_a_page_cannot_count_stays_as_it_is_printed(label, kept):
    assert clean(item(label, "甲")).html == f"<p>{kept}</p>"


def test_numbers_that_do_not_begin_at_one_or_are_interrupted_stay_typed():
    assert clean(item("3.", "丙") + item("4.", "丁")).html == "<p>3. 丙</p><p>4. 丁</p>"
    bullets = clean(item("1.", "甲") + item("·", "乙", 2) + item("2.", "丙"))  # behind them the editor would count anew
    assert bullets.html == "<p>1. 甲</p><ul><li>乙</li></ul><p>2. 丙</p>"
    broken = clean(item("1.", "甲") + "<p>说明。</p>" + item("2.", "乙"))
    assert broken.html == "<p>1. 甲</p><p>说明。</p><p>2. 乙</p>"


def test_two_lists_that_each_begin_at_one_are_lists():
    two = clean(item("1.", "甲") + "<p>说明。</p>" + item("1.", "乙"))
    assert two.html == "<ol><li>甲</li></ol><p>说明。</p><ol><li>乙</li></ol>"


def test_levels_nest():
    nested = clean(item("1.", "甲") + item("1.", "子", 2) + item("2.", "丑", 2) + item("2.", "乙"))
    assert nested.html == "<ol><li>甲<ol><li>子</li><li>丑</li></ol></li><li>乙</li></ol>"


def test_lists_of_a_web_page():
    assert clean("<ol><li><p>甲</p></li><li>乙<ul><li>丙</li></ul></li></ol>").html == (
        "<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol>"
    )
    assert clean("<ol start=3><li>丙</li></ol>").html == "<p>3. 丙</p>"


def test_a_frame_of_one_cell_is_no_table():
    assert (
        clean("<table><tr><td><p>提示</p><p><b>正文</b></p></td></tr></table>").html == "<p>提示</p><p><b>正文</b></p>"
    )


def test_a_table_in_a_table_becomes_lines_of_its_cell():
    html = clean(
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td><table><tr><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table></td></tr></table>"
    )
    assert html.html.count("<table>") == 1 and "1" in html.html and "4" in html.html
    assert html.notes == ("套在表格里的表格 1 个已并入所在单元格",)


def test_the_first_row_is_the_head_only_when_it_reads_like_one():
    head = clean("<table><tr><td>姓名</td><td>金额</td></tr><tr><td>甲</td><td>500</td></tr></table>").html
    assert head.startswith('<table><tr><th scope="col">姓名</th>')
    assert "<th" not in clean("<table><tr><td>甲</td><td>1500.00</td></tr><tr><td>乙</td><td>2</td></tr></table>").html
    assert "<th" not in clean("<table><tr><td></td><td>甲</td></tr><tr><td>乙</td><td>2</td></tr></table>").html


def test_links_lead_to_the_web_only():
    html = clean('<p><a href="javascript:alert(1)">甲</a><a href="#_Toc1">乙</a><a href="file:///C:/x">丙</a></p>').html
    assert html == "<p>甲乙丙</p>"


def test_text_is_text():
    assert clean("<p>a &lt;script&gt; &amp; b</p>").html == "<p>a &lt;script&gt; &amp; b</p>"


def test_a_list_too_large_for_a_page_is_refused():
    rows = "<tr><td>甲</td><td>乙</td></tr>" * 1_501
    with pytest.raises(DocumentError, match="附件"):
        clean(f"<table>{rows}</table>")


def test_nothing_is_nothing():
    assert clean("").html == "" and clean("<p>&nbsp;</p>").html == ""


INLINE = "data:image/png;base64,aGVsbG8="


class TestPictures:
    def test_what_the_clipboard_holds_itself_comes_along(self):
        read = clean(f'<p>前<img src="{INLINE}" alt="河堤近照">后</p><p><img src="file:///C:/a.png"></p>')
        assert read.html == '<p>前后</p><img src="carried:0"/>'
        assert [(one.data, one.alt) for one in read.pictures] == [(b"hello", "河堤近照")]
        assert read.notes == ("图片、图形 1 处没有带入，需要公开的请在正文里用“图片”插入",)

    def test_what_can_be_found_elsewhere_when_it_is_asked_for(self):
        html = '<ul><li>甲<img src="http://a/b.jpg" alt="IMG_0021.jpg" title="图1"></li><li>乙</li></ul>'
        read = clean(html, addresses=True)
        assert (read.pictures[0].address, read.pictures[0].alt) == ("http://a/b.jpg", "")
        assert "<li>甲</li>" in read.html and "carried:0" in read.html and "<li>乙</li>" in read.html
        assert not clean(html).pictures

    def test_what_is_hidden_or_damaged_does_not(self):
        read = clean(f'<p>文<img style="display:none" src="{INLINE}"><img src="data:image/png;base64,@@@"></p>')
        assert not read.pictures and read.html == "<p>文</p>"

    def test_fifty_of_one_text(self):
        read = clean("<p>文" + f"<img src={INLINE}>" * 52 + "</p>")
        assert len(read.pictures) == 50 and "2 处" in read.notes[0]
