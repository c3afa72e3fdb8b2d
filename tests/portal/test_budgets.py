"""What a public page may ask of the database when it is not kept: the aim of the portal's speed."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.portal.models import ArticlePage
from gongkai.portal.pagecache import memory, shared

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_kept")]


@pytest.fixture
def column(county):
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    for number in range(3):
        writing.through_the_gate(writing.article(column, f"第{number}号通告", files=(writing.file(county.fgj),)))
    return column


def looked(url: str) -> None:
    """As the first who looks after something changed: nothing is kept, and nothing that pages share."""
    memory.memory.clear()
    shared._held_for = None
    client = Client()
    assert client.get(url).status_code == 200


def test_an_article_with_its_files(column, django_assert_max_num_queries):
    page = ArticlePage.objects.child_of(column).last()
    looked(page.url)
    with django_assert_max_num_queries(12):
        looked(page.url)


def test_the_front_page(column, django_assert_max_num_queries):
    looked("/")
    with django_assert_max_num_queries(15):
        looked("/")


def test_a_column_costs_the_same_whatever_stands_in_it(column, django_assert_max_num_queries):
    looked(column.url)
    with django_assert_max_num_queries(20):
        looked(column.url)
