"""Many pages at once: all or none, through the gate, and back within ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.foundation import clock
from gongkai.foundation.access import Refused
from gongkai.foundation.events.models import Event
from gongkai.portal.bulk.services import move, undo, withdraw_pages
from gongkai.portal.listing import is_shown
from gongkai.portal.models import Act, ArticlePage, AttachmentFile
from gongkai.review.models import Entry, Release, State, What
from gongkai.review.services import request

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns(county, people):
    ensure_portal()
    section = writing.section(county.fgj)
    return [writing.through_the_gate(writing.column(section, title)) for title in ("通知公告", "重点项目")]


@pytest.fixture
def elsewhere(county, columns):
    return writing.through_the_gate(writing.column(writing.section(county.czj), "财政信息"))


def where(page) -> int:
    return ArticlePage.objects.get(pk=page.pk).get_parent().pk


def shown(page) -> bool:
    return is_shown(ArticlePage.objects.get(pk=page.pk))


def later(settings, **span) -> None:
    settings.GONGKAI_NOW = (clock.now() + timedelta(**span)).isoformat()


class TestMoving:
    def test_drafts_are_moved_by_a_clerk_and_go_back(self, columns, people):
        pages = [writing.article(columns[0], title) for title in ("甲", "乙")]
        act = move(people.clerk, [page.pk for page in pages], columns[1].pk, "归类")
        assert {where(page) for page in pages} == {columns[1].pk} and act.kind == "move"
        undo(people.clerk, act)
        assert {where(page) for page in pages} == {columns[0].pk}
        assert [event.verb for event in Event.objects.about(act)] == ["portal.move", "portal.undo"]

    def test_what_is_public_is_withdrawn_moved_and_back_as_it_was_signed(self, columns, people):
        page = writing.through_the_gate(writing.article(columns[0]))
        act = move(people.leader, [page.pk], columns[1].pk, "归类", "内容调整中")
        assert where(page) == columns[1].pk and not shown(page)
        undo(people.leader, act)
        assert where(page) == columns[0].pk and shown(page)
        last = list(Entry.objects.order_by("-number").values_list("what", flat=True)[:2])
        assert last == [What.RESUMED, What.WITHDRAWN]

    def test_moved_it_is_public_only_when_signed_anew(self, columns, people):
        page = writing.through_the_gate(writing.article(columns[0]))
        move(people.leader, [page.pk], columns[1].pk, "归类")
        assert shown(writing.through_the_gate(ArticlePage.objects.get(pk=page.pk)))

    def test_a_clerk_moves_nothing_that_is_public(self, columns, people):
        pages = [writing.article(columns[0]), writing.through_the_gate(writing.article(columns[0]))]
        with pytest.raises(Refused):
            move(people.clerk, [page.pk for page in pages], columns[1].pk, "归类")
        assert {where(page) for page in pages} == {columns[0].pk} and shown(pages[1]) and not Act.objects.exists()

    def test_to_another_body_by_the_office_with_its_files(self, columns, elsewhere, people, county):
        own, shared = writing.file(county.fgj), writing.file(county.fgj, "b.txt")
        page = writing.article(columns[0], files=(own, shared))
        writing.article(columns[0], "也附有", files=(shared,))
        act = move(people.office, [page.pk], elsewhere.pk, "职能划转")
        folders = dict(AttachmentFile.objects.values_list("pk", "collection__name"))
        assert act.kind == "reown" and act.body == county.czj
        assert folders == {own.pk: "清河县财政局", shared.pk: "清河县发展和改革局"}
        undo(people.office, act)
        assert set(AttachmentFile.objects.values_list("collection__name", flat=True)) == {"清河县发展和改革局"}

    def test_who_gave_it_away_reads_nothing_new_of_it(self, columns, elsewhere, people, client):
        """The old review stays theirs, with what the register holds of it."""
        page = writing.through_the_gate(writing.article(columns[0]))
        signed = Release.objects.get(object_id=page.pk, kind="portal.article")
        move(people.office, [page.pk], elsewhere.pk, "职能划转")
        writing.change(page, body="<p>新单位还没有公开的内容</p>")
        client.force_login(people.clerk)
        screen = client.get(f"/admin/review/{signed.pk}/")
        assert screen.status_code == 200 and signed.title in screen.text
        assert "还没有公开的内容" not in screen.text

    def test_a_body_takes_nothing_from_another_and_gives_nothing(self, columns, elsewhere, people):
        page = writing.article(columns[0])
        for person in (people.clerk, people.other_clerk):
            with pytest.raises(Refused):
                move(person, [page.pk], elsewhere.pk, "划转")
        assert where(page) == columns[0].pk

    def test_what_waits_at_the_gate_stays(self, columns, people):
        page = writing.article(columns[0], "等着审查")
        request(people.clerk, "portal.article", page.pk)
        with pytest.raises(ValidationError, match="等着审查"):
            move(people.clerk, [page.pk], columns[1].pk, "归类")

    def test_refusals_name_the_page(self, columns, people, county):
        page = writing.article(columns[0], slug="same")
        writing.article(columns[1], slug="same")
        with pytest.raises(ValidationError, match="same"):
            move(people.clerk, [page.pk], columns[1].pk, "归类")
        with pytest.raises(ValidationError, match="已公开"):
            move(people.leader, [columns[0].pk], columns[1].pk, "归类")
        inner = writing.column(columns[0], "里层")
        with pytest.raises(ValidationError, match="自己里面"):
            move(people.clerk, [inner.pk], inner.pk, "归类")
        with pytest.raises(ValidationError, match="单位名录"):
            move(people.office, [writing.section(county.fgj).pk], columns[1].pk, "归类")
        with pytest.raises(ValidationError, match="理由"):
            move(people.clerk, [inner.pk], columns[1].pk, " ")
        with pytest.raises(ValidationError, match="栏目"):
            move(people.clerk, [inner.pk], page.pk, "归类")


class TestWithdrawing:
    def test_all_at_once_and_back(self, columns, people):
        pages = [writing.through_the_gate(writing.article(columns[0], title)) for title in ("甲", "乙")]
        act = withdraw_pages(people.leader, [page.pk for page in pages], "数据有误", "更正中")
        assert not any(map(shown, pages))
        assert {one.notice for one in Release.objects.filter(kind="portal.article")} == {"更正中"}
        undo(people.leader, act)
        assert all(map(shown, pages))

    def test_one_that_is_not_public_stops_all(self, columns, people):
        public = writing.through_the_gate(writing.article(columns[0]))
        draft = writing.article(columns[0], "草稿一篇")
        with pytest.raises(ValidationError, match="草稿一篇"):
            withdraw_pages(people.leader, [public.pk, draft.pk], "数据有误")
        assert shown(public)

    def test_a_clerk_withdraws_nothing(self, columns, people):
        page = writing.through_the_gate(writing.article(columns[0]))
        with pytest.raises(Refused):
            withdraw_pages(people.clerk, [page.pk], "数据有误")
        with pytest.raises(Refused):
            withdraw_pages(people.other_leader, [page.pk], "数据有误")


class TestUndoing:
    @pytest.fixture
    def act(self, columns, people):
        self.page = writing.through_the_gate(writing.article(columns[0]))
        return withdraw_pages(people.leader, [self.page.pk], "数据有误")

    def test_not_after_ten_minutes(self, act, people, settings):
        later(settings, minutes=10, seconds=1)
        with pytest.raises(ValidationError, match="10 分钟"):
            undo(people.leader, act)

    def test_not_by_another(self, act, people):
        with pytest.raises(ValidationError, match="经办人"):
            undo(people.second_leader, act)

    def test_not_twice(self, act, people):
        undo(people.leader, act)
        with pytest.raises(ValidationError):
            undo(people.leader, act)

    def test_not_what_was_changed_since(self, act, people):
        writing.change(self.page, body="<p>改过。</p>")
        with pytest.raises(ValidationError, match="改动"):
            undo(people.leader, act)
        assert not shown(self.page)

    def test_not_what_was_put_forward_again(self, act, people):
        request(people.clerk, "portal.article", self.page.pk)
        with pytest.raises(ValidationError, match="又报送"):
            undo(people.leader, act)

    def test_not_what_was_moved_again(self, columns, people, elsewhere):
        page = writing.article(columns[0])
        act = move(people.clerk, [page.pk], columns[1].pk, "归类")
        move(people.office, [page.pk], elsewhere.pk, "划转")
        with pytest.raises(ValidationError, match="又移动过"):
            undo(people.clerk, act)

    def test_only_what_was_signed_comes_back(self, columns, people):
        """One that was taken back while it waited was never signed."""
        from gongkai.review.services import reopen, withdraw

        release = request(people.clerk, "portal.article", writing.article(columns[0]).pk)
        withdraw(people.clerk, release, "再改改")
        with pytest.raises(ValidationError):
            reopen(people.clerk, release, "误撤")
        assert Release.objects.get(pk=release.pk).state == State.WITHDRAWN
