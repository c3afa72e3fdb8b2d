"""期限怎么来的: the steps that led to a due date, and the bar of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger import builders

from gongkai.core.workdays import national
from gongkai.foundation.events.selectors import history
from gongkai.ledger import services
from gongkai.ledger.models import State
from gongkai.ledger.views.deadline import _bar, deadline_of


@pytest.fixture
def one(plan, county):
    item = builders.make_item(plan, "3", due=date(2023, 9, 30), deadline_text="9月底前")
    return builders.assign(item, county.czj, State.IN_PROGRESS)


def told(one, today):
    return deadline_of(one, history(one), date.fromisoformat(today))


def kinds(deadline):
    return [part.kind for part in deadline.bar]


def test_from_the_words_of_the_notice(one):
    deadline = told(one, "2023-09-20")
    assert deadline.steps[0].words == "通知原文“9月底前”，按 2023 年度计算，到期日为 2023年9月30日"
    # 20 to 30 September 2023: 21, 22, 25 to 28, and no more; 中秋 and 国庆 begin on the 29th.
    assert deadline.steps[-1].words == "今天 2023年9月20日，还剩 6 个工作日（10 天）"
    assert any("中秋" in line for line in deadline.steps[-1].working)
    assert (deadline.start, deadline.end, kinds(deadline)) == (date(2023, 1, 5), date(2023, 9, 30), ["gone", "left"])


def test_an_extension_with_its_ground_and_count(one, county, at):
    at("2023-09-20")
    one = services.extend(county.office, one, date(2023, 10, 31), "县政府办公室 9月18日 批示", "项目验收推迟")
    deadline = told(one, "2023-09-20")
    assert [step.words for step in deadline.steps][1] == "2023年9月20日延长期限：2023年9月30日 → 2023年10月31日"
    working = deadline.steps[1].working
    days = national().workdays_between(date(2023, 9, 30), date(2023, 10, 31))
    assert working[:3] == ("依据：县政府办公室 9月18日 批示", "理由：项目验收推迟", f"顺延 31 天，其中 {days} 个工作日")
    assert any("国庆" in line for line in working[3:])
    assert kinds(deadline) == ["gone", "left", "extended"]
    assert kinds(told(one, "2023-10-20")) == ["gone", "extended"]


def test_late(one):
    deadline = told(one, "2023-10-10")
    assert deadline.steps[-1].words == "今天 2023年10月10日，已逾期 10 天"
    assert kinds(deadline) == ["gone", "late"] and deadline.today_at == "100.00"


def test_on_the_day(one):
    deadline = told(one, "2023-09-30")
    assert "还剩 0 个工作日（0 天）" in deadline.steps[-1].words and kinds(deadline) == ["gone"]


def test_closed_counts_no_further(one):
    one.state = State.ACCEPTED
    deadline = told(one, "2024-02-01")
    assert len(deadline.steps) == 1 and deadline.end == date(2023, 9, 30) and kinds(deadline) == ["gone"]


@pytest.mark.parametrize(("text", "words"), [("", "通知未规定完成时限"), ("长期", "通知原文“长期”，没有确定的到期日")])
def test_without_a_day(text, words, plan, county):
    item = builders.make_item(plan, "4", due=None, deadline_text=text)
    deadline = told(builders.assign(item, county.czj), "2023-09-20")
    assert [step.words for step in deadline.steps] == [words]
    assert (deadline.bar, deadline.end, deadline.today_at) == ([], None, None)


def test_a_duty_with_a_day_of_its_own(one):
    one.due = date(2023, 6, 30)
    assert "本项义务在具体内容中另有时间，到期日为 2023年6月30日" in told(one, "2023-05-20").steps[0].words


def test_shown_on_the_page(one, county, enter):
    page = enter(county.clerk).get(f"/admin/ledger/assignments/{one.pk}/").text
    assert "期限怎么来的" in page and "通知原文“9月底前”" in page and "ledger-clock__bar" in page


def test_a_day_far_away_is_told_in_days(one, county, enter):
    one.due = date(2150, 1, 1)
    one.save()
    page = enter(county.clerk).get(f"/admin/ledger/assignments/{one.pk}/")
    assert page.status_code == 200 and "个工作日" not in page.context["deadline"].steps[-1].words


days = st.dates(date(2023, 1, 1), date(2025, 12, 31))


@given(start=days, first=days, due=days, today=days)
def test_the_bar_is_whole(start, first, due, today):
    """Whatever the days, the parts neither overlap nor leave a gap between the first day and the last."""
    first, due = sorted((first, due))
    end = max(due, today, start)
    parts = _bar(start, first, due, end, min(today, end))
    assert sum(float(part.percent) for part in parts) <= 100.1
    if start <= first and start <= today and start < end:
        assert sum(float(part.percent) for part in parts) == pytest.approx(100, abs=0.1)
