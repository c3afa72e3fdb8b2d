"""Kept pages: given only while what they show is public as it was, and only to people who are not signed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder
from wagtail.models import Page, Site

from gongkai.bodies.models import Body
from gongkai.bodies.services import rename
from gongkai.foundation import clock
from gongkai.foundation.access import Role
from gongkai.portal.models import ArticlePage, ColumnPage
from gongkai.portal.pagecache import memory as kept
from gongkai.portal.pagecache.looking import look
from gongkai.portal.pagecache.models import Change, prune, stamp
from gongkai.portal.services import end_due
from gongkai.review.models import Release, State
from gongkai.review.services import expire, hold, resume, withdraw

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_kept")]


@pytest.fixture
def site(county) -> SimpleNamespace:
    ensure_portal()
    section = writing.section(county.fgj)
    column = writing.through_the_gate(writing.column(section))
    file = writing.file(county.fgj)
    article = writing.through_the_gate(writing.article(column, "重点项目进展", files=(file,)))
    return SimpleNamespace(county=county, section=section, column=column, article=article, file=file)


def is_kept(url: str, django_assert_num_queries, client: Client | None = None) -> None:
    """Asked once so that it is kept; asked again it costs the stamp alone."""
    client = client or Client()
    assert client.get(url).status_code == 200
    with django_assert_num_queries(1):
        assert client.get(url).status_code == 200


def release_of(page: Page) -> Release:
    return Release.objects.get(object_id=page.pk, kind__in=["portal.article", "portal.column"], state=State.APPROVED)


def leader(site) -> object:
    return holder(site.county.fgj, Role.LEADER)


class TestKeeping:
    def test_every_kind_of_page(self, site, django_assert_num_queries):
        for page in (site.article, site.column, site.section, Site.objects.get().root_page):
            is_kept(page.url, django_assert_num_queries)

    def test_the_same_to_the_byte_with_its_headers(self, site):
        first, second = Client().get(site.article.url), Client().get(site.article.url)
        assert first.content == second.content
        assert dict(first.items()) == dict(second.items())
        assert "Cookie" in second.headers["Vary"] and second.headers["X-Frame-Options"]

    def test_each_way_of_showing_pages_apart(self, site, django_assert_num_queries):
        is_kept(site.article.url, django_assert_num_queries)
        elder = Client()
        elder.cookies["view"] = "elder"
        assert 'data-view="elder"' in elder.get(site.article.url).text
        dark = Client()
        dark.cookies["theme"] = "dark"
        assert 'data-theme="dark"' in dark.get(site.article.url).text
        plain = Client().get(site.article.url).text
        assert 'data-view="standard"' in plain and 'data-theme="auto"' in plain
        is_kept(site.article.url, django_assert_num_queries, elder)

    def test_each_address_and_host_apart(self, site):
        one = Client().get(site.article.url + "?a=1").text
        assert "a%3D1" in one and "a%3D1" not in Client().get(site.article.url).text
        assert Client().get(site.article.url, headers={"host": "www.example.gov.cn"}).status_code == 200

    def test_nobody_who_is_signed_in_is_given_one_or_leaves_one(self, site, django_assert_num_queries):
        client = Client()
        client.force_login(leader(site))
        client.get(site.article.url)
        assert not kept.memory._answers
        is_kept(site.article.url, django_assert_num_queries)
        for answer in kept.memory._answers.values():
            object.__setattr__(answer, "content", b"kept")
        assert client.get(site.article.url).content != b"kept"
        assert Client().get(site.article.url).content == b"kept"

    def test_neither_refusals_nor_other_views(self, site):
        for address in ("/nothing-here/", "/preferences/?view=elder&next=/", "/api/v1/openapi.json", "/healthz"):
            Client().get(address)
        assert not kept.memory._answers

    def test_none_when_switched_off(self, site, settings):
        settings.GONGKAI_PAGE_CACHE_BYTES = 0
        Client().get(site.article.url)
        assert not kept.memory._answers

    def test_the_memory_is_bounded(self, site, settings):
        settings.GONGKAI_PAGE_CACHE_BYTES = 20_000
        for number in range(20):
            Client().get(f"{site.article.url}?n={number}")
        held = kept.memory._answers
        assert 0 < len(held) < 20
        assert sum(kept._size(key, answer) for key, answer in held.items()) == kept.memory._bytes <= 20_000


class TestChanges:
    """After each the next look is answered anew, here and in every other process."""

    @pytest.fixture
    def looked(self, site, django_assert_num_queries) -> SimpleNamespace:
        for page in (site.article, site.column, site.section):
            is_kept(page.url, django_assert_num_queries)
        return site

    def test_published(self, looked):
        writing.through_the_gate(writing.article(looked.column, "新发布的文章"))
        assert "新发布的文章" in Client().get(looked.column.url).text
        assert "新发布的文章" in Client().get(looked.section.url).text

    def test_edited(self, looked):
        writing.through_the_gate(writing.change(looked.article, title="改过的标题"))
        for page in (looked.article, looked.column, looked.section):
            assert "改过的标题" in Client().get(page.url).text

    def test_a_draft_changes_nothing(self, looked, django_assert_num_queries):
        before = stamp()
        writing.article(looked.column, "草稿")
        assert "草稿" not in Client().get(looked.column.url).text
        assert stamp()[0] <= before[0] + 1  # the column's count of children

    def test_withdrawn(self, looked):
        withdraw(leader(looked), release_of(looked.article), "有误")
        assert Client().get(looked.article.url).status_code == 410
        for page in (looked.column, looked.section):
            assert "重点项目进展" not in Client().get(page.url).text

    def test_held_and_resumed(self, looked):
        hold(leader(looked), release_of(looked.article), "核实")
        assert Client().get(looked.article.url).status_code == 404
        resume(leader(looked), release_of(looked.article), "已核实")
        assert Client().get(looked.article.url).status_code == 200

    def test_a_column_withdrawn(self, looked):
        withdraw(leader(looked), release_of(looked.column), "停用")
        assert Client().get(looked.article.url).status_code == 404
        assert "重点项目进展" not in Client().get(looked.section.url).text

    def test_moved(self, looked):
        other = writing.through_the_gate(writing.column(looked.section, "政策文件"))
        assert "重点项目进展" in Client().get(looked.column.url).text
        ArticlePage.objects.get(pk=looked.article.pk).move(other, pos="last-child")
        assert Client().get(looked.article.url, follow=True).status_code == 404
        assert "重点项目进展" not in Client().get(looked.column.url).text

    def test_a_column_moved_with_all_below_it(self, looked):
        ColumnPage.objects.get(pk=looked.column.pk).move(writing.section(looked.county.czj), pos="last-child")
        assert Client().get(looked.article.url, follow=True).status_code == 404

    def test_deleted(self, looked):
        Page.objects.get(pk=looked.article.pk).delete()
        assert Client().get(looked.article.url).status_code == 404
        assert "重点项目进展" not in Client().get(looked.column.url).text

    def test_a_body_renamed(self, looked):
        rename(holder(looked.county.body, Role.OFFICE), looked.county.fgj, "清河县发展和改革委员会", date(2026, 6, 1))
        for page in (looked.section, looked.article):
            assert "清河县发展和改革委员会" in Client().get(page.url).text

    def test_a_file_given_another_name(self, looked):
        looked.file.title = "另一个名称"
        looked.file.save()
        assert Client().get(looked.article.url).status_code == 404  # it is no longer what was signed

    def test_signed_until_a_day(self, site, settings, django_assert_num_queries):
        release = release_of(site.article)
        release.show_until = date(2026, 6, 15)
        release.save()
        is_kept(site.article.url, django_assert_num_queries)
        settings.GONGKAI_NOW = "2026-06-16T00:00:01+08:00"
        assert Client().get(site.article.url).status_code == 404  # before any job has come
        expire(None, release)
        assert Client().get(site.article.url).status_code == 410

    def test_posted_until_a_moment(self, site, settings, django_assert_num_queries):
        until = clock.now() + timedelta(minutes=5)
        page = writing.through_the_gate(writing.article(site.column, "公示名单", expire_at=until))
        is_kept(page.url, django_assert_num_queries)
        is_kept(site.column.url, django_assert_num_queries)
        settings.GONGKAI_NOW = until.isoformat()
        assert Client().get(page.url).status_code == 410
        assert "公示名单" not in Client().get(site.column.url).text
        end_due()
        assert "公示名单" not in Client().get(site.column.url).text

    def test_written_without_a_save_is_seen_after_a_minute(self, looked, monkeypatch):
        ArticlePage.objects.filter(pk=looked.article.pk).update(title="改过")
        later = kept.time.monotonic() + kept.SECONDS + 1
        monkeypatch.setattr(kept.time, "monotonic", lambda: later)
        assert Client().get(looked.article.url).status_code == 404


class TestTheStamp:
    """Two processes share nothing but the database."""

    def test_each_change_makes_another(self, db):
        seen = {stamp()}
        for act in (Change.objects.create, Change.objects.create, lambda: prune(keep=1), Change.objects.create):
            act()
            seen.add(stamp())
        assert len(seen) == 5

    def test_pruning_keeps_few(self, db):
        Change.objects.bulk_create([Change() for _number in range(20)])
        assert prune(keep=5) > 15
        assert Change.objects.count() == 5

    def test_one_who_took_a_number_first_and_ends_last_is_noticed(self, db):
        newest = Change.objects.create().pk
        Change.objects.create(pk=newest + 2)
        before = stamp()
        Change.objects.create(pk=newest + 1)
        assert stamp() != before

    def test_what_was_made_before_a_change_is_not_given_after_it(self, site, monkeypatch):
        """A process reads the stamp, another one withdraws, the first keeps what it made of the old state."""
        before = stamp()
        withdraw(leader(site), release_of(site.article), "有误")
        now = datetime.now().astimezone()
        answer = kept.Answer(before, (), b"old", now + timedelta(days=1), kept.time.monotonic())
        look_of_today = look(Client().get(site.article.url).wsgi_request.META)
        kept.memory.keep(look_of_today.key, answer, 2**20)
        assert Client().get(site.article.url).status_code == 410

    def test_every_body_counts(self, db):
        before = stamp()
        Body.objects.create(code="new", name="新设单位", kind="county")
        assert stamp() != before
