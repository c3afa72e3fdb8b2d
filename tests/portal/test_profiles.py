"""机构信息 (条例第二十条第二项): the register is the draft, the public reads what was signed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder, sign

from gongkai.bodies.services import describe
from gongkai.foundation.access import Refused, Role
from gongkai.foundation.events.models import Event
from gongkai.portal.models import Profile
from gongkai.review.services import request

FACTS = {
    "duties": "负责全县发展规划、重大项目和价格管理。",
    "contact_address": "清河县人民路1号",
    "office_hours": "工作日 9:00—17:00",
    "contact_phone": "0000-6600003",
    "leaders": [["赵清", "局长", "主持全面工作"], ["钱河", "副局长", "分管项目和价格"]],
}


@pytest.fixture(autouse=True)
def portal(county):
    ensure_portal()


def section_page() -> str:
    return Client().get("/qinghe-fgj/").text


def signed(county) -> Profile:
    profile = Profile.objects.get(body=county.fgj)
    release = request(holder(county.fgj, Role.CLERK), "portal.profile", profile.pk)
    sign(holder(county.fgj, Role.LEADER), release)
    return Profile.objects.get(body=county.fgj)


def test_nothing_of_the_register_is_public_before_it_is_signed(county, people):
    describe(people.clerk, county.fgj, **FACTS)
    assert "赵清" not in section_page() and "人民路" not in section_page()
    signed(county)
    page = section_page()
    assert all(word in page for word in ("重大项目", "人民路1号", "0000-6600003", "赵清", "局长", "分管项目和价格"))


def test_the_public_reads_what_was_signed_while_the_register_says_something_newer(county, people):
    describe(people.clerk, county.fgj, **FACTS)
    signed(county)
    describe(people.clerk, county.fgj, **FACTS | {"contact_phone": "0000-9999999", "leaders": []})
    page = section_page()
    assert "0000-6600003" in page and "赵清" in page and "0000-9999999" not in page
    signed(county)
    page = section_page()
    assert "0000-9999999" in page and "赵清" not in page and "负责人和分工" not in page


def test_a_copy_that_was_never_signed_is_not_shown(county, people):
    describe(people.clerk, county.fgj, **FACTS)
    signed(county)
    Profile.objects.filter(body=county.fgj).update(duties="未经审查的文字")
    page = section_page()
    assert "未经审查的文字" not in page and "赵清" not in page


def test_what_is_empty_is_not_shown_but_named_to_who_keeps_it(client, county, people):
    describe(people.clerk, county.fgj, **FACTS | {"office_hours": "", "leaders": []})
    signed(county)
    assert "办公时间" not in section_page()
    client.force_login(people.office)
    page = client.get(reverse("bodies_detail", args=[county.fgj.pk])).text
    assert "还缺：办公时间、负责人和分工" in page and "已公开，与登记一致" in page


def test_the_change_is_recorded_with_what_it_was_before(county, people):
    describe(people.clerk, county.fgj, **FACTS)
    describe(people.clerk, county.fgj, **FACTS | {"leaders": [["孙柳", "局长"]]})
    event = Event.objects.filter(verb="bodies.describe").latest("id")
    assert event.before["leaders"][0][0] == "赵清" and event.after["leaders"] == [["孙柳", "局长", ""]]


def test_by_whom(county, people):
    with pytest.raises(Refused):
        describe(people.other_clerk, county.fgj, **FACTS)
    describe(people.office, county.fgj, **FACTS)


@pytest.mark.parametrize("leaders", [[["赵清"]], [["", "局长"]], [["赵清", "局长", "全面", "13800000000"]]])
def test_a_line_that_says_less_or_more_is_named(county, people, leaders):
    with pytest.raises(ValidationError, match="第 1 行"):
        describe(people.clerk, county.fgj, **FACTS | {"leaders": leaders})


def test_by_the_form(client, county, people):
    client.force_login(people.clerk)
    address = reverse("bodies_describe", args=[county.fgj.pk])
    assert address in client.get(reverse("bodies_detail", args=[county.fgj.pk])).text
    data = FACTS | {"leaders": "赵清｜局长｜主持全面工作\n钱河|副局长"}
    assert client.post(address, data).status_code == 302
    county.fgj.refresh_from_db()
    assert county.fgj.leaders == [["赵清", "局长", "主持全面工作"], ["钱河", "副局长", ""]]
    assert "赵清｜局长｜主持全面工作" in client.get(address).text
    answer = client.post(address, data | {"leaders": "赵清"})
    assert answer.status_code == 200 and "第 1 行" in answer.text
    client.force_login(people.other_clerk)
    assert client.post(address, data).status_code in (403, 404)


def test_the_section_costs_a_bounded_number_of_queries(county, people, client, django_assert_max_num_queries):
    describe(people.clerk, county.fgj, **FACTS)
    signed(county)
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    writing.through_the_gate(writing.article(column))
    client.get("/qinghe-fgj/")
    with django_assert_max_num_queries(20):
        client.get("/qinghe-fgj/")


def test_who_entered_it_signs_none_of_it(county, people, settings):
    describe(people.clerk, county.fgj, **FACTS)
    profile = signed(county)
    settings.GONGKAI_NOW = "2026-06-16T09:00:00+08:00"
    describe(people.office, county.fgj, **FACTS | {"duties": "负责发展规划。"})
    release = request(holder(county.fgj, Role.CLERK), "portal.profile", profile.pk)
    assert set(release.authors.all()) == {people.office}  # what stood before was signed
