"""Merged bodies: their content stays public under its signatures, and no address that was ever given breaks."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.portal import writing
from tests.portal.writing import ensure_portal
from wagtail.models import Page

from gongkai.bodies.services import dissolve, restore
from gongkai.channels.models import Column
from gongkai.portal.merging import settle_merged
from gongkai.portal.models import SectionPage

YESTERDAY = date(2026, 6, 14)


@pytest.fixture
def column(county):
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.czj), "公告", slug="gonggao"))
    writing.through_the_gate(writing.article(column, "财政局的公告", slug="yi"))
    return column


def merge(county, people, last_day: date = YESTERDAY) -> None:
    dissolve(people.office, county.czj, last_day, "机构改革", into=county.fgj)


class TestMerging:
    def test_every_old_address_leads_on(self, column, county, people):
        old = ["/qinghe-czj/", "/qinghe-czj/nianbao/", "/qinghe-czj/gonggao/", "/qinghe-czj/gonggao/yi/"]
        merge(county, people)
        for address in old:
            answer = Client().get(address)
            assert answer.status_code == 301, address
            assert answer.headers["Location"].endswith(f"/qinghe-fgj{address}")
            assert Client().get(answer.headers["Location"]).status_code == 200

    def test_what_was_signed_stays_public(self, column, county, people):
        merge(county, people)
        page = Client().get("/qinghe-fgj/qinghe-czj/gonggao/yi/")
        assert page.status_code == 200 and "财政局的公告" in page.text
        assert "财政局的公告" in Client().get("/qinghe-fgj/qinghe-czj/gonggao/").text

    def test_each_says_where_the_other_is(self, column, county, people):
        merge(county, people)
        archive = Client().get("/qinghe-fgj/qinghe-czj/").text
        assert "2026年6月14日撤销" in archive and 'href="/qinghe-fgj/"' in archive
        assert "并入本单位的机构" in Client().get("/qinghe-fgj/").text
        assert "清河县财政局" not in Client().get("/").text.split("县级部门")[1]

    def test_what_it_left_owes_nothing(self, column, county, people):
        merge(county, people)
        left = Column.objects.filter(owner=county.czj)
        assert left and not any(one.active for one in left)
        assert all("/qinghe-fgj/qinghe-czj/" in one.url for one in left)

    def test_the_successors_people_see_it_in_their_section(self, column, county, people):
        merge(county, people)
        assert SectionPage.objects.get(body=county.czj).permissions_for_user(people.clerk).can_edit()

    def test_the_tree_stays_sound_and_nothing_is_moved_twice(self, column, county, people):
        merge(county, people)
        assert settle_merged() == 0
        assert ensure_portal() == 0
        assert [list(problems) for problems in Page.find_problems()] == [[], [], [], [], []]

    def test_not_before_its_last_day_is_over(self, column, county, people, settings):
        merge(county, people, date(2026, 6, 30))
        assert Client().get("/qinghe-czj/").status_code == 200
        settings.GONGKAI_NOW = "2026-07-01T09:00:00+08:00"
        assert settle_merged() == 1
        assert Client().get("/qinghe-czj/").status_code == 301

    def test_taken_back_it_stands_where_it_stood(self, column, county, people):
        merge(county, people)
        restore(people.office, county.czj, "登记有误")
        assert Client().get("/qinghe-czj/gonggao/yi/").status_code == 200
        assert Client().get("/qinghe-fgj/qinghe-czj/gonggao/yi/").status_code == 301
        assert Column.objects.get(page_id=column.pk).active

    def test_into_itself_or_another_county_is_refused(self, column, county, people):
        with pytest.raises(ValidationError, match="另一个单位"):
            dissolve(people.office, county.czj, YESTERDAY, "机构改革", into=county.czj)
        assert Client().get("/qinghe-czj/").status_code == 200


def test_by_the_form(client, column, county, people):
    client.force_login(people.office)
    address = f"/admin/bodies/{county.czj.pk}/dissolve/"
    assert "并入单位" in client.get(address).text
    answer = client.post(address, {"last_day": "2026-06-14", "into": county.fgj.pk, "reason": "机构改革"})
    assert answer.status_code == 302
    county.czj.refresh_from_db()
    assert county.czj.successor == county.fgj
    assert Client().get("/qinghe-czj/").status_code == 301
