"""文章模板: begun from the product's or a body's own; what is to be filled in stops the way to the gate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from tests.portal import writing
from tests.portal.writing import ensure_portal
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from gongkai.foundation import clock
from gongkai.foundation.access import Refused
from gongkai.portal.drafting.services import begin_article, drop_template, keep_template, templates_for
from gongkai.portal.drafting.skeletons import skeletons
from gongkai.portal.editing.lacking import missing_in
from gongkai.portal.models import ArticlePage, ArticleTemplate
from gongkai.portal.models.articles import FEATURES

pytestmark = pytest.mark.django_db
BY_KEY = {one.key: one for one in skeletons()}


@pytest.fixture
def column(county, people):
    ensure_portal()
    return writing.column(writing.section(county.fgj))


@pytest.mark.parametrize("skeleton", skeletons(), ids=lambda one: one.key)
def test_each_that_comes_with_the_product_begins_a_draft(column, people, skeleton):
    article = begin_article(people.clerk, column, skeleton)
    article = ArticlePage.objects.get(pk=article.pk)
    assert not article.live and article.get_parent().pk == column.pk and article.title == skeleton.title
    assert {one.rule for one in missing_in(article)} >= {"words.blanks"}
    converter = ContentstateConverter(FEATURES)
    again = converter.to_database_format(converter.from_database_format(article.body))
    assert again.count("〔填写") == skeleton.body.count("〔填写") and again.count("<table>") == skeleton.body.count(
        "<table>"
    )


def test_a_posting_ends(column, people):
    article = begin_article(people.clerk, column, BY_KEY["posting"])
    assert article.get_latest_revision_as_object().expire_at == clock.now() + timedelta(days=5)


def test_two_begun_in_one_second_stand_side_by_side(column, people):
    first = begin_article(people.clerk, column, BY_KEY["notice"])
    second = begin_article(people.clerk, column, BY_KEY["notice"])  # read before the first was begun
    assert first.slug != second.slug


@pytest.fixture
def own(column, people):
    page = writing.article(column, "清河县河长制工作简报", summary="每月一期", body="<p>本期要目：〔填写：要目〕</p>")
    return keep_template(people.clerk, page, "简报")


def test_a_body_keeps_its_own(own, column, people, county):
    article = begin_article(people.clerk, column, own)
    assert (article.title, article.summary) == ("清河县河长制工作简报", "每月一期")
    assert "要目" in article.get_latest_revision_as_object().body
    assert list(templates_for(county.fgj)) == [own] and list(templates_for(county.czj)) == []


def test_the_countys_serve_all(people, county, column):
    shared = ArticleTemplate.objects.create(
        body=county.body, name="全县统一", title="甲", html="<p>乙</p>", made_by=people.office
    )
    assert list(templates_for(county.czj)) == [shared]
    assert begin_article(people.clerk, column, shared).title == "甲"


def test_names_are_told_apart(own, column, people):
    page = writing.article(column, "另一篇")
    with pytest.raises(ValidationError, match="简报"):
        keep_template(people.clerk, page, "简报 ")
    with pytest.raises(ValidationError, match="名称"):
        keep_template(people.clerk, page, " ")
    drop_template(people.clerk, own)
    assert keep_template(people.clerk, page, "简报").name == "简报"
    with pytest.raises(ValidationError, match="停用"):
        begin_article(people.clerk, column, own)


def test_another_body_takes_no_part(own, column, people, county):
    with pytest.raises(Refused):
        begin_article(people.other_clerk, column, BY_KEY["notice"])
    with pytest.raises(Refused):
        keep_template(people.other_clerk, ArticlePage.objects.first(), "甲")
    with pytest.raises(Refused):
        drop_template(people.other_clerk, own)
    theirs = writing.column(writing.section(county.czj))
    with pytest.raises(ValidationError, match="其他单位"):
        begin_article(people.office, theirs, own)


class TestScreens:
    def test_from_the_column_to_the_editor(self, column, people, client, own):
        client.force_login(people.clerk)
        assert f"/admin/portal/templates/{column.pk}/" in client.get(f"/admin/pages/{column.pk}/").content.decode()
        address = f"/admin/portal/templates/{column.pk}/"
        shown = client.get(address).content.decode()
        assert "招聘公告" in shown and "简报" in shown
        answer = client.post(address, {"template": "notice"})
        article = ArticlePage.objects.order_by("-pk").first()
        assert answer.url == f"/admin/pages/{article.pk}/edit/"
        assert "还有没填的地方" in client.get(answer.url).content.decode()
        client.post(address, {"template": f"own-{own.pk}"})
        assert ArticlePage.objects.order_by("-pk").first().title == own.title
        assert "请选择模板" in client.post(address, {"template": "x"}, follow=True).content.decode()

    def test_an_article_is_kept_as_a_template(self, column, people, client):
        page = writing.article(column, "值得再用的文章")
        client.force_login(people.clerk)
        assert "另存为模板" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        address = f"/admin/portal/templates/keep/{page.pk}/"
        assert "值得再用的文章" in client.get(address).content.decode()
        client.post(address, {"name": "通报"})
        assert ArticleTemplate.objects.get().title == "值得再用的文章"
        client.post(f"/admin/portal/templates/{column.pk}/", {"drop": ArticleTemplate.objects.get().pk})
        assert ArticleTemplate.objects.get().dropped_at

    def test_the_name_of_anothers_is_not_told(self, own, column, people, county, client):
        theirs = writing.column(writing.section(county.czj))
        client.force_login(people.other_clerk)
        address = f"/admin/portal/templates/{theirs.pk}/"
        assert client.post(address, {"template": f"own-{own.pk}"}).status_code == 404
        assert own.name not in client.get(address).text

    def test_another_body_is_kept_out(self, column, people, client):
        client.force_login(people.other_clerk)
        assert client.get(f"/admin/portal/templates/{column.pk}/").status_code in (302, 403)
        page = writing.article(column)
        assert client.get(f"/admin/portal/templates/keep/{page.pk}/").status_code in (302, 403)
