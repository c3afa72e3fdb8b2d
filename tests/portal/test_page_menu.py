"""Wagtail's interface for pages answers as Wagtail's own does, and asks the same for many entries as for few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from tests.portal import writing
from tests.portal.many import below
from tests.portal.writing import ensure_portal
from wagtail.admin.api.urls import admin_api
from wagtail.admin.api.views import PagesAdminAPIViewSet

from gongkai.bodies.models import RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.portal.models import ArticlePage, ColumnPage, HomePage
from gongkai.portal.page_menu import PagesOfTheMenu

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(county, people):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


def told(view, user, **query):
    request = RequestFactory().get("/admin/api/main/pages/", query)
    request.user, request.wagtailapi_router = type(user).objects.get(pk=user.pk), admin_api
    answer = view.as_view({"get": "listing_view"})(request)
    assert answer.status_code == 200, answer.data
    return answer.data


def same(user, **query):
    ours = told(PagesOfTheMenu, user, **query)
    assert ours == told(PagesAdminAPIViewSet, user, **query)
    return ours


def test_it_is_what_the_menu_asks(column, people, client, county):
    home = HomePage.objects.get(county=county.body)
    client.force_login(people.office)
    answer = client.get(f"/admin/api/main/pages/?child_of={home.pk}&for_explorer=1").json()
    assert [item["title"] for item in answer["items"]] == [page.title for page in home.get_children()]
    assert admin_api._endpoints["pages"] is PagesOfTheMenu


@pytest.mark.parametrize("who", ["office", "clerk", "other_clerk", "leader"])
def test_as_wagtail_answers(column, people, county, who):
    soon = timezone.now() + timedelta(hours=2)
    writing.through_the_gate(writing.change(writing.article(column, "定时公开的文章"), go_live_at=soon))
    writing.article(column, "草稿")
    user, home = getattr(people, who), HomePage.objects.get(county=county.body)
    numbers = [same(user)["meta"]["total_count"], same(user, has_children="true")["meta"]["total_count"]]
    same(user, offset="3", limit="5")
    if who != "other_clerk":
        shown = same(user, child_of=str(column.pk), for_explorer="1")
        assert {item["meta"]["status"]["status"] for item in shown["items"]} == {"草稿", "待定时公开"}
    if who == "office":
        same(user, child_of="root", for_explorer="1")
        assert same(user, child_of=str(home.pk), for_explorer="1")["meta"]["total_count"] == home.numchild
        same(user, descendant_of=str(home.pk), order="-title")
    assert all(numbers)


def test_of_two_bodies_the_front_page_shows_both_and_no_others(column, people, county):
    RoleHolding.objects.create(user=people.clerk, body=county.czj, role=Role.CLERK, since=date(2020, 1, 1))
    keep_in_step(people.clerk)
    home = HomePage.objects.get(county=county.body)
    shown = same(people.clerk, child_of=str(home.pk), for_explorer="1")
    assert [item["title"] for item in shown["items"]] == ["清河县发展和改革局", "清河县财政局"]
    assert shown["items"][0]["meta"]["parent"]["id"] == home.pk


def test_who_sees_nothing_is_told_nothing(column, person):
    assert same(person("nobody"))["items"] == []


@pytest.mark.parametrize("number", [3, 18])
def test_it_costs_the_same_whatever_it_lists(column, people, client, number, django_assert_max_num_queries):
    section = ColumnPage.objects.get(pk=column.pk).get_parent().specific
    for one in below(section, ColumnPage, [f"栏目{number}" for number in range(number)]):
        below(one, ArticlePage, ["甲", "乙"], live=False, body="<p>正文</p>")
    client.force_login(people.office)
    address = f"/admin/api/main/pages/?child_of={section.pk}&for_explorer=1&limit=18"
    client.get(address)
    with django_assert_max_num_queries(18):
        answer = client.get(address).json()
    assert sum(item["meta"]["children"]["count"] == 2 for item in answer["items"]) >= min(number, 10)
