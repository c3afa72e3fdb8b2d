"""What a page still lacks: each rule finds its lack and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.foundation import clock
from gongkai.portal.editing.lacking import Level, lacks, missing_in

pytestmark = pytest.mark.django_db

WHOLE = {
    "body": "<p>各项目按计划推进，上半年开工二十六个，完成年度投资的百分之五十四。</p>",
    "summary": "上半年开工二十六个。",
}


@pytest.fixture
def column(county, people):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


@pytest.fixture
def found(column):
    """The keys and words of what an article with these fields lacks."""
    return lambda **fields: {one.rule: one.words for one in missing_in(writing.article(column, **(WHOLE | fields)))}


def test_a_whole_article_lacks_nothing(found):
    assert found() == {}


def html(text: str) -> dict[str, str]:
    return {"body": f"{WHOLE['body']}{text}"}


@pytest.mark.parametrize(
    ("fields", "rule", "words"),
    [
        ({"summary": " "}, "words.summary", "摘要"),
        (html("<p>转载自中国政府网。</p>"), "words.source", "来源"),
        ({"body": "<p>见附表。</p>"}, "words.short", "很短"),
        (html("<p>于〔填写：日期〕前报送。</p>"), "words.blanks", "〔填写：日期〕"),
        (html("<p>请于XX月15日前报送。</p>"), "words.doubtful", "XX"),
        (html("<table><caption>表</caption><tr><td>甲</td></tr></table>"), "words.tables", "没有表头"),
        (html('<table><tr><th scope="col">甲</th></tr></table>'), "words.tables", "没有表题"),
        ({"title": "清河县公共租赁住房管理办法"}, "words.interpretation", "解读"),
        (html("<p>附件：项目计划表</p>"), "files.none", "附上"),
        ({"title": "拟录用人员公示"}, "dates.posting", "公示截止"),
        ({"published_on": date(2099, 1, 1)}, "dates.future", "晚于"),
        (html('<p><a href="http://10.1.2.3/x">甲</a></p>'), "links.closed", "10.1.2.3"),
        (html('<p><a href="http://oa/x">甲</a></p>'), "links.closed", "内部地址"),
        (html('<p><a href="/admin/pages/3/">甲</a></p>'), "links.closed", "内部地址"),
        (html('<p><a href="">甲</a></p>'), "links.closed", "没有可用的网址"),
        (html('<p><a linktype="page" id="999999">甲</a></p>'), "links.gone", "已删除"),
    ],
)  # fmt: skip
def test_each_rule_finds_its_lack(found, fields, rule, words):
    assert words in found(**fields)[rule]
    assert set(found(**fields)) == {rule}


def test_links_that_anybody_opens_are_no_lack(found):
    assert found(**html('<p><a href="https://www.gov.cn/x">甲</a><a href="mailto:a@b.cn">乙</a></p>')) == {}


def test_a_draft_that_is_linked_is_named(found, column):
    draft = writing.article(column, "未公开的文章")
    assert "未公开的文章" in found(**html(f'<p><a linktype="page" id="{draft.pk}">甲</a></p>'))["links.drafts"]


def test_names_of_attachments(column, county):
    file = writing.file(county.fgj, "a.txt")
    page = writing.article(column, files=(file, file), **WHOLE)
    page.attachments.set([*page.attachments.all()])
    for one, title in zip(page.attachments.all(), ("项目计划表-终稿", "新建文本文档"), strict=True):
        one.title = title
    said = [one.words for one in missing_in(page)]
    assert "附件名称“项目计划表-终稿”建议改为“项目计划表”" in said
    assert any("新建文本文档" in line and "看不出" in line for line in said)
    assert any("附了两次" in line for line in said)


def test_a_column_that_is_not_public_is_named(column):
    inner = writing.column(column, "未公开的栏目")
    (one,) = missing_in(writing.article(inner, **WHOLE))
    assert one.rule == "places.columns" and "未公开的栏目" in one.words


def test_a_time_set_for_it_allows_its_day(column):
    later = clock.now() + timedelta(3)
    page = writing.article(column, **WHOLE)
    page.go_live_at, page.published_on = later, later.date()
    assert missing_in(page) == []


def test_what_must_be_mended_stands_first(column):
    page = writing.article(column, body="<p>〔填写：正文〕</p>")
    assert [one.level for one in missing_in(page)] == [Level.BLOCK, Level.HINT, Level.HINT]


def test_every_rule_is_named():
    assert all(str(rule.label) for rule in lacks) and len(lacks) >= 15


@pytest.fixture
def put_forward(client, people, column):
    def put(**fields):
        page = writing.article(column, **fields)
        client.force_login(people.clerk)
        from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

        data = nested_form_data(
            {"title": page.title, "slug": page.slug, "summary": page.summary, "source": "", "body": rich_text(page.body),
             "published_on": "2023-09-01", "attachments": inline_formset([]), "comments": inline_formset([])}
        )  # fmt: skip
        return client.post(f"/admin/pages/{page.pk}/edit/", data | {"action-put-forward": "1"}, follow=True)

    return put


def test_what_must_be_mended_stops_the_way_to_the_gate(put_forward):
    answer = put_forward(body="<p>各单位请于〔填写：日期〕前报送上半年项目进展情况。</p>")
    assert answer.redirect_chain[-1][0].endswith("/edit/")
    assert "还不能报送审查：还有没填的地方：〔填写：日期〕" in answer.content.decode()
    assert "必须补正" in answer.content.decode()


def test_a_hint_is_said_and_stops_nobody(put_forward):
    answer = put_forward(body=WHOLE["body"])
    assert "/review/put-forward/" in answer.redirect_chain[-1][0]
    assert "建议补充：没有摘要" in answer.content.decode()
