"""专题 and 网站地图: drawn from several bodies, and only from what is open."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.portal.models import BlockPage, ColumnPage, TopicItem, TopicPage
from gongkai.review.choke import NotOpen


@pytest.fixture
def columns(county):
    ensure_portal()
    bodies = (county.fgj, county.czj)
    return [writing.through_the_gate(writing.column(writing.section(body), "防汛信息")) for body in bodies]


def topic(county, *sources, title: str = "防汛抗旱") -> TopicPage:
    return writing.topic(writing.section(county.body), *sources, title=title)


def test_draws_from_columns_of_several_bodies_and_puts_chosen_articles_first(county, columns):
    chosen = writing.through_the_gate(writing.article(columns[0], "防汛预案", published_on=date(2025, 1, 1)))
    newest = writing.through_the_gate(writing.article(columns[1], "汛期拨款", published_on=date(2026, 6, 1)))
    writing.article(columns[1], "未审的草稿")
    page = writing.through_the_gate(topic(county, columns[0], columns[1], chosen))
    shown = Client().get(page.url).text
    assert shown.index(chosen.title) < shown.index(newest.title)
    assert shown.count(">防汛预案<") == 1 and "未审的草稿" not in shown
    assert "防汛抗旱" in Client().get("/").text


def test_passes_the_gate_with_what_it_draws(county, columns):
    page = topic(county, columns[0])
    assert Client().get(page.url).status_code == 404
    assert "防汛抗旱" not in Client().get("/").text
    page = writing.through_the_gate(page)
    writing.through_the_gate(writing.article(columns[1], "汛期拨款"))
    TopicItem.objects.create(page=page, source_id=columns[1].pk)
    assert Client().get(page.url).status_code == 404
    page.title = "改过"
    with pytest.raises(NotOpen):
        page.save()


def test_a_source_that_closes_disappears(county, columns):
    article = writing.through_the_gate(writing.article(columns[0], "防汛预案"))
    page = writing.through_the_gate(topic(county, columns[0], article))
    assert "防汛预案" in Client().get(page.url).text
    ColumnPage.objects.filter(pk=columns[0].pk).update(summary="改过")
    assert "防汛预案" not in Client().get(page.url).text


def test_more_articles_cost_no_more_queries(county, columns, client, django_assert_max_num_queries):
    for number in range(4):
        writing.through_the_gate(writing.article(columns[number % 2], f"信息{number}"))
    page = writing.through_the_gate(topic(county, *columns))
    client.get(page.url)
    with django_assert_max_num_queries(24):
        assert client.get(page.url).text.count(">信息") == 4


def test_the_map_leads_to_every_entrance(county, columns):
    page = writing.through_the_gate(topic(county, columns[0]))
    shown = Client().get("/map/").text
    for place in (page, *BlockPage.objects.child_of(writing.section(county.body))):
        assert f'href="{place.url}"' in shown
    for body in (county.fgj, county.czj):
        assert f'href="{writing.section(body).url}"' in shown


def test_the_front_page_with_topics_costs_fifteen_queries_at_most(
    county, columns, client, django_assert_max_num_queries
):
    for number in range(3):
        writing.through_the_gate(writing.article(columns[0], f"信息{number}"))
    writing.through_the_gate(topic(county, *columns))
    client.get("/")
    with django_assert_max_num_queries(15):
        assert "防汛抗旱" in client.get("/").text
