"""What the register says of pages: public, ended to the minute, or hidden by the column above them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.foundation.access import Role
from gongkai.portal.models import ArticlePage
from gongkai.review.jobs import end_postings
from gongkai.review.models import Release, State
from gongkai.review.selectors import standings
from gongkai.review.services import withdraw


@pytest.fixture
def column(county):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


def release_of(page) -> Release:
    return Release.objects.get(
        object_id=page.pk, kind=f"portal.{'article' if 'Article' in type(page).__name__ else 'column'}"
    )


def standing(*pages) -> list[str]:
    releases = [release_of(page) for page in pages]
    words = standings(releases)
    return [words[one.pk] for one in releases]


def test_a_withdrawn_column_hides_what_stands_below_it_and_the_register_says_so(county, column):
    inner = writing.through_the_gate(writing.column(column, "招聘"))
    article = writing.through_the_gate(writing.article(inner))
    assert standing(column, inner, article) == ["公开中"] * 3
    withdraw(holder(county.fgj, Role.LEADER), release_of(column), "栏目调整")
    hidden = "栏目“通知公告”未公开，随之不公开"
    assert standing(column, inner, article) == ["已撤稿", hidden, hidden]


def test_as_many_queries_for_many_articles(column, django_assert_max_num_queries):
    articles = [writing.through_the_gate(writing.article(column)) for _ in range(4)]
    releases = [release_of(article) for article in articles]
    with django_assert_max_num_queries(14) as few:
        standings(releases[:1])
    with django_assert_max_num_queries(len(few)):
        standings(releases)


class TestTheEndOfAPosting:
    @pytest.fixture
    def article(self, column):
        draft = writing.article(column)
        return writing.through_the_gate(writing.change(draft, expire_at=datetime(2026, 6, 16, 4, 0, tzinfo=UTC)))

    def test_is_kept_with_the_release(self, article):
        assert str(release_of(article).show_until) == "2026-06-16"

    @pytest.mark.parametrize(("now", "words"), [("11:59", "公开中"), ("12:00", "公示期满")])
    def test_to_the_minute_even_before_the_job_has_come(self, article, settings, now, words):
        settings.GONGKAI_NOW = f"2026-06-16T{now}:00+08:00"
        assert standing(article) == [words]

    def test_the_release_ends_with_it(self, article, settings):
        settings.GONGKAI_NOW = "2026-06-16T11:59:00+08:00"
        assert end_postings(None) == 0
        settings.GONGKAI_NOW = "2026-06-16T12:00:00+08:00"
        assert end_postings(None) == 1
        assert release_of(article).state == State.EXPIRED
        assert not ArticlePage.objects.get(pk=article.pk).live
