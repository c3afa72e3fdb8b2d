"""Articles: their fields read, what is wrong named, what is left out said."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.siteimport import Record, read_article
from gongkai.core.siteimport.moments import read_moment
from gongkai.core.siteimport.pages import read_page

URL = "http://www.example.gov.cn/zwgk/t20230112_1.html"
GOOD = {"url": URL, "title": "清河县通告", "body": "<p>正文</p>", "published": "2023-01-12 08:30", "column": "通知公告"}


def article(**values):
    return read_article(Record(1, GOOD | values), {})


class TestMoments:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2016-11-22 09:53", (date(2016, 11, 22), time(9, 53))),
            ("2016/1/2 9:05:33", (date(2016, 1, 2), time(9, 5))),
            ("2016年11月22日 9：53", (date(2016, 11, 22), time(9, 53))),
            ("2016——11——22", (date(2016, 11, 22), None)),
            ("发布时间：2016.11.22", (date(2016, 11, 22), None)),
            ("2016-02-30", None),
            ("2016-11-22 25:00", None),
            ("昨天", None),
        ],
    )
    def test_as_sites_write_them(self, text, moment):
        assert read_moment(text) == moment

    def test_a_moment_with_its_zone_is_ours(self):
        read = article(published="2023-01-11T23:30:00Z")
        assert (read.day, read.at) == (date(2023, 1, 12), time(7, 30))


class TestFields:
    def test_all_of_them(self):
        read = article(source="县府办", summary="摘要", keywords="通告", author="张三")
        assert (read.title, read.body, read.column) == ("清河县通告", "<p>正文</p>", "通知公告")
        assert (read.day, read.at) == (date(2023, 1, 12), time(8, 30))
        assert (read.source, read.summary, read.keywords, read.author) == ("县府办", "摘要", "通告", "张三")
        assert not read.problems and not read.notes

    def test_by_the_names_of_the_source(self):
        record = Record(3, {"网址": URL, "名": "标题", "文": "词", "日": "2023-1-2", "栏": "甲"})
        fields = {"url": "网址", "title": "名", "body": "文", "published": "日", "column": "栏"}
        read = read_article(record, fields)
        assert (read.number, read.title, read.body, read.column) == (3, "标题", "<p>词</p>", "甲")

    @pytest.mark.parametrize("name", ["url", "title", "published", "column"])
    def test_what_is_missing_is_named(self, name):
        assert len(article(**{name: ""}).problems) == 1

    @pytest.mark.parametrize(
        "url", ["/a.html", "ftp://a.cn/1", "http://", "javascript:alert(1)", "http://[", "x" * 2000]
    )
    def test_an_address_that_is_none(self, url):
        assert any("原网址" in one for one in article(url=url).problems)

    def test_every_problem_of_a_row_at_once(self):
        assert len(article(title="", body="", published="昨天").problems) == 3

    def test_too_long(self):
        assert "标题" in article(title="长" * 256).problems[0]
        read = article(summary="长" * 501)
        assert len(read.summary) == 500 and "摘要" in read.notes[0]

    def test_a_record_that_could_not_be_read(self):
        assert read_article(Record(4, {}, "不是 JSON"), {}).problems == ("不是 JSON",)

    @given(st.dictionaries(st.sampled_from([*GOOD, "attachments", "source"]), st.from_type(object) | st.text()))
    def test_nothing_breaks_it(self, values):
        read_article(Record(1, values), {})


class TestText:
    def test_words_without_marks_become_paragraphs(self):
        assert article(body="第一段\n\n 1 < 2 ").body == "<p>第一段</p><p>1 &lt; 2</p>"

    def test_nothing_that_runs_or_looks_is_kept(self):
        body = '<p onclick="x()" style="color:red">甲<script>y()</script><a href="javascript:z()">乙</a></p>'
        assert article(body=body).body == "<p>甲乙</p>"

    def test_tables_keep_their_spans(self):
        body = "<table><tr><td colspan=2>表头</td></tr><tr><td>甲</td><td>1</td></tr></table>"
        assert 'colspan="2"' in article(body=body).body and "<td>甲</td><td>1</td>" in article(body=body).body

    def test_links_lead_where_they_led(self):
        assert 'href="http://www.example.gov.cn/zwgk/other.html"' in article(body='<a href="other.html">另</a>').body

    def test_pictures_come_with_their_whole_address(self):
        read = article(body='<p>文<img src="a.jpg" alt="河堤"></p>')
        assert read.body == '<p>文</p><img src="carried:0"/>'
        assert [(one.address, one.alt) for one in read.pictures] == [("http://www.example.gov.cn/zwgk/a.jpg", "河堤")]

    def test_pictures_alone_are_a_text(self):
        assert article(body="<img src=a.jpg>").problems == ()
        assert article(body="<p> </p>").problems == ("没有正文",)


class TestAttachments:
    def test_linked_in_the_text(self):
        read = article(body='<p>见<a href="./P1.xlsx">项目表</a></p>')
        assert [(one.name, one.place) for one in read.attachments] == [
            ("项目表", "http://www.example.gov.cn/zwgk/P1.xlsx")
        ]
        assert read.body == "<p>见项目表</p>"

    def test_listed_beside_it(self):
        listed = [{"name": "表", "path": "files/a.xlsx"}, "files/b%20c.pdf"]
        read = article(attachments=listed, body='<p>文<a href="files/a.xlsx">表</a></p>')
        assert [(one.name, one.place) for one in read.attachments] == [
            ("表", "files/a.xlsx"),
            ("b c.pdf", "files/b%20c.pdf"),
        ]

    def test_in_one_cell(self):
        assert [one.place for one in article(attachments="a.pdf；b.pdf\nc.pdf").attachments] == [
            "a.pdf",
            "b.pdf",
            "c.pdf",
        ]


TAGGED = f"""<html><head><title>x_网站</title><meta name="ArticleTitle" content="标题"><meta name="PubDate"
content="2023-01-12 08:30"><meta name="ContentSource" content="县府办"><meta name="ColumnName" content="通知公告">
<meta name="Url" content="{URL}"><meta name="Description" content="全县各项目按计划推进，进展顺利"><meta name="Keywords"
content="项目,旅游"></head><body><div class="TRS_Editor"><p>全县各项目按计划推进，进展顺利，现予公布如下。</p></div></body></html>"""
PLAIN = """<html><head><title>标题_清河县</title></head><body><form><div class=nav><a href=/>首页</a></div><div>
<p>发布时间：2023年1月12日 来源：县府办</p></div><div><p>这里是文章的第一段文字，足够长，看得出是正文。</p><p>第二段</p></div>
<script>x</script></form></body></html>"""


class TestPages:
    def test_by_the_national_tags(self):
        read = read_article(Record(1, read_page(TAGGED.encode(), "a.html")), {})
        assert (read.url, read.title, read.column, read.source) == (URL, "标题", "通知公告", "县府办")
        assert (read.day, read.at) == (date(2023, 1, 12), time(8, 30))
        assert read.summary.startswith("全县各项目") and read.keywords == "项目"
        assert read.body.startswith("<p>全县") and not read.problems

    @pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
    def test_by_what_a_reader_sees(self, encoding):
        values = read_page(PLAIN.encode(encoding), "www.example.gov.cn/zwgk/tzgg/202301/1.html")
        read = read_article(Record(1, values), {})
        assert (read.title, read.day, read.source) == ("标题", date(2023, 1, 12), "县府办")
        assert read.url == "http://www.example.gov.cn/zwgk/tzgg/202301/1.html"
        assert read.column == "zwgk/tzgg"
        assert read.body == "<p>这里是文章的第一段文字，足够长，看得出是正文。</p><p>第二段</p>"

    def test_a_description_of_the_whole_site_is_not_the_articles(self):
        page = TAGGED.replace('全县各项目按计划推进，进展顺利">', '清河县人民政府网站是发布信息的平台">')
        assert read_page(page.encode(), "a.html")["summary"] == ""

    def test_an_address_that_is_half(self):
        page = TAGGED.replace(URL, "./t1.html")
        assert read_page(page.encode(), "www.a.gov.cn/x/y.html")["url"] == "http://www.a.gov.cn/x/t1.html"
