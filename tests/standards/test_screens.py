"""The screens: what each shows, whom it lets in, how many queries it takes."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from tests.core.catalogues.sheets import book
from tests.review.passing import holder, sign
from tests.standards.planting import FIELD, TITLE, filled, imported, link, owing, row

from gongkai.bodies.models import Body, Kind
from gongkai.core.catalogues import read_catalogue
from gongkai.core.documents import read_bytes
from gongkai.foundation.access import Role
from gongkai.foundation.events.models import Event
from gongkai.standards.models import Catalogue, Check, Link, Row
from gongkai.standards.services import exempt, put_forward, reconcile


@pytest.fixture
def catalogue(county, people):
    made = imported(county.fgj, *(owing(f"事项{n}") for n in range(40)), actor=people.clerk)
    reconcile(None)
    return made


def opened(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def test_the_board_shows_each_body_and_field(client, catalogue, people):
    page = opened(client, people.office, "standards_board").content.decode()
    assert "清河县发展和改革局" in page and "重大建设项目" in page and "0/40" in page
    assert f"{reverse('standards_rows')}?state=empty" in page


def test_the_board_costs_what_it_costs_however_many_bodies(client, county, people, catalogue, django_assert_max_num_queries):  # fmt: skip
    rows = list(catalogue.rows.all()[:5])
    for n in range(60):
        body = Body.objects.create(code=f"qinghe.t{n}", name=f"第{n}镇", kind=Kind.TOWNSHIP, parent=county.body)
        made = Catalogue.objects.create(
            body=body, field_key="culture", field_name="公共文化服务", version=1, current=True, title="目录",
            valid_from=catalogue.valid_from, created_at=catalogue.created_at,
        )  # fmt: skip
        Row.objects.bulk_create(
            Row(catalogue=made, position=n, identity=one.identity, second=one.second, limit=one.limit, needs_page=True)
            for n, one in enumerate(rows)
        )
    reconcile(None)
    client.force_login(people.office)
    client.get(reverse("standards_board"))
    with django_assert_max_num_queries(34):
        page = client.get(reverse("standards_board"), {"page": 2}).content.decode()
    assert "第 2 页，共 3 页" in page
    drawn = [one.name for one in client.get(reverse("standards_board")).templates if "looks/icons" in str(one.name)]
    assert len(drawn) < 12  # each of the few icons at most once, whatever the number of cells


def test_a_cell_of_the_board_leads_to_its_catalogue(client, county, catalogue, people):
    Body.objects.filter(pk=county.fgj.pk).update(name="发展<改革>局")
    cell = LexborHTMLParser(opened(client, people.office, "standards_board").text).css_first("table.std-board td.c")
    link = cell.css_first("a")
    assert link.attributes["href"] == reverse("standards_catalogue", args=[catalogue.pk])
    assert link.attributes["title"] == "发展<改革>局 重大建设项目 没有内容"
    assert "state--red" in cell.attributes["class"] and cell.css_first("svg") is not None
    assert cell.text().split() == ["0/40没有内容"]


def test_the_lists_keep_to_their_conditions_and_export_as_seen(client, catalogue, people, django_assert_max_num_queries):  # fmt: skip
    client.force_login(people.office)
    address = reverse("standards_rows")
    client.get(address)
    with django_assert_max_num_queries(34):
        page = client.get(address, {"gap": "yes"}).content.decode()
    assert page.count("没有内容") >= 30
    assert "没有符合条件" in client.get(address, {"state": "stale"}).content.decode()
    csv = b"".join(client.get(address, {"gap": "yes", "export": "csv"}).streaming_content).decode()
    assert csv.count("还没有对应的栏目、文章或网页") == 40


def test_a_page_of_the_list_reads_its_own_rows_only(client, catalogue, people):
    client.force_login(people.office)
    address, kept = reverse("standards_rows"), catalogue.rows.order_by("position")

    def shown(page: str) -> list[str]:
        found = LexborHTMLParser(client.get(address, {"p": page}).text).css("td.title a")
        return [one.text().strip() for one in found]

    every = [one.matter for one in kept]
    assert (shown("1"), shown("2")) == (every[:30], every[30:])
    assert shown("99") == every[30:] and shown("x") == every[:30]
    with CaptureQueriesContext(connection) as asked:
        client.get(address, {"p": "2"})
    cut = [one["sql"] for one in asked if "OFFSET 30" in one["sql"]]
    assert len(cut) == 1 and cut[0].startswith('SELECT "standards_row"."id" AS "pk" FROM')


def test_nobody_sees_the_rows_of_another_body(client, catalogue, people):
    assert "事项1" not in opened(client, people.other_clerk, "standards_rows").content.decode()
    for name, args in (("standards_catalogue", [catalogue.pk]), ("standards_row", [catalogue.rows.first().pk])):
        assert opened(client, people.other_clerk, name, *args).status_code == 404
    assert opened(client, people.leader, "standards_import").status_code in (302, 403)


def test_import_previews_then_writes_exactly_that(client, county, people):
    client.force_login(people.clerk)
    address = reverse("standards_import")
    upload = SimpleUploadedFile("目录.xlsx", book(owing("办事指南"), title=TITLE, sheet=FIELD))
    data = {"body": county.fgj.pk, "valid_from": "2026-06-01", "file": upload}
    shown = client.post(address, data)
    assert "事项 1 项，其中须在网上公开 1 项，成为第 1 版" in shown.content.decode()
    assert not Catalogue.objects.exists()
    confirmed = {
        "body": county.fgj.pk,
        "valid_from": "2026-06-01",
        "file_name": "目录.xlsx",
        "content": shown.context["content"],
        "confirmed": "1",
    }
    assert client.post(address, confirmed).status_code == 302
    assert Catalogue.objects.get().rows.count() == 1


def test_a_cell_is_corrected_on_the_screen_and_imported(client, county, people):
    """The file has an error in F4, and a name in C5 that was read wrongly; neither is mended in the file."""
    client.force_login(people.clerk)
    address = reverse("standards_import")
    lines = [owing("办事指南", limit="同上"), owing("批准结杲")]
    upload = SimpleUploadedFile("目录.xlsx", book(*lines, title=TITLE, sheet=FIELD))
    shown = client.post(address, {"body": county.fgj.pk, "valid_from": "2026-06-01", "file": upload})
    page = shown.content.decode()
    assert "重大建设项目!F4" in page and 'name="cell-t0r2c5"' in page and 'value="t0r3"' in page
    sent = {"body": county.fgj.pk, "valid_from": "2026-06-01", "file_name": "目录.xlsx", "content": shown.context["content"]}  # fmt: skip
    assert client.post(address, sent | {"confirmed": "1"}).status_code == 200, "not with the error in it"
    fixes = {"cell-t0r2c5": "每季度公开", "read-t0r2c5": "同上", "cell-t0r2c2": "办事指南", "read-t0r2c2": "办事指南"}
    again = client.post(address, sent | fixes | {"again": "1", "open": "t0r3"})
    assert again.context["preview"].problems == () and again.context["fixed"] == 1
    assert 'name="cell-t0r3c2"' in again.content.decode() and "已改正 1 处" in again.content.decode()
    fixes = {"cell-t0r2c5": "每季度公开", "cell-t0r3c2": "批准结果", "read-t0r3c2": "批准结杲"}
    assert client.post(address, sent | fixes | {"confirmed": "1"}).status_code == 302
    made = Catalogue.objects.get()
    assert [(one.second, one.limit["text"]) for one in made.rows.order_by("position")][0] == ("办事指南", "每季度公开")
    assert row(made, "批准结果").position == 2
    said = Event.objects.about(made).first().details["corrected"]
    assert said == {"t0r2c5": "每季度公开", "t0r3c2": "批准结果"}


def test_a_file_that_is_no_catalogue_is_refused_beside_its_field(client, county, people):
    client.force_login(people.clerk)
    upload = SimpleUploadedFile("a.csv", "姓名,电话\n甲,乙\n".encode())
    data = {"body": county.fgj.pk, "valid_from": "2026-06-01", "file": upload}
    assert "没有找到公开标准目录的表格" in client.post(reverse("standards_import"), data).content.decode()


@pytest.mark.slow
def test_a_row_is_linked_looked_at_and_unlinked_on_its_page(client, county, people, catalogue):
    one = catalogue.rows.first()
    place = filled(county.fgj, "事项0")
    page = opened(client, people.clerk, "standards_row", one.pk).content.decode()
    assert "现在要做" in page and f'value="portal.columns {place.pk}"' in page
    client.post(reverse("standards_row_act", args=[one.pk, "link"]), {"place": f"portal.columns {place.pk}"})
    assert Check.objects.get(row=one).state == "ok"
    page = client.get(reverse("standards_row", args=[one.pk])).content.decode()
    assert "事项0的内容" in page
    client.post(reverse("standards_row_act", args=[one.pk, "unlink"]), {"link": Link.objects.get(row=one).pk})
    assert Check.objects.get(row=one).state == "empty"
    client.post(reverse("standards_row_act", args=[one.pk, "exempt"]), {"reason": "本单位无此类项目"})
    assert Check.objects.get(row=one).state == "exempt"
    assert opened(client, people.leader, "standards_row", one.pk).context["may_write"] is False


def test_many_suggestions_are_confirmed_together(client, people, catalogue):
    rows = list(catalogue.rows.all()[:3])
    made = [
        Link.objects.create(row=one, source="portal.columns", target="999", label="栏目", score=0.9) for one in rows
    ]
    page = opened(client, people.clerk, "standards_mapping", catalogue.pk).content.decode()
    assert page.count("checked") == 3 and "相近 90%" in page
    data = {f"row-{one.row_id}": one.pk for one in made[:2]}
    client.post(reverse("standards_mapping", args=[catalogue.pk]), data)
    assert Link.objects.filter(state="confirmed").count() == 2


def test_the_catalogue_is_exported_in_the_customary_form(client, people, catalogue):
    answer = opened(client, people.clerk, "standards_catalogue", catalogue.pk, export="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [sheet["B2"].value, sheet["B3"].value, sheet["C3"].value] == ["公开事项", "一级事项", "二级事项"]
    again = read_catalogue(read_bytes(answer.content, "目录.xlsx"))
    assert [one.second for one in again.rows] == [one.second for one in catalogue.rows.all()]
    source = opened(client, people.clerk, "standards_catalogue", catalogue.pk, export="source")
    assert len(read_catalogue(read_bytes(source.content, "目录.xlsx")).rows) == 40


@pytest.mark.slow
def test_the_public_reads_what_was_signed_and_nothing_else(client, county, people):
    catalogue = imported(county.fgj, owing("办事指南"), actor=people.clerk)
    address = reverse("standards_public_catalogue", args=["qinghe.fgj", "major-projects"])
    assert client.get(address).status_code == 404
    release = put_forward(people.clerk, catalogue)
    sign(holder(county.fgj, Role.LEADER), release)
    place = filled(county.fgj, "办事指南")
    link(people.clerk, catalogue, "办事指南", place)
    page = client.get(address).content.decode()
    assert "办事指南" in page and "自信息形成或者变更之日起20个工作日内" in page
    assert Check.objects.get().address in page, "the way to the content"
    assert address in client.get(reverse("standards_public")).content.decode()
    assert client.get(address, {"format": "xlsx"}).content[:2] == b"PK"
    exempt(people.clerk, row(catalogue, "办事指南"), "没有")
    assert client.get(address).status_code == 404, "not what was signed"


def test_templates_are_taken_over_on_a_screen(client, county, people):
    body = Body.objects.create(code="qinghe.bl", name="白鹿镇人民政府", kind=Kind.TOWNSHIP, parent=county.body)
    template = imported(county.body, owing("办事指南"), actor=people.office, template=True)
    page = opened(client, people.office, "standards_adopt").content.decode()
    assert "白鹿镇人民政府" in page and template.title in page
    assert re.search(rf'name="bodies" value="{body.pk}"[^>]* checked', page), "nearly always all of them"
    client.post(reverse("standards_adopt"), {"templates": [template.pk], "bodies": [body.pk]})
    assert Catalogue.objects.owed().get().body == body
