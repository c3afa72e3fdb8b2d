"""The screens of an import, walked as a clerk does."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.portal.importing import sources
from tests.review.passing import holder

from gongkai.foundation.access import Role
from gongkai.portal.importing.loading import load, source_of
from gongkai.portal.importing.models import Batch, Outcome, Phase, RowFinding
from gongkai.portal.models import ArticlePage

pytestmark = pytest.mark.slow


@pytest.fixture
def place(county):
    return sources.office(county)


@pytest.fixture
def client(place) -> Client:
    return signed_in(place.clerk)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(records: list[dict], name: str = "旧网站.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(json.dumps(one, ensure_ascii=False) for one in records).encode())


def begun(client: Client, place, records: list[dict]) -> Batch:
    data = {"body": place.body.pk, "name": "旧网站工作动态", "file": upload(records)}
    answer = client.post("/admin/import/begin/", data)
    batch = Batch.objects.get()
    assert answer.url == f"/admin/import/{batch.pk}/columns/"
    return batch


def mapping(place, **more) -> dict:
    names = ("url", "title", "body", "published", "column", "source")
    return {f"field-{name}": name for name in names} | {"column-0": place.column.pk} | more


def test_from_the_file_to_the_list_that_is_put_forward(client, place):
    phone = "<p>联系人李明，手机13812345678。</p>"
    records = [sources.record(1), sources.record(2, body=phone), sources.record(3, title=""), sources.record(1)]
    batch = begun(client, place, records)
    page = client.get(f"/admin/import/{batch.pk}/columns/").text
    assert "清河县重点项目进展（第1期）" in page and "没有标题" in page
    assert f'<option value="{place.column.pk}" selected>' in page  # of the same name
    answer = client.post(f"/admin/import/{batch.pk}/columns/", mapping(place, start="1"), follow=True)
    assert "写入草稿中" in answer.text
    with source_of(Batch.objects.get()) as source:
        load(batch.pk, source, None)
    page = client.get(f"/admin/import/{batch.pk}/").text
    assert "待处置的机器发现" in page and "13812345678" not in page
    answer = client.post(f"/admin/import/{batch.pk}/", {"do": "settle"}, follow=True)
    assert "还有机器发现没有处置" in answer.text
    for rule in set(RowFinding.objects.filter(severity="confirm").values_list("rule", flat=True)):
        client.post(f"/admin/import/{batch.pk}/", {"do": "keep", "rule": rule, "reason": "对外公布的联系方式"})
    answer = client.post(f"/admin/import/{batch.pk}/", {"do": "settle"})
    assert answer.url == f"/admin/review/put-forward/portal.import/{batch.pk}/" or "portal.import" in answer.url
    sheet = client.get(answer.url)
    assert sheet.status_code == 200 and Batch.objects.get().manifest in sheet.text


def test_choices_are_shown_again_without_writing(client, place):
    batch = begun(client, place, [sources.record(1, body="", 正文甲="<p>别的一栏里的正文</p>")])
    page = client.post(f"/admin/import/{batch.pk}/columns/", mapping(place, **{"field-body": "正文甲"})).text
    assert "别的一栏里的正文" in page
    assert Batch.objects.get().phase == Phase.MAPPING and not ArticlePage.objects.exists()


def test_lists_typed_in_a_text_are_read_before_it_is_written(client, place):
    batch = begun(client, place, [sources.record(1, body="<p>姓名 住院号 科室</p><p>王建国 ZY20230456 内科</p>")])
    page = client.post(f"/admin/import/{batch.pk}/columns/", mapping(place)).text
    assert "与个人相连的证件或登记号码" in page


def test_what_is_missing_is_named(client, place):
    batch = begun(client, place, [sources.record(1)])
    data = mapping(place, start="1", **{"field-published": "", "column-0": "0"})
    assert "还没有选择：发布时间" in client.post(f"/admin/import/{batch.pk}/columns/", data).text
    data = mapping(place, start="1", **{"column-0": "0"})
    assert "至少为一个原栏目" in client.post(f"/admin/import/{batch.pk}/columns/", data).text


def test_a_file_that_is_none(client, place):
    data = {"body": place.body.pk, "name": "x", "file": SimpleUploadedFile("a.docx", b"x")}
    assert "请提供 CSV" in client.post("/admin/import/begin/", data).text
    data["file"] = SimpleUploadedFile("a.csv", "标题,标题\n1,2\n".encode())
    batch_page = client.post("/admin/import/begin/", data, follow=True).text
    assert "各列不能重名" in batch_page


def test_a_file_that_looks_like_a_secret_is_refused_at_the_door(client, place):
    data = {"body": place.body.pk, "name": "x", "file": upload([sources.record(1, body="机密★10年")])}
    assert client.post("/admin/import/begin/", data).status_code == 422
    assert not Batch.objects.exists()


class TestRows:
    @pytest.fixture
    def batch(self, place, tmp_path) -> Batch:
        records = [sources.record(n) for n in range(40)] + [sources.record(99, title="")]
        return sources.loaded(place, sources.write(tmp_path, records))

    def test_thirty_a_page_by_outcome(self, client, batch, django_assert_max_num_queries):
        with django_assert_max_num_queries(25):
            page = client.get(f"/admin/import/{batch.pk}/rows/?outcome=ready").text
        assert page.count('scope="row" class="title"') == 30 and "第 1 页，共 2 页" in page
        page = client.get(f"/admin/import/{batch.pk}/rows/?outcome=bad").text
        assert page.count('scope="row" class="title"') == 1 and "没有标题" in page

    def test_the_report(self, client, batch):
        answer = client.get(f"/admin/import/{batch.pk}/report/")
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert len(lines) == 42 and "有误，未导入" in lines[-1]
        assert batch.rows.first().digest in lines[1]

    def test_reviewers_see_it_and_others_do_not(self, batch, county):
        leader, other = holder(county.fgj, Role.LEADER), holder(county.czj, Role.CLERK)
        for address in ("", "rows/", "report/"):
            assert signed_in(leader).get(f"/admin/import/{batch.pk}/{address}").status_code == 200
            assert signed_in(other).get(f"/admin/import/{batch.pk}/{address}").status_code == 404
        assert signed_in(leader).get("/admin/import/begin/").status_code in (302, 403)
        assert batch.name not in signed_in(other).get("/admin/import/").text

    def test_a_leader_decides_nothing_here(self, batch, county):
        answer = signed_in(holder(county.fgj, Role.LEADER)).post(
            f"/admin/import/{batch.pk}/", {"do": "settle"}, follow=True
        )
        assert "没有权限" in answer.text
        assert Batch.objects.get().phase == Phase.LOADED

    def test_stopped_and_reopened(self, client, place, batch):
        answer = client.post(f"/admin/import/{batch.pk}/", {"do": "stop"}, follow=True)
        assert "不需要停止" in answer.text
        client.post(f"/admin/import/{batch.pk}/", {"do": "settle"})
        client.post(f"/admin/import/{batch.pk}/", {"do": "reopen"})
        assert Batch.objects.get().phase == Phase.LOADED
        assert client.post(f"/admin/import/{batch.pk}/", {"do": "nothing"}).status_code == 404


def test_the_list_teaches_when_it_is_empty(client):
    assert "还没有导入过" in client.get("/admin/import/").text


def test_a_run_that_stands_still_can_be_set_going(client, place, settings):
    batch = begun(client, place, [sources.record(1)])
    client.post(f"/admin/import/{batch.pk}/columns/", mapping(place, start="1"))
    assert "从中断处继续" not in client.get(f"/admin/import/{batch.pk}/").text
    settings.GONGKAI_NOW = "2026-06-15T12:00:00+08:00"
    assert "从中断处继续" in client.get(f"/admin/import/{batch.pk}/").text
    client.post(f"/admin/import/{batch.pk}/", {"do": "resume"})
    assert "从中断处继续" not in client.get(f"/admin/import/{batch.pk}/").text
    assert not Batch.objects.get().rows.filter(outcome=Outcome.READY).exists()
