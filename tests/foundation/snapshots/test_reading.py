"""Title, publication date and text of pages as county sites make them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.snapshots.reading import EXCERPT, read_page


def page(body: str = "", head: str = "", encoding: str = "utf-8"):
    return read_page(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding), "text/html"
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<title>首页_青山县</title><meta name="ArticleTitle" content="关于 开展 检查的通知">',
            "",
            "关于 开展 检查的通知",
        ),
        ('<title>首页_青山县</title><meta name="articletitle" content=" ">', "", "首页_青山县"),
        ("<title>\n  通知公告\n</title>", "<h1>别的</h1>", "通知公告"),
        ("", "<h1>只有标题行</h1>", "只有标题行"),
        ('<meta property="og:title" content="分享标题">', "", "分享标题"),
        ("", "<p>没有标题</p>", ""),
    ],
)
def test_titles(head, body, title):
    assert page(body, head).title == title


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta name="PubDate" content="2026-03-01 09:30:00">', "", date(2026, 3, 1)),
        ('<meta name="pubdate" content="2026年3月1日">', "", date(2026, 3, 1)),
        ('<META NAME="PubDate" CONTENT="2026/03/01">', "发布时间：2020-01-01", date(2026, 3, 1)),
        ('<meta name="PubDate" content="">', "发布时间：2026-03-01 10:20", date(2026, 3, 1)),
        ('<meta property="article:published_time" content="2026-03-01T08:00:00+08:00">', "", date(2026, 3, 1)),
        ("", "<span>发布日期</span><span>：2026.3.1</span>", date(2026, 3, 1)),
        ("", "来源：县政府办 发布时间: 2026年03月01日 浏览 12 次", date(2026, 3, 1)),
        ("", "<b>日&nbsp;期：</b>2026-03-01", date(2026, 3, 1)),
        ("", "成文日期：2026-01-05 发布日期：2026-03-01", date(2026, 3, 1)),
        ("", "报名截止时间：2026-03-01", None),
        ("", "成文日期：2026-01-05", None),
        ("", "发布时间：2026-13-41", None),
        ("", "发布时间：2026-02-30，发布时间：2026-03-01", date(2026, 3, 1)),
        ("", "2026-03-01 有事发生", None),
        ("<script>var t='发布时间：2026-03-01'</script>", "", None),
    ],
)
def test_publication_dates(head, body, day):
    assert page(body, head).published_on == day


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encodings(encoding):
    declared = {"gb18030": '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'}.get(encoding, "")
    read = page("<p>镕基同志〇二六年</p>", f"{declared}<title>镕</title>", encoding)
    assert (read.title, read.text) == ("镕", "镕基同志〇二六年")


def test_the_text_is_what_one_sees():
    read = page("<p>第一段</p>\n<script>alert(1)</script><style>p{}</style><p>第二段</p>")
    assert read.text == "第一段 第二段"


def test_the_excerpt_is_bounded():
    assert len(page("<p>" + "长" * 2000 + "</p>").excerpt) == EXCERPT


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip"])
def test_files_are_no_pages(kind):
    read = read_page(b"%PDF-1.7 \x00\x01", kind)
    assert (read.title, read.published_on, read.text) == ("", None, "")


def test_plain_text_has_text_only():
    read = read_page("发布说明\n第二行".encode(), "text/plain")
    assert (read.title, read.text) == ("", "发布说明 第二行")


def test_a_page_that_is_not_called_one():
    assert read_page("<html><title>标题</title></html>".encode(), "").title == "标题"


@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=gbk", "application/xml"]))
def test_no_bytes_break_it(body, kind):
    read = read_page(body, kind)
    assert len(read.title) <= 300
