"""写文章: every column of the own section and of no other, each with the way to a new article."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.foundation.access import Role, rights_of
from gongkai.portal.drafting.selectors import columns_to_write, sections_for
from gongkai.portal.models import ColumnPage, SectionPage


@pytest.fixture
def section(county) -> SectionPage:
    ensure_portal()
    return writing.section(county.fgj)


def test_a_clerk_finds_every_column_of_the_own_section(client, section, people):
    own = writing.column(section, "重点项目")
    within = writing.column(own, "招标信息")
    client.force_login(people.clerk)
    page = client.get(reverse("portal_write")).text
    for column in ColumnPage.objects.descendant_of(section):
        assert reverse("wagtailadmin_pages:add", args=["portal", "articlepage", column.pk]) in page, column.title
    assert 'name="body"' not in page  # there is nothing to choose
    assert client.get(reverse("wagtailadmin_pages:add", args=["portal", "articlepage", within.pk])).status_code == 200
    groups = columns_to_write(section)
    assert [group.block.kind if group.block else "" for group in groups] == ["rules", "statutory", "annual", ""]
    assert [(one.column.title, one.level) for one in groups[-1].choices] == [("重点项目", 0), ("招标信息", 1)]


def test_the_office_chooses_the_body_first(client, section, people, county):
    client.force_login(people.office)
    assert set(sections_for(rights_of(people.office)).values_list("body", flat=True)) >= {county.fgj.pk, county.czj.pk}
    page = client.get(reverse("portal_write"), {"body": county.czj.code})
    assert page.context["section"].body == county.czj and 'name="body"' in page.text


def test_no_other_section_by_its_name(client, section, people, county):
    client.force_login(people.clerk)
    assert client.get(reverse("portal_write"), {"body": county.czj.code}).context["section"] == section


def test_who_writes_nowhere_is_not_let_in(client, section, county):
    client.force_login(holder(county.fgj, Role.REVIEWER))
    assert client.get(reverse("portal_write")).status_code in (302, 403)


def test_costs_the_same_however_many_columns(client, section, people, django_assert_max_num_queries):
    for number in range(5):
        writing.column(section, f"栏目{number}")
    client.force_login(people.clerk)
    client.get(reverse("portal_write"))
    with django_assert_max_num_queries(25):
        client.get(reverse("portal_write"))
