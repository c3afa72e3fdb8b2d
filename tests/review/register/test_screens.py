"""Looking things up in the register, its workbook, its entries, its months, and the button that verifies it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils.timezone import now
from openpyxl import load_workbook
from tests.remembering import remembered
from tests.review.conftest import KIND
from tests.review.passing import GROUND, holder, sign

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.foundation.notifications.models import Notification
from gongkai.review.models import Attribute, Entry, Release, StepKind, Verification
from gongkai.review.register.facts import facts_of
from gongkai.review.register.sheets import COLUMNS
from gongkai.review.register.tasks import verify_in_background
from gongkai.review.register.verify import stored
from gongkai.review.services import request, send_back, verify_register, verifying

pytestmark = pytest.mark.slow

MOBILE = "13812345678"


@pytest.fixture
def open_one(site, people) -> Release:
    return signed(site, people)


@remembered
def signed(site, people) -> Release:
    return sign(people.leader, request(people.clerk, KIND, site.pk, "首次公开"))


@pytest.fixture
def returned(county, people) -> Release:
    return sent_back(county, people)


@remembered
def sent_back(county, people) -> Release:
    other = Site.objects.create(name="另一网站", url="https://o.example/", owner=county.fgj)
    release = request(people.clerk, KIND, other.pk, attribute=Attribute.ON_APPLICATION)
    send_back(holder(county.fgj, Role.REVIEWER), release, f"请删去{MOBILE}")
    return Release.objects.get(pk=release.pk)


@pytest.fixture
def office(client, people):
    client.force_login(people.office)
    return client


def listed(client, query: str) -> set[str]:
    page = client.get(f"/admin/review/results/?{query}")
    assert page.status_code == 200
    return {name for name in ("清河发改", "另一网站") if name in page.text}


ONE, OTHER, BOTH = {"清河发改"}, {"另一网站"}, {"清河发改", "另一网站"}


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", BOTH),
            ("title=另一", OTHER),
            ("state=returned", OTHER),
            ("attribute=on-application", OTHER),
            ("urgent=True", set()),
            ("urgent=False", BOTH),
            ("category=personal", set()),
            ("person=leader.fgj", ONE),
            ("person=nobody", set()),
            ("requested_at_from=2026-06-15&requested_at_to=2026-06-15", BOTH),
            ("requested_at_from=2026-06-16", set()),
            ("decided_at_to=2026-06-14", set()),
            ("step=leader&standing=taken&days=30", ONE),
            ("step=reviewer&standing=taken&days=90", BOTH),
            ("step=reviewer&standing=late", set()),
            ("step=leader&standing=waiting", set()),
            ("number=x", set()),
            ("number=999999999999999999999", set()),
        ],
    )
    def test_each_condition(self, office, open_one, returned, query, found):
        assert listed(office, query) == found

    def test_by_number_as_it_is_printed(self, office, open_one, returned):
        assert listed(office, f"number={open_one.pk}") == ONE
        assert listed(office, f"number=保审〔2026〕{returned.pk}号") == OTHER

    def test_what_is_said_of_a_step_is_said_of_one_step(self, office, open_one, county):
        query = f"step={StepKind.LEADER}&reviewer={county.fgj.pk}&standing=taken"
        assert listed(office, query) == ONE
        assert listed(office, f"step={StepKind.LEADER}&reviewer={county.fgj.pk}&standing=late") == set()

    def test_bodies_offered_are_those_reached(self, client, people, open_one):
        client.force_login(people.other_clerk)
        assert "清河县发展和改革局" not in client.get("/admin/review/").text

    def test_queries_do_not_grow_with_rows(self, office, county, people, django_assert_max_num_queries):
        for number in range(12):
            one = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=county.fgj)
            sign(people.leader, request(people.clerk, KIND, one.pk))
        office.get("/admin/review/?export=xlsx")
        with django_assert_max_num_queries(20):
            office.get("/admin/review/?export=xlsx")


class TestWorkbook:
    def rows(self, client, query: str = "") -> list[dict[str, str]]:
        answer = client.get(f"/admin/review/?export=xlsx&{query}")
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(head[: len(COLUMNS)]) == [str(label) for label in COLUMNS.values()]
        return [dict(zip(head, row, strict=True)) for row in rows]

    def test_the_customary_columns(self, office, open_one):
        [row] = self.rows(office)
        assert row["编号"] == f"保审〔2026〕{open_one.pk}号"
        assert row["拟公开单位"] == "清河县发展和改革局" and row["信息名称"] == "清河发改"
        assert row["公开属性及依据"] == f"主动公开；{GROUND}"
        assert row["承办人及意见"] == "clerk.fgj；首次公开；2026-06-15 09:00"
        assert row["领导审批意见"] == "leader.fgj；通过；2026-06-15 09:00"
        assert row["合法性审查意见"] == "不设此环节" and row["征求意见情况"] == "未征求意见"
        assert row["机器发现与处置"] == "未发现问题" and row["个人信息处理"] == "未发现"
        assert row["发布人、时间、链接"] == f"leader.fgj；2026-06-15 09:00；/sites/{open_one.object_id}/"
        last = Entry.objects.last().number
        assert row["归档号（登记簿条目）"] == f"登记簿第 1—{last} 条"

    def test_what_was_not_looked_at_does_not_pass_for_clean(self, office, open_one):
        Release.objects.filter(pk=open_one.pk).update(not_examined=["附件.pdf：第 3 页为图片"])
        [row] = self.rows(office)
        assert row["机器发现与处置"] == "未发现问题；另有 1 项机器未能检查"
        assert row["汇聚风险结论"] == "附件中没有人员名单；机器未能检查的内容除外\n未发现"
        Release.objects.filter(pk=open_one.pk).update(machine="")
        assert self.rows(office)[0]["机器发现与处置"] == "未经机器审查"

    def test_what_people_wrote_is_masked(self, office, returned):
        [row] = self.rows(office)
        assert "138****5678" in row["科室负责人意见"]
        assert MOBILE not in str(row) and row["发布人、时间、链接"] == "未公开"

    def test_as_filtered(self, office, open_one, returned):
        assert [row["信息名称"] for row in self.rows(office, "state=returned")] == ["另一网站"]

    def test_a_formula_stays_text(self, office, county, people):
        one = Site.objects.create(name="=1+1", url="https://f.example/", owner=county.fgj)
        request(people.clerk, KIND, one.pk)
        [row] = self.rows(office)
        assert row["信息名称"] == "=1+1"


class TestEntries:
    def test_lists_the_chain(self, office, open_one):
        page = office.get("/admin/review/entries/").text
        for words in ("公开（与批准版一致）", "机器审查通过", "环节通过（初审）", "系统", Entry.objects.last().digest):
            assert words in page
        assert "公开（与批准版一致）" not in office.get("/admin/review/entries/results/?what=requested").text

    def test_only_of_what_one_reaches(self, client, people, open_one):
        client.force_login(people.other_clerk)
        assert Entry.objects.last().digest not in client.get("/admin/review/entries/").text

    def test_an_incident_is_seen_by_who_supervises_its_body(self, client, people, county, open_one):
        from gongkai.review.models import What
        from gongkai.review.register import note

        entry = note(None, What.INCIDENT, None, body=county.fgj.code)
        client.force_login(people.office)
        assert entry.digest in client.get("/admin/review/entries/").text
        client.force_login(people.leader)
        assert entry.digest not in client.get("/admin/review/entries/").text


class TestOneEntry:
    """All that is held of an act: people, times, digests, its place in the chain, whether it fits there."""

    def test_shows_what_it_holds_in_words(self, office, open_one):
        entry = open_one.entries.get(what="described")
        page = office.get(f"/admin/review/entries/{entry.number}/").text
        for words in ("填写审查表", "清河县发展和改革局", "主动公开", GROUND, "第十四条", entry.digest, entry.previous):
            assert words in page
        assert "是：按现存内容重新计算" in page and "否：按" not in page and "否：所载" not in page

    def test_names_every_fact(self, office, open_one, returned):
        for entry in Entry.objects.all():
            assert not [label for label, _lines in facts_of(entry) if label.isascii()], entry.facts

    def test_a_changed_one_says_so(self, office, open_one):
        entry = open_one.entries.get(what="described")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE review_entry SET previous = %s WHERE id = %s", ["1" * 64, entry.pk])
        page = office.get(f"/admin/review/entries/{entry.number}/").text
        assert "否：按现存内容" in page and "否：所载上一条" in page

    def test_the_list_leads_there(self, office, open_one):
        assert f"/admin/review/entries/{Entry.objects.last().number}/" in office.get("/admin/review/entries/").text

    def test_only_for_who_reaches_the_body(self, client, people, open_one):
        client.force_login(people.other_clerk)
        assert client.get(f"/admin/review/entries/{Entry.objects.last().number}/").status_code == 404

    def test_costs_the_same_wherever_it_stands(self, office, open_one, returned, django_assert_max_num_queries):
        office.get("/admin/review/entries/1/")
        with django_assert_max_num_queries(22):
            office.get("/admin/review/entries/3/")


class TestMonths:
    def test_counts_by_body_and_month_with_links(self, office, open_one, returned, county):
        Release.objects.filter(pk=returned.pk).update(requested_at=open_one.requested_at - timedelta(days=31))
        page = office.get("/admin/review/months/").text
        link = f"requested_at_from=2026-05-01&amp;requested_at_to=2026-05-31&amp;body={county.fgj.pk}"
        assert link in page and "2026 年各月报送审查件数" in page and "合计" in page
        assert listed(office, link.replace("&amp;", "&")) == OTHER

    @pytest.mark.parametrize("year", ["2025", "x", "", "99999999999999999999"])
    def test_a_year_without_anything_shows_the_newest(self, office, open_one, year):
        assert "2026 年各月报送审查件数" in office.get(f"/admin/review/months/?year={year}").text

    def test_nothing_yet(self, office):
        assert "还没有报送审查的内容" in office.get("/admin/review/months/").text


class TestVerifying:
    def test_the_state_is_shown_with_when_and_by_whom(self, office, open_one, people):
        assert "还没有核验过" in office.get("/admin/review/").text
        verify_register(people.office)
        page = office.get("/admin/review/").text
        assert "登记簿完好：共" in page and "由office核验" in page

    def test_a_broken_one_says_where(self, office, open_one):
        at = {"at": now(), "touched_at": now(), "finished_at": now()}
        Verification.objects.create(**at, number=9, digest="0" * 64, count=9, problems=1, places=["第 3 条被改动"])
        page = office.get("/admin/review/").text
        assert "发现 1 处问题" in page and "第 3 条被改动" in page

    @pytest.mark.parametrize("who", ["clerk", "leader"])
    def test_the_button_is_for_who_may(self, client, people, open_one, who):
        verify_register(None)
        client.force_login(getattr(people, who))
        page = client.get("/admin/review/").text
        assert "登记簿完好" in page and "现在核验" not in page
        assert client.post("/admin/review/verify/").status_code == 403

    def test_the_button_begins_it_and_the_worker_does_it(self, office, open_one, people):
        page = office.post("/admin/review/verify/", follow=True).text
        begun = Verification.objects.get()
        assert begun.by == people.office and begun.finished_at is None
        assert "核验已开始，完成后将通知您" in page and f"已核 0/{Entry.objects.count()} 条" in page
        assert f"/admin/review/verify/{begun.pk}/" in office.get("/admin/review/").text
        verify_in_background.func(begun.pk)
        assert "登记簿完好，共" in office.get(f"/admin/review/verify/{begun.pk}/").text
        notice = Notification.objects.get(recipient=people.office, kind="review.register_verified")
        assert "登记簿完好" in notice.meaning

    def test_how_far_it_is(self, office, open_one, monkeypatch):
        monkeypatch.setattr(verifying, "STRIDE", 2)
        begun = verifying._begun(None)
        seen = []
        for _row in verifying._counted(stored(), begun):
            begun.refresh_from_db()
            seen.append(begun.count)
        assert seen[:4] == [0, 2, 2, 4]

    def test_one_at_a_time_until_it_stands_still(self, office, open_one, settings):
        office.post("/admin/review/verify/")
        assert "登记簿正在核验" in office.post("/admin/review/verify/", follow=True).text
        settings.GONGKAI_NOW = "2026-06-15T09:16:00+08:00"
        first = Verification.objects.get()
        assert "中断" in office.get(f"/admin/review/verify/{first.pk}/").text
        assert "核验已开始" in office.post("/admin/review/verify/", follow=True).text

    def test_one_that_is_not_over_is_no_anchor_and_no_result(self, office, open_one):
        Verification.objects.create(at=now(), touched_at=now(), number=999, digest="1" * 64)
        assert verify_register(None).problems == 0
        assert "还没有核验过" not in office.get("/admin/review/").text

    def test_not_by_a_link(self, office):
        assert office.get("/admin/review/verify/").status_code == 405
