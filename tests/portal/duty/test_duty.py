"""栏目保障: seen before an inspector sees it, told to who must act, closed when it is fed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.portal import writing
from tests.portal.writing import ensure_portal
from tests.review.passing import holder

from gongkai.channels.models import Column
from gongkai.channels.services import state_none
from gongkai.foundation.access import Refused, Role, rights_of
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.registries import indicators, rectification_sources
from gongkai.portal.duty.selectors import columns_for, outdated
from gongkai.portal.duty.states import BLANK, FRESH, SOON, STALE, STANDINGS, UNRULED, look_of
from gongkai.portal.duty.telling import remind
from gongkai.portal.duty.withdrawing import withdraw_outdated
from gongkai.portal.models import ArticlePage, SectionPage
from gongkai.rectification.models import Case
from gongkai.rectification.services import collect
from gongkai.review.models import Release

TODAY = date(2026, 6, 15)


@pytest.fixture
def section(county) -> SectionPage:
    ensure_portal()
    return writing.section(county.fgj)


@pytest.fixture
def notices(section):
    return writing.through_the_gate(writing.column(section, "通知公告", column_type="通知公告"))


def fed(page, day: date | None, **facts) -> Column:
    """As if its newest content were of that day."""
    column = Column.objects.get(page_id=page.pk)
    column.newest_on = day
    for name, value in facts.items():
        setattr(column, name, value)
    column.save()
    return column


class TestStandings:
    """国办秘函〔2019〕19号: notices 6 months; from 80 % of the interval on a column is soon stale."""

    @pytest.mark.parametrize(
        ("newest", "look"),
        [
            (None, BLANK),
            (date(2025, 12, 16), STALE),  # 181 days
            (date(2025, 12, 17), SOON),  # 180: the last day
            (date(2026, 1, 22), SOON),  # 144 = 80 %
            (date(2026, 1, 23), FRESH),
            (TODAY, FRESH),
        ],
    )
    def test_by_the_day_of_the_newest_content(self, notices, newest, look):
        column = fed(notices, newest)
        assert look_of(column, TODAY) is look
        found = [key for key, one in STANDINGS.items() if column in one.among(Column.objects.all(), TODAY)]
        assert found == [look.key]

    def test_without_a_rule_it_is_never_stale_but_can_be_blank(self, notices):
        assert look_of(fed(notices, date(2019, 1, 1), max_days=None), TODAY) is UNRULED
        assert look_of(fed(notices, None, max_days=None), TODAY) is BLANK

    def test_a_column_of_an_outer_site_or_out_of_use_is_not_judged_here(self, notices):
        column = fed(notices, None)
        Column.objects.filter(pk=column.pk).update(active=False)
        assert column not in Column.objects.blank()


class TestReminding:
    def test_the_clerks_of_the_body_once_for_all_its_columns(self, notices, people):
        assert remind(TODAY) >= 5
        told = Notification.objects.filter(recipient=people.clerk, kind="portal.duty")
        assert told.count() == 1 and "5 个栏目" in told.get().title
        remind(TODAY)
        assert told.count() == 1
        fed(notices, date(2026, 1, 1))
        remind(TODAY)
        assert told.count() == 2

    def test_nobody_when_all_is_fed(self, notices, people, county):
        Column.objects.update(newest_on=TODAY, fed_on=TODAY)
        assert remind(TODAY) == 0


class TestRectification:
    def test_a_blank_column_is_a_case_that_closes_by_itself_when_fed(self, notices, people):
        collect(None)
        case = Case.objects.get(source="portal.blank", title="空白栏目：通知公告")
        assert case.body == people.clerk.holdings.get().body
        writing.through_the_gate(writing.article(notices))
        collect(None)
        case.refresh_from_db()
        assert case.state == "closed" and "更新及时" in case.check_words

    def test_a_stale_column_closes_by_a_statement(self, notices, people):
        column = fed(notices, date(2025, 1, 1))
        collect(None)
        case = Case.objects.get(source="portal.stale")
        assert "2025-01-01" in case.detail and case.severity == "serious"
        recheck = rectification_sources.get("portal.stale").recheck(str(column.pk))
        assert not recheck.mended or recheck.looked_at
        state_none(people.clerk, column, "没有需要公开的通知")
        collect(None)
        case.refresh_from_db()
        assert case.state == "closed"


class TestIndicators:
    def test_count_what_stands_in_the_lists(self, notices, county):
        read = indicators.get("portal.blank_columns").measure(county.fgj.pk, TODAY)
        assert (read.value, read.denominator) == (5, 5)
        assert ("清河县发展和改革局 · 通知公告", Column.objects.get(page_id=notices.pk).url) in read.records
        fed(notices, date(2025, 1, 1))
        assert indicators.get("portal.stale_columns").measure(None, TODAY).value == 1
        assert indicators.get("portal.fed_in_time").measure(county.fgj.pk, TODAY).value == 0
        fed(notices, TODAY)
        in_time = indicators.get("portal.fed_in_time").measure(county.fgj.pk, TODAY)
        assert (in_time.numerator, in_time.denominator) == (1, 3)


class TestOutdated:
    @pytest.fixture
    def old(self, notices) -> ArticlePage:
        return writing.through_the_gate(writing.article(notices, "旧通知", published_on=date(2024, 6, 14)))

    def listed(self, person) -> list[str]:
        return [one.title for one in outdated(columns_for(rights_of(person)), TODAY)]

    def test_older_than_its_column_keeps_it(self, old, notices, people):
        writing.through_the_gate(writing.article(notices, "新通知", published_on=date(2024, 6, 15)))
        assert self.listed(people.office) == ["旧通知"]

    def test_a_posting_of_a_year_ago_in_any_column(self, section, people):
        column = writing.through_the_gate(writing.column(section, "其他"))
        for title, day in (("招聘公告", date(2025, 6, 14)), ("选举结果", date(2025, 6, 14)), ("公示", TODAY)):
            writing.through_the_gate(writing.article(column, title, published_on=day))
        assert self.listed(people.clerk) == ["招聘公告"]

    def test_each_body_sees_its_own(self, old, people):
        assert self.listed(people.clerk) == ["旧通知"]
        assert self.listed(people.other_clerk) == []

    def test_withdrawn_by_the_gates_verb(self, old, people, county, client):
        leader = holder(county.fgj, Role.LEADER)
        done, refused = withdraw_outdated(leader, [old], "已过时")
        assert [one.state for one in done] == ["withdrawn"] and refused == []
        answer = client.get(old.url)
        assert answer.status_code == 410 and "已过时" in answer.text
        assert self.listed(people.office) == []

    def test_who_may_not_is_told_and_nothing_changes(self, old, people, client):
        done, refused = withdraw_outdated(people.clerk, [old], "已过时")
        assert done == [] and refused[0][0] == "旧通知"
        assert client.get(old.url).status_code == 200

    def test_a_reason_is_asked_for(self, old, people):
        with pytest.raises(ValidationError, match="撤稿理由"):
            withdraw_outdated(people.leader, [old], " ")
        assert Release.objects.filter(state="withdrawn").count() == 0


def test_a_statement_needs_a_reason_and_a_right(notices, people):
    column = Column.objects.get(page_id=notices.pk)
    with pytest.raises(ValidationError):
        state_none(people.clerk, column, "")
    with pytest.raises(Refused):
        state_none(people.other_clerk, column, "没有")
