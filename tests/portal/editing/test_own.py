"""A number typed into the form: what its writer may not see is not put into their text."""

from __future__ import annotations

import json

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.portal.models import ArticlePage, AttachmentFile, TopicPage

TEXT = json.dumps({"blocks": [{"key": "a", "text": "正文", "type": "unstyled", "depth": 0}], "entityMap": {}})


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.column(writing.section(county.fgj))


def rows(prefix: str, **row: object) -> dict[str, object]:
    counts = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0}
    return counts | {
        f"{prefix}-0-{name}": value for name, value in ({"id": "", "ORDER": 1, "DELETE": ""} | row).items()
    }


def attach(client, column, file: AttachmentFile):
    data = {"title": "起草的文章", "slug": "qicao", "body": TEXT, "published_on": "2026-06-15"}
    data |= rows("attachments", document=file.pk, title="")
    return client.post(f"/admin/pages/add/portal/articlepage/{column.pk}/", data)


def draw(client, section, page):
    data = {"title": "专题", "slug": "zhuanti"} | rows("items", source=page.pk)
    return client.post(f"/admin/pages/add/portal/topicpage/{section.pk}/", data)


class TestFiles:
    def test_of_the_own_folder(self, client, people, column, county):
        client.force_login(people.clerk)
        attach(client, column, writing.file(county.fgj))
        assert ArticlePage.objects.get(slug="qicao").attachments.count() == 1

    def test_not_of_another_body(self, client, people, column, county):
        client.force_login(people.clerk)
        answer = attach(client, column, writing.file(county.czj, "neibu.txt"))
        assert not ArticlePage.objects.filter(slug="qicao").exists()
        assert "项目进度表" not in answer.text  # nor is its title told

    def test_what_hangs_on_the_page_already_stays(self, client, people, column, county):
        file = writing.file(county.czj, "gongyong.txt")  # the page came over from another body
        page = writing.article(column, files=(file,))
        client.force_login(people.clerk)
        data = {"title": "改过的题目", "slug": page.slug, "body": TEXT, "published_on": "2026-06-15"}
        data |= rows("attachments", document=file.pk, title="", id=page.attachments.get().pk)
        client.post(f"/admin/pages/{page.pk}/edit/", data | {"attachments-INITIAL_FORMS": 1})
        assert ArticlePage.objects.get(pk=page.pk).title == "改过的题目"


class TestPages:
    def test_a_topic_draws_from_public_pages_of_others(self, client, people, column, county):
        theirs = writing.through_the_gate(writing.column(writing.section(county.czj)))
        client.force_login(people.clerk)
        draw(client, writing.section(county.fgj), theirs)
        assert TopicPage.objects.get(slug="zhuanti").items.count() == 1

    def test_not_from_their_drafts(self, client, people, column, county):
        theirs = writing.column(writing.section(county.czj), "内部事项")
        client.force_login(people.clerk)
        answer = draw(client, writing.section(county.fgj), theirs)
        assert not TopicPage.objects.filter(slug="zhuanti").exists()
        assert "内部事项" not in answer.text
