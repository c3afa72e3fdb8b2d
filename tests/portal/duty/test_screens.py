"""The screens of 栏目保障."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.channels.models import Column
from gongkai.foundation.access import Role
from gongkai.portal.models import ArticlePage, BlockPage, SectionPage


@pytest.fixture
def section(county) -> SectionPage:
    ensure_portal()
    return writing.section(county.fgj)


@pytest.fixture
def notices(section):
    return writing.through_the_gate(writing.column(section, "通知公告", column_type="通知公告"))


def test_who_answers_sees_the_own_and_the_office_all(client, section, people, county):
    client.force_login(people.clerk)
    page = client.get(reverse("portal_duty"))
    assert {row.owner_id for row in page.context["object_list"]} == {county.fgj.pk}
    client.force_login(people.office)
    page = client.get(reverse("portal_duty"))
    assert len(page.context["object_list"]) == 12


def test_every_number_leads_to_what_it_counts(client, notices, people):
    writing.through_the_gate(writing.article(notices))
    client.force_login(people.clerk)
    page = client.get(reverse("portal_duty"))
    for one in page.context["numbers"]:
        assert len(client.get(one["href"]).context["object_list"]) == one["number"], one["href"]
    assert {one["look"].key: one["number"] for one in page.context["numbers"]} == {
        "blank": 4,
        "stale": 0,
        "soon": 0,
        "fresh": 1,
        "unruled": 0,
    }


def test_from_a_column_to_a_new_article(client, notices, people, county):
    """The clerk writes where something is owed; the guide is no place for articles, a reader of the list writes none."""
    new = reverse("wagtailadmin_pages:add", args=["portal", "articlepage", notices.pk])
    client.force_login(people.clerk)
    page = client.get(reverse("portal_duty")).text
    assert f'href="{new}"' in page and client.get(new).status_code == 200
    guide = BlockPage.objects.child_of(writing.section(county.fgj)).get(kind="guide")
    assert reverse("wagtailadmin_pages:add", args=["portal", "articlepage", guide.pk]) not in page
    client.force_login(holder(county.fgj, Role.REVIEWER))
    assert "写文章" not in client.get(reverse("portal_duty")).text


def test_exported_as_seen(client, section, people):
    client.force_login(people.office)
    rows = client.get(reverse("portal_duty"), {"export": "csv", "state": "blank"}).getvalue().decode()
    assert rows.count("空白栏目") == 12
    assert "最近更新" in rows.splitlines()[0]


def test_a_clerk_states_that_there_is_nothing(client, notices, people):
    column = Column.objects.get(page_id=notices.pk)
    client.force_login(people.clerk)
    address = reverse("portal_state_none", args=[column.pk])
    assert address in client.get(reverse("portal_duty")).text
    form = client.get(address)
    assert "本栏目暂无内容" in form.text
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "本季度没有"})
    column.refresh_from_db()
    assert column.none_on == date(2026, 6, 15)


def test_not_for_the_column_of_another_body(client, notices, people):
    client.force_login(people.other_clerk)
    address = reverse("portal_state_none", args=[Column.objects.get(page_id=notices.pk).pk])
    assert client.post(address, {"reason": "x"}).status_code == 404


def test_outdated_content_is_withdrawn_several_at_once(client, notices, people):
    titles = ("旧通知一", "旧通知二", "旧通知三")
    articles = [
        writing.through_the_gate(writing.article(notices, title, published_on=date(2020, 1, 1))) for title in titles
    ]
    client.force_login(people.clerk)
    assert 'name="id"' not in client.get(reverse("portal_outdated")).text
    assert client.post(reverse("portal_withdraw_outdated"), {"id": articles[0].pk, "reason": "x"}).status_code == 403
    client.force_login(people.office)
    page = client.get(reverse("portal_outdated"))
    assert all(title in page.text for title in titles) and page.text.count('name="id"') == 3
    data = {"id": [articles[0].pk, articles[1].pk], "reason": "已过时"}
    answer = client.post(reverse("portal_withdraw_outdated"), data, follow=True)
    assert "已撤下 2 篇" in answer.text
    assert [one.live for one in ArticlePage.objects.order_by("pk")] == [False, False, True]


def test_an_empty_list_says_what_will_be_here(client, section, people):
    client.force_login(people.office)
    assert "没有过时的内容" in client.get(reverse("portal_outdated")).text
    assert "没有符合条件的栏目" in client.get(reverse("portal_duty"), {"state": "stale"}).text


def test_more_columns_cost_no_more_queries(client, section, people, django_assert_max_num_queries):
    for number in range(8):
        writing.column(section, f"栏目{number}")
    Column.objects.update(active=True)
    client.force_login(people.office)
    client.get(reverse("portal_duty"))
    with django_assert_max_num_queries(30):
        client.get(reverse("portal_duty"))
