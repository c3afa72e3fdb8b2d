"""What pages share: asked once for each state of all that is public, and never beyond it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import Model
from django.test import Client
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.portal.pagecache import memory as kept
from gongkai.portal.pagecache import shared as sharing
from gongkai.portal.pagecache.shared import shared, while_making
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

UNTIL = datetime(2026, 6, 2).astimezone()


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def echo(asked):
    @shared
    def echo(key: str) -> list[str]:
        asked.append(key)
        return [key]

    return echo


@pytest.mark.usefixtures("nothing_kept")
class TestSharing:
    def test_outside_of_a_page_everybody_asks(self, echo, asked):
        assert echo("a") == echo("a") == ["a"]
        assert asked == ["a", "a"]

    def test_pages_of_one_state_ask_once(self, echo, asked):
        for _page in range(3):
            with while_making((1, 1), UNTIL):
                assert echo("a") == ["a"] and echo("b") == ["b"]
        assert asked == ["a", "b"]

    @pytest.mark.parametrize("other", [((2, 2), UNTIL), ((1, 2), UNTIL), ((1, 1), UNTIL + timedelta(days=1))])
    def test_another_state_asks_anew(self, echo, asked, other):
        with while_making((1, 1), UNTIL):
            echo("a")
        with while_making(*other):
            echo("a")
        assert asked == ["a", "a"]

    def test_nothing_is_shared_for_longer_than_a_minute(self, echo, asked, monkeypatch):
        with while_making((1, 1), UNTIL):
            echo("a")
        later = sharing.time.monotonic() + kept.SECONDS
        monkeypatch.setattr(sharing.time, "monotonic", lambda: later)
        with while_making((1, 1), UNTIL):
            echo("a")
        assert asked == ["a", "a"]

    def test_two_functions_and_two_keys_are_kept_apart(self, echo):
        other = shared(lambda key: f"other {key}")
        with while_making((1, 1), UNTIL):
            assert (echo("a"), other("a"), echo("b")) == (["a"], "other a", ["b"])

    def test_nothing_grows_without_bound(self, echo, asked, monkeypatch):
        monkeypatch.setattr(sharing, "LIMIT", 2)
        with while_making((9, 9), UNTIL):
            for key in "abcabc":
                assert echo(key) == [key]
        assert asked == ["a", "b", "c", "c"]


def _rows_of(answer: object) -> list[Model]:
    answers = answer if isinstance(answer, list) else [answer]
    return [one for one in answers if isinstance(one, Model)]


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_kept")
class TestPages:
    @pytest.fixture(autouse=True)
    def pages(self, county, settings):
        settings.GONGKAI_PAGE_CACHE_BYTES = 1  # nothing fits: every page is made anew
        ensure_portal()
        self.county = county
        self.column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
        titles = ("重点项目进展", "项目开工情况", "项目竣工情况")
        self.articles = [writing.through_the_gate(writing.article(self.column, title)) for title in titles]

    def test_another_article_of_the_column_costs_four_queries(self, django_assert_num_queries):
        """The stamp, the article, its attachments, its passage through the gate."""
        Client().get(self.articles[0].url)
        for article in self.articles[1:]:
            with django_assert_num_queries(4):
                assert article.title in Client().get(article.url).text

    def test_no_page_changes_what_the_others_are_given(self):
        for place in (self.articles[0], self.column, self.column.get_parent(), self.articles[1]):
            for more in ("", "?view=elder"):
                assert Client().get(f"{place.url}{more}").status_code == 200
        rows = [row for answer in sharing._held.values() for row in _rows_of(answer)]
        assert {type(row).__name__ for row in rows} >= {"Site", "SectionPage", "ColumnPage", "Body"}
        for row in rows:
            fresh = type(row)._default_manager.get(pk=row.pk)
            for field in row._meta.concrete_fields:
                assert getattr(row, field.attname) == getattr(fresh, field.attname), f"{row!r}.{field.attname}"

    def test_a_column_withdrawn_takes_all_with_it(self):
        for article in self.articles[:2]:
            assert Client().get(article.url).status_code == 200
        release = Release.objects.get(object_id=self.column.pk, kind="portal.column", state=State.APPROVED)
        withdraw(holder(self.county.fgj, Role.LEADER), release, "停用")
        assert {Client().get(article.url).status_code for article in self.articles} == {404}

    def test_a_column_whose_time_ends_between_two_looks(self, settings):
        release = Release.objects.get(object_id=self.column.pk, kind="portal.column", state=State.APPROVED)
        release.show_until = clock.today()
        release.save()
        assert Client().get(self.articles[0].url).status_code == 200
        settings.GONGKAI_NOW = (clock.now() + timedelta(days=1)).isoformat()
        assert Client().get(self.articles[1].url).status_code == 404

    def test_an_article_moved_is_not_what_was_signed(self):
        Client().get(self.articles[0].url)
        other = writing.through_the_gate(writing.column(writing.section(self.county.czj), "财政信息"))
        self.articles[1].move(other, pos="last-child")
        self.articles[1].refresh_from_db()
        assert Client().get(self.articles[1].url).status_code == 404
