"""The public pages of catalogues: found, paged, printed, taken away, each row with the way to what answers it."""

import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.review.passing import holder, sign
from tests.standards.planting import filled, imported, link, owing, row

from gongkai.foundation.access import Role
from gongkai.standards.models import Check, Link
from gongkai.standards.services import exempt, link_address, put_forward, reconcile

LIST = "standards_public"


def opened_catalogue(actor, leader, body, *lines, **options):
    made = imported(body, *lines, actor=actor, **options)
    sign(leader, put_forward(actor, made))
    return made


@pytest.fixture
def catalogue(county, people):
    lines = [owing(f"事项{n}", content="工期、进度" if n % 2 else "材料清单") for n in range(34)]
    return opened_catalogue(people.clerk, holder(county.fgj, Role.LEADER), county.fgj, *lines)


@pytest.fixture
def elderly(county, people):
    options = {"sheet": "养老服务", "title": "养老服务领域目录"}
    return opened_catalogue(people.other_clerk, people.other_leader, county.czj, owing("养老机构名单"), **options)


def page_of(client, name=LIST, args=(), **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_catalogues_are_found_by_body_and_field(client, catalogue, elderly):
    whole = page_of(client)
    assert "共 2 份目录" in whole and "重大建设项目" in whole and "养老服务" in whole and "34 项" in whole
    by_body, by_field = page_of(client, body="qinghe.czj"), page_of(client, field="major-projects")
    one, other = reverse("standards_public_catalogue", args=["qinghe.czj", "elderly-care"]), "qinghe.fgj/major-projects"
    assert one in by_body and other not in by_body
    assert one not in by_field and other in by_field
    assert "没有符合条件" in page_of(client, body="qinghe.czj", field="major-projects")


def test_rows_are_found_by_words_thirty_to_a_page(client, catalogue, elderly):
    page = page_of(client, q="工期 事项")
    assert page.count('class="row"') == 17 and "养老机构名单" not in page
    assert page_of(client, q="事项").count('class="row"') == 30
    assert page_of(client, q="事项", page=2).count('class="row"') == 4
    assert page_of(client, q="名单", field="major-projects").count('class="row"') == 0
    assert page_of(client, q="养老").count('class="row"') == 1


def test_a_row_leads_to_what_answers_it(client, county, people, catalogue):
    place = filled(county.fgj, "事项1")
    link(people.clerk, catalogue, "事项1", place)
    address = Check.objects.get(row__second="事项1").address
    shown = [
        page_of(client, q="事项1"),
        page_of(client, "standards_public_catalogue", ["qinghe.fgj", "major-projects"]),
    ]
    assert all(address in page and "2026-06-10" in page for page in shown)


@pytest.mark.parametrize(
    ("address", "shown"), [("https://www.example.gov.cn/a", True), ("https://shop.example/a", False)]
)
def test_of_pages_outside_only_official_ones_are_named(client, people, catalogue, address, shown):
    one = row(catalogue, "事项2")
    link_address(people.clerk, one, address)
    Link.objects.update(seen_at="2026-06-15T01:00:00+08:00", seen_title="事项2", seen_on="2026-06-14")
    reconcile(None)
    assert Check.objects.get(row=one).state == "ok"
    assert ("2026-06-14" in page_of(client, q="事项2")) is shown


def test_a_catalogue_in_pages_whole_and_searched(client, catalogue):
    here = ("standards_public_catalogue", ["qinghe.fgj", "major-projects"])
    assert page_of(client, *here).count('class="row"') == 30 and "全部显示" in page_of(client, *here)
    assert page_of(client, *here, whole="yes").count('class="row"') == 34
    assert page_of(client, *here, q="事项33").count('class="row"') == 1


def test_what_is_listed_is_taken_away(client, catalogue, elderly):
    address = reverse(LIST)
    text = client.get(address, {"q": "工期", "format": "csv"}).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 17 and lines[0]["二级事项"] == "事项1" and lines[0]["公开方式"] == "主动"
    sheet = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content)).active
    assert sheet.max_row == 1 + 35
    said = json.loads(client.get("/api/v1/catalogues", {"field": "elderly-care"}).content)
    assert (said["total"], said["rows"][0]["second"], said["rows"][0]["responsible"]) == (
        1,
        "养老机构名单",
        "县发展改革局",
    )
    assert said["rows"][0]["limit"]["checkable"] is True and said["rows"][0]["published_at"] is None


def test_what_is_not_as_it_was_signed_is_nowhere(client, people, catalogue):
    exempt(people.clerk, row(catalogue, "事项3"), "没有")
    assert 'class="row"' not in page_of(client) and 'class="row"' not in page_of(client, q="事项")
    assert json.loads(client.get("/api/v1/catalogues").content)["rows"] == []
    assert "事项1" not in client.get(reverse(LIST), {"format": "csv"}).content.decode()


def test_pages_cost_the_same_with_more_rows(client, catalogue, elderly, django_assert_max_num_queries):
    page_of(client)
    with django_assert_max_num_queries(24):
        page_of(client)
    with django_assert_max_num_queries(24):
        page_of(client, q="事项")
    with django_assert_max_num_queries(24):
        page_of(client, "standards_public_catalogue", ["qinghe.fgj", "major-projects"])


@pytest.mark.usefixtures("search_index")
def test_the_sites_search_leads_to_the_rows(client, catalogue):
    page = client.get("/search/", {"q": "工期"}).content.decode()
    assert "标准目录（17 项）" in page and f"{reverse(LIST)}?q=" in page
    assert "标准目录（" not in client.get("/search/", {"q": "工期", "year": "2026"}).content.decode()
    assert "标准目录（" not in client.get("/search/", {"q": "没有这样的词"}).content.decode()


def test_who_imported_it_or_wrote_into_it_signs_none_of_it(county, people):
    made = imported(county.fgj, owing("事项"), owing("其他事项"), actor=people.office)
    exempt(people.clerk, made.rows.first(), "本单位没有这项职能")
    release = put_forward(holder(county.fgj, Role.CLERK), made)
    assert set(release.authors.all()) == {people.office, people.clerk}
