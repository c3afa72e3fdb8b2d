"""The screens of rescreening: findings with filters and keeping in bulk, one with its decisions, runs, word lists."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.foundation.access import Role
from gongkai.review.models import Decision, Recall, Release, Rescreening, RunState, State, WordList
from gongkai.review.services import begin_rescreening, keep_recall
from gongkai.review.services.rescreening import go_over

pytestmark = pytest.mark.slow

RECALLS, RUNS, LISTS = "/admin/review/recalls/", "/admin/review/rescreening/", "/admin/review/word-lists/"


@pytest.fixture
def clerk(client, people):
    client.force_login(people.clerk)
    return client


@pytest.fixture
def office(client, people):
    client.force_login(people.office)
    return client


class TestRecalls:
    def test_an_empty_list_teaches(self, clerk):
        assert "没有复筛发现" in clerk.get(RECALLS).text

    def test_shows_what_waits_with_its_day(self, clerk, recall):
        page = clerk.get(RECALLS).text
        for words in (
            "旧称局网站",
            "规范用语",
            "待确认",
            "待处理",
            "2026-06-18",
            f'name="id" value="{recall.pk}"',
            "保留所选",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("standing=waiting", True),
            ("standing=held", False),
            ("standing=changing", False),
            ("standing=over", False),
            ("category=lexicon", True),
            ("category=personal", False),
            ("severity=block", False),
            ("release__title=旧称", True),
        ],
    )
    def test_filters(self, clerk, recall, query, there):
        assert (f"{RECALLS}{recall.pk}/" in clerk.get(f"{RECALLS}results/?{query}").text) is there

    def test_what_is_decided_is_over(self, clerk, recall, people):
        keep_recall(people.clerk, recall, "可以")
        listed = clerk.get(f"{RECALLS}results/?standing=over").text
        assert "已保留" in listed and f'name="id" value="{recall.pk}"' not in listed

    def test_several_are_kept_with_one_reason(self, clerk, add, opened, run):
        for number in range(3):
            opened(f"旧称局{number}")
        add()
        run()
        ids = list(Recall.objects.values_list("pk", flat=True))
        asked = clerk.post(f"{RECALLS}keep/", {"id": ids, "reason": ""}, follow=True)
        assert "请填写保留的理由" in asked.text
        answer = clerk.post(f"{RECALLS}keep/", {"id": ids, "reason": "仍用", "next": f"{RECALLS}?standing=waiting"})
        assert answer.url == f"{RECALLS}?standing=waiting"
        assert "已保留 3 处" in clerk.get(RECALLS).text
        assert set(Recall.objects.values_list("decision", flat=True)) == {Decision.KEEP}

    @pytest.mark.parametrize("data", [{}, {"id": "x"}, {"id": "999"}])
    def test_nothing_chosen_says_so(self, clerk, recall, data):
        assert "请先勾选" in clerk.post(f"{RECALLS}keep/", data | {"reason": "好"}, follow=True).text

    def test_a_way_back_elsewhere_is_not_taken(self, clerk, recall):
        answer = clerk.post(f"{RECALLS}keep/", {"next": "https://evil.example/"})
        assert answer.url == RECALLS

    def test_of_ones_own_bodies_only(self, client, people, recall):
        client.force_login(people.other_clerk)
        assert "旧称局网站" not in client.get(RECALLS).text
        assert client.get(f"{RECALLS}{recall.pk}/").status_code == 404
        client.post(f"{RECALLS}keep/", {"id": recall.pk, "reason": "好"})
        recall.refresh_from_db()
        assert recall.decision == ""

    def test_the_office_reads_and_does_not_keep(self, office, recall):
        page = office.get(RECALLS).text
        assert "旧称局网站" in page and "保留所选" not in page

    def test_exports_as_seen(self, clerk, recall):
        answer = clerk.get(f"{RECALLS}?export=csv")
        head, line = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
        row = dict(zip(head, line, strict=True))
        assert (row["标题"], row["处理情况"], row["建议"]) == ("旧称局网站", "待处理", "建议改为“新称局”")

    def test_queries_do_not_grow(self, clerk, add, opened, run, django_assert_max_num_queries):
        for number in range(25):
            opened(f"旧称局{number}")
        add()
        run()
        clerk.get(f"{RECALLS}results/")
        with django_assert_max_num_queries(20):
            clerk.get(f"{RECALLS}results/")


class TestRecall:
    def test_says_where_and_why(self, clerk, recall):
        page = clerk.get(f"{RECALLS}{recall.pk}/").text
        for words in (
            "网站名称",
            "旧称局",
            "建议改为“新称局”",
            "lexicon:县自建",
            "2026年6月18日",
            "保留，继续公开",
            "公开中",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("decision", "state"), [("keep", State.APPROVED), ("change", State.APPROVED), ("withdraw", State.WITHDRAWN)]
    )
    def test_decides(self, clerk, recall, decision, state):
        answer = clerk.post(f"{RECALLS}{recall.pk}/", {"decision": decision, "reason": "核对过"}, follow=True)
        assert answer.redirect_chain[-1][0] == RECALLS
        recall.refresh_from_db()
        assert recall.decision == decision and Release.objects.get().state == state
        assert "保留，继续公开" not in clerk.get(f"{RECALLS}{recall.pk}/").text

    def test_without_a_reason_or_a_decision(self, clerk, recall):
        assert "请填写保留的理由" in clerk.post(f"{RECALLS}{recall.pk}/", {"decision": "keep"}).text
        assert "请选择保留、修改或者撤稿" in clerk.post(f"{RECALLS}{recall.pk}/", {"reason": "好"}).text
        recall.refresh_from_db()
        assert recall.decision == ""

    def test_what_is_blocked_has_no_button_to_keep(self, clerk, recall):
        Recall.objects.update(severity="block")
        page = clerk.get(f"{RECALLS}{recall.pk}/").text
        assert "保留，继续公开" not in page and "撤稿，立即停止公开" in page

    def test_a_leader_withdraws_and_does_not_keep(self, client, people, recall):
        client.force_login(people.leader)
        page = client.get(f"{RECALLS}{recall.pk}/").text
        assert "保留，继续公开" not in page and "撤稿，立即停止公开" in page


class TestRuns:
    def test_says_whether_it_is_needed_and_begins(self, office, opened, add, county):
        opened("旧称局")
        assert "需要复筛" in office.get(RUNS).text and "还没有复筛过" in office.get(RUNS).text
        answer = office.post(RUNS, {"county": county.body.pk}, follow=True)
        run = Rescreening.objects.get()
        assert answer.redirect_chain[-1][0] == f"{RUNS}{run.pk}/"
        assert "已筛 0/1" in answer.text and "data-review-progress" in answer.text
        assert "正在复筛" in office.get(RUNS).text
        assert "正在复筛，完成后再发起" in office.post(RUNS, {"county": county.body.pk}, follow=True).text
        go_over(run.pk)
        page = office.get(f"{RUNS}{run.pk}/").text
        assert "已完成" in page and "data-review-progress" not in page
        assert "均按现行规则筛查过" in office.get(RUNS).text

    def test_stands_still_says_so_and_goes_on(self, office, opened, county, people, settings):
        opened("网站")
        run = begin_rescreening(people.office, county.body)
        assert "从中断处继续" not in office.get(f"{RUNS}{run.pk}/").text
        settings.GONGKAI_NOW = "2026-06-15T10:00:00+08:00"
        assert "从中断处继续" in office.get(f"{RUNS}{run.pk}/").text
        assert "从中断处继续" in office.post(f"{RUNS}{run.pk}/", {"do": "resume"}, follow=True).text
        assert "从中断处继续" not in office.get(f"{RUNS}{run.pk}/").text.replace("复筛从中断处继续", "")

    def test_stops(self, office, opened, county, people):
        opened("网站")
        run = begin_rescreening(people.office, county.body)
        office.post(f"{RUNS}{run.pk}/", {"do": "stop"})
        run.refresh_from_db()
        assert run.state == RunState.STOPPED

    def test_tells_what_is_left_of_time(self, office, opened, county, people, settings):
        opened("网站")
        run = begin_rescreening(people.office, county.body)
        Rescreening.objects.filter(pk=run.pk).update(total=100, done=50)
        settings.GONGKAI_NOW = "2026-06-15T09:10:00+08:00"
        assert "约 11 分钟" in office.get(f"{RUNS}{run.pk}/").text

    @pytest.mark.parametrize(("who", "status"), [("clerk", 403), ("leader", 403)])
    def test_for_the_county_only(self, client, people, who, status):
        client.force_login(getattr(people, who))
        for address in (RUNS, LISTS, f"{LISTS}add/"):
            assert client.get(address).status_code == status

    def test_an_auditor_reads(self, client, person, county, opened, people):
        opened("网站")
        run = begin_rescreening(people.office, county.body)
        client.force_login(person("auditor", (county.body, Role.AUDITOR)))
        page = client.get(f"{RUNS}{run.pk}/")
        assert page.status_code == 200 and "停止复筛" not in page.text
        assert client.post(RUNS, {"county": county.body.pk}).status_code == 404


class TestWordLists:
    def upload(self, client, county, text, **facts):
        file = SimpleUploadedFile("词表.csv", text.encode())
        return client.post(
            f"{LISTS}add/", {"county": county.body.pk, "name": "县自建", "file": file} | facts, follow=True
        )

    def test_uploads_and_downloads_what_was_uploaded(self, office, county):
        assert "还没有自建的词表" in office.get(LISTS).text
        answer = self.upload(office, county, "词语,建议\n旧称局,新称局\n")
        assert "共 1 个词语" in answer.text
        row = WordList.objects.get()
        assert "使用中" in office.get(LISTS).text
        download = office.get(f"{LISTS}{row.pk}/")
        assert download.content.decode("utf-8-sig") == "词语,建议\n旧称局,新称局\n"

    def test_the_blank_sheet_is_taken_as_it_comes(self, office, county):
        blank = office.get(f"{LISTS}add/?blank=csv")
        assert "attachment" in blank["Content-Disposition"]
        assert "共 1 个词语" in self.upload(office, county, blank.content.decode("utf-8-sig")).text

    def test_every_bad_line_is_told(self, office, county):
        page = self.upload(office, county, "词语,级别\n甲,重\n乙,轻\n").text
        assert "第2行" in page and "第3行" in page and "县自建" in page
        assert not WordList.objects.exists()

    def test_takes_one_out_of_use(self, office, add):
        row = add()
        assert "已停用" in office.post(LISTS, {"id": row.pk}, follow=True).text
        assert office.post(LISTS, {"id": "x"}).status_code == 404

    def test_another_countys_are_not_found(self, client, person, add):
        from gongkai.bodies.models import Body, Kind

        row = add()
        other = Body.objects.create(code="dongshan", name="东山县人民政府", kind=Kind.COUNTY)
        client.force_login(person("other", (other, Role.OFFICE)))
        assert f"{LISTS}{row.pk}/" not in client.get(LISTS).text
        assert client.get(f"{LISTS}{row.pk}/").status_code == 404
        assert client.post(LISTS, {"id": row.pk}).status_code == 404
