"""What somebody sees in the explorer, and what a list of it costs in queries; bench/explorer.py takes the times."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from tests.portal import writing
from tests.portal.many import below
from tests.portal.writing import ensure_portal
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from gongkai.bodies.models import RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.portal.explorer import seen_by
from gongkai.portal.listing import is_shown
from gongkai.portal.models import ArticlePage, ColumnPage, HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(county, people):
    ensure_portal()
    return writing.column(writing.section(county.fgj))


def seen(user) -> set[str]:
    user = type(user).objects.get(pk=user.pk)
    return set(Page.objects.filter(seen_by(user)).values_list("title", flat=True))


def section_of(body) -> set[str]:
    return set(writing.section(body).get_descendants(inclusive=True).values_list("title", flat=True))


def test_a_clerk_sees_the_own_section(column, people, county):
    assert seen(people.clerk) == section_of(county.fgj) >= {"清河县发展和改革局", "通知公告"}
    assert seen(people.other_clerk) == section_of(county.czj)


def test_with_two_bodies_the_way_to_them_is_seen_too(column, people, county):
    RoleHolding.objects.create(user=people.clerk, body=county.czj, role=Role.CLERK, since=date(2020, 1, 1))
    keep_in_step(people.clerk)
    home = HomePage.objects.get(county=county.body).title
    assert seen(people.clerk) == {home} | section_of(county.fgj) | section_of(county.czj)


def test_the_office_sees_its_county(column, people, county):
    home = HomePage.objects.get(county=county.body)
    assert seen(people.office) == set(home.get_descendants(inclusive=True).values_list("title", flat=True))


def test_a_superuser_sees_all_and_who_left_nothing(column, person):
    assert seen(person("root", is_superuser=True)) == set(Page.objects.values_list("title", flat=True))
    assert seen(person("gone", is_active=False)) == set() == seen(person("nobody"))


def test_wagtail_asks_the_same_everywhere(column, people, county):
    user = type(people.clerk).objects.get(pk=people.clerk.pk)
    titles = page_permission_policy.explorable_instances(user).values_list("title", flat=True)
    assert set(titles) == section_of(county.fgj)
    assert page_permission_policy.explorable_root_instance(user).title == "清河县发展和改革局"


@pytest.mark.parametrize("number", [3, 60])
def test_a_list_costs_the_same_whatever_it_lists(column, people, client, number, django_assert_max_num_queries):
    below(column, ArticlePage, [f"文章{one}" for one in range(number)], live=False)
    client.force_login(people.clerk)
    address = f"/admin/pages/{column.pk}/"
    client.get(address)
    with django_assert_max_num_queries(45):
        shown = client.get(address).content.decode()
    assert shown.count("/edit/") >= min(number, 30)
    assert f"文章{number - 1}" in shown or number > 30


def test_thirty_rows_a_page(column, people, client):
    below(column, ArticlePage, [f"第{one}篇文章" for one in range(60)], live=False)
    client.force_login(people.clerk)
    shown = client.get(f"/admin/pages/{column.pk}/").content.decode()
    assert sum(f"第{one}篇文章" in shown for one in range(60)) == 30


def test_search_below_a_page_stays_below_it(column, people, client):
    other = writing.column(ColumnPage.objects.get(pk=column.pk).get_parent().specific, "另一个栏目")
    below(column, ArticlePage, ["这里的文章"], live=False)
    below(other, ArticlePage, ["那里的文章"], live=False)
    client.force_login(people.clerk)
    shown = client.get(f"/admin/pages/{column.pk}/?has_child_pages=false").content.decode()
    assert "这里的文章" in shown and "那里的文章" not in shown


def test_what_is_signed_for_later_is_marked_in_the_list(column, people, client):
    column = writing.through_the_gate(column)
    soon = timezone.now() + timedelta(hours=2)
    page = writing.through_the_gate(writing.change(writing.article(column, "定时公开的文章"), go_live_at=soon))
    client.force_login(people.clerk)
    assert "待定时公开" in client.get(f"/admin/pages/{column.pk}/").content.decode() and not is_shown(page)


def test_sections_are_listed_below_their_front_page(column, people, client, county):
    """The county's own as well, and the one of a body that was merged only below the other's."""
    home = HomePage.objects.get(county=county.body)
    client.force_login(people.office)

    def listed() -> list[str]:
        page = LexborHTMLParser(client.get(f"/admin/pages/{home.pk}/").text)
        return sorted(one.text().strip() for one in page.css("td.title .title-wrapper"))

    assert listed() == sorted(["清河县人民政府", "清河县发展和改革局", "清河县财政局"])
    writing.section(county.czj).move(writing.section(county.fgj), pos="last-child")
    assert listed() == sorted(["清河县人民政府", "清河县发展和改革局"])
