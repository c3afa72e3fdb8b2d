"""The register, what waits for a leader, the decision with everything before the eyes, and one release."""

from __future__ import annotations

import csv
import io

import pytest
from tests.review.conftest import KIND
from tests.review.passing import pass_until, sign

from gongkai.bodies.models import RoleHolding
from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.review import gate
from gongkai.review.models import Release, State, StepKind
from gongkai.review.services import request


@pytest.fixture
def waiting(site, people) -> Release:
    return pass_until(request(people.clerk, KIND, site.pk), StepKind.LEADER)


@pytest.fixture
def leader(client, people):
    client.force_login(people.leader)
    return client


class TestWaiting:
    def test_lists_what_waits_for_this_leader(self, leader, waiting):
        page = leader.get("/admin/review/waiting/")
        assert page.status_code == 200
        assert "清河发改" in page.text
        assert f'href="/admin/review/{waiting.pk}/"' in page.text

    def test_an_empty_list_teaches(self, leader):
        assert "没有等待您审查的内容" in leader.get("/admin/review/waiting/").text

    @pytest.mark.parametrize("who", ["other_leader", "county_leader"])
    def test_not_of_other_bodies(self, client, people, waiting, who):
        client.force_login(getattr(people, who))
        assert "清河发改" not in client.get("/admin/review/waiting/").text
        assert client.get(f"/admin/review/decide/?id={waiting.pk}").status_code == 404

    @pytest.mark.parametrize("who", ["clerk", "office"])
    def test_who_reviews_nothing_has_nothing_to_review(self, client, people, waiting, who):
        client.force_login(getattr(people, who))
        assert "没有等待您审查的内容" in client.get("/admin/review/waiting/").text
        assert client.get(f"/admin/review/decide/?id={waiting.pk}").status_code == 403

    def test_ones_own_request_waits_for_somebody_else(self, client, person, county, site):
        from gongkai.foundation.access import Role

        both = person("both", (county.fgj, Role.CLERK), (county.fgj, Role.LEADER))
        release = request(both, KIND, site.pk)
        client.force_login(both)
        assert "清河发改" not in client.get("/admin/review/waiting/").text
        assert client.post(f"/admin/review/decide/?id={release.pk}", {"decision": "approve"}).status_code == 404
        assert not gate.is_open(KIND, site)


class TestDecide:
    def address(self, *releases: Release) -> str:
        return "/admin/review/decide/?" + "&".join(f"id={one.pk}" for one in releases)

    def test_shows_what_will_become_public(self, leader, waiting):
        page = leader.get(self.address(waiting)).text
        for words in ("网站名称", "清河发改", "https://fgj.qinghe.example/", "审查通过这 1 项"):
            assert words in page

    def test_signing_opens(self, leader, waiting, site):
        answer = leader.post(self.address(waiting), {"decision": "approve", "note": ""}, follow=True)
        assert "已通过 1 项" in answer.text
        assert gate.is_open(KIND, site)

    def test_sending_back_needs_words_and_keeps_them(self, leader, waiting, site):
        assert "请填写退回意见" in leader.post(self.address(waiting), {"decision": "send_back", "note": ""}).text
        leader.post(self.address(waiting), {"decision": "send_back", "note": "网址有误"})
        waiting.refresh_from_db()
        assert (waiting.state, waiting.note) == (State.RETURNED, "网址有误")

    def test_a_post_that_names_no_decision_does_not_sign(self, leader, waiting, site):
        leader.post(self.address(waiting), {"note": "只有意见"})
        assert not gate.is_open(KIND, site)

    def test_what_changed_meanwhile_has_no_button_to_sign(self, leader, waiting):
        Site.objects.update(name="签发前改动")
        page = leader.get(self.address(waiting)).text
        assert "报送后内容有改动" in page
        assert 'value="approve"' not in page
        assert "报送后内容有改动" in leader.post(self.address(waiting), {"decision": "approve"}).text

    def test_several_together_are_signed_all_or_none(self, leader, waiting, county, people):
        other = Site.objects.create(name="另一网站", url="https://o.example/", owner=county.fgj)
        second = pass_until(request(people.clerk, KIND, other.pk), StepKind.LEADER)
        Site.objects.filter(pk=other.pk).update(name="改动")
        leader.post(self.address(waiting, second), {"decision": "approve"})
        assert Release.objects.filter(state=State.APPROVED).count() == 0
        Site.objects.filter(pk=other.pk).update(name="另一网站")
        leader.post(self.address(waiting, second), {"decision": "approve"})
        assert Release.objects.filter(state=State.APPROVED).count() == 2

    def test_what_is_decided_already_is_not_found(self, leader, waiting, people):
        sign(people.second_leader, waiting)
        assert leader.get(self.address(waiting)).status_code == 404

    @pytest.mark.parametrize("query", ["", "id=", "id=x", "id=999"])
    def test_nonsense_is_not_found(self, leader, query):
        assert leader.get("/admin/review/decide/?" + query).status_code == 404


class TestRegister:
    def test_says_who_put_forward_who_signed_and_whether_it_is_public(self, leader, waiting, people):
        sign(people.leader, waiting)
        page = leader.get("/admin/review/").text
        for words in ("清河发改", "clerk.fgj", "leader.fgj", "公开中"):
            assert words in page

    def test_says_when_the_content_changed_since(self, leader, waiting, people):
        sign(people.leader, waiting)
        Site.objects.update(name="签发后改动")
        assert "签发后有改动，未公开" in leader.get("/admin/review/").text

    @pytest.mark.parametrize(
        ("query", "there"), [("state=waiting", True), ("state=approved", False), ("title=发改", True)]
    )
    def test_filters(self, leader, waiting, query, there):
        listed = leader.get(f"/admin/review/results/?{query}").text
        assert (f"/admin/review/{waiting.pk}/" in listed) is there

    def test_exports_as_seen(self, leader, waiting):
        answer = leader.get("/admin/review/?export=csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert len(rows) == 2
        assert rows[1][:3] == [f"保审〔2026〕{waiting.pk}号", "清河县发展和改革局", "清河发改"]
        assert waiting.digest in rows[1]

    def test_only_of_the_bodies_one_reaches(self, client, waiting, people):
        client.force_login(people.other_clerk)
        assert "清河发改" not in client.get("/admin/review/").text
        assert client.get(f"/admin/review/{waiting.pk}/").status_code == 404
        client.force_login(people.office)
        assert "清河发改" in client.get("/admin/review/").text

    def test_not_for_the_public(self, client, waiting):
        assert client.get("/admin/review/").status_code == 302
        assert client.get(f"/admin/review/{waiting.pk}/").status_code == 302

    @pytest.mark.slow
    def test_queries_do_not_grow_with_rows(self, leader, county, people, django_assert_max_num_queries):
        for number in range(20):
            one = Site.objects.create(name=f"网站{number}", url=f"https://s{number}.example/", owner=county.fgj)
            sign(people.leader, request(people.clerk, KIND, one.pk))
        leader.get("/admin/review/results/")
        with django_assert_max_num_queries(20):
            leader.get("/admin/review/results/")


class TestRelease:
    def test_tells_its_story_and_can_be_withdrawn(self, leader, waiting, people, site):
        sign(people.leader, waiting)
        page = leader.get(f"/admin/review/{waiting.pk}/").text
        for words in ("报送公开审查", "审查通过", "撤稿，立即停止公开", waiting.digest):
            assert words in page
        answer = leader.post(f"/admin/review/{waiting.pk}/", {"action": "withdraw", "reason": "信息有误"}, follow=True)
        assert "不再对外公开" in answer.text
        assert not gate.is_open(KIND, site)
        assert "撤稿，立即停止公开" not in leader.get(f"/admin/review/{waiting.pk}/").text

    def test_a_clerk_is_told_who_withdraws(self, client, waiting, people, site):
        sign(people.leader, waiting)
        client.force_login(people.clerk)
        answer = client.post(f"/admin/review/{waiting.pk}/", {"action": "withdraw", "reason": "想撤"})
        assert "由签发领导或政务公开办撤稿" in answer.text
        assert gate.is_open(KIND, site)

    def test_keeping_the_machine_running_opens_nothing(self, client, waiting, people, county):
        """A clerk who is system administrator as well sees what a clerk sees."""
        RoleHolding.objects.create(user=people.other_clerk, body=county.body, role=Role.SYSADMIN, since="2020-01-01")
        client.force_login(people.other_clerk)
        assert client.get(f"/admin/review/{waiting.pk}/").status_code == 404
        assert "清河发改" not in client.get("/admin/review/").text
