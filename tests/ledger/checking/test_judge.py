"""The judgement by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.snapshots.reading import Page
from gongkai.ledger.checking.judge import Claim, Duty, Seen, date_in_path, is_doubtful, judge

DUTY = Duty("1", "公开重大项目建设信息", date(2023, 1, 1), date(2023, 12, 31))
URL = "http://www.qs.gov.cn/zwgk/1.html"
HOSTS = frozenset({"www.qs.gov.cn"})
TEXT = "重大项目建设资金安排如下"


def seen(**fields) -> Seen:
    page = Page(fields.pop("title", "公示"), fields.pop("day", date(2023, 6, 1)), fields.pop("text", TEXT))
    return Seen(**({"url": URL, "final_url": URL, "status": 200, "page": page} | fields))


def claim(title: str = "", duties=(DUTY,), hosts=HOSTS, other_uses=()) -> Claim:
    return Claim(title, duties, hosts, other_uses)


def codes(seen: Seen, claim: Claim) -> list[str]:
    return [finding["code"] for finding in judge(seen, claim)]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.cn/zwgk/202305/t20230506_1234.html", date(2023, 5, 6)),
        ("http://a.cn/2023-05-06/1.html", date(2023, 5, 6)),
        ("http://a.cn/art/2023/5/6/art_1_2.html", None),  # one digit might be anything
        ("http://a.cn/art/2023/05/06/art.html", date(2023, 5, 6)),
        ("http://a.cn/20231345.html", None),
        ("http://a.cn/20230231.html", None),
        ("http://a.cn/120230506.html", None),
        ("http://a.cn/1.html?d=20230506", None),
        ("", None),
    ],
)
def test_dates_in_addresses(url, day):
    assert date_in_path(url) == day


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["/x/t{:%Y%m%d}_9.html", "/{:%Y-%m-%d}/", "/{:%Y/%m/%d}/a"]),
)
def test_every_date_written_so_is_read(day, pattern):
    assert date_in_path("http://a.cn" + pattern.format(day)) == day


@given(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
def test_in_period_or_not(day):
    found = codes(seen(day=day), claim())
    assert found == ([] if DUTY.begin <= day <= DUTY.end else ["out-of-period"])


@pytest.mark.parametrize("status", [199, 301, 400, 403, 404, 410, 500, 503])
def test_only_success_is_alive(status):
    assert codes(seen(status=status), claim()) == ["dead"]


@pytest.mark.parametrize(
    ("title", "text", "gone"),
    [
        ("404 Not Found", "", True),
        ("页面未找到", "", True),
        ("公示", "对不起，您访问的页面不存在", True),
        ("公示", "关于404路公交线路调整的重大项目", False),
        ("公示", "如发现页面不存在，请联系我们。" + TEXT * 40, False),  # a footer, not the page
    ],
)
def test_pages_that_say_they_are_gone(title, text, gone):
    assert (codes(seen(title=title, text=text), claim()) == ["dead"]) is gone


def test_nothing_else_is_said_of_a_dead_link_but_its_other_uses():
    found = judge(Seen(URL, error="域名无法解析"), claim("标题", other_uses=["县教育局（2）"]))
    assert [finding["code"] for finding in found] == ["dead", "duplicate"]
    assert "域名无法解析" in found[0]["message"]


@pytest.mark.parametrize(
    ("url", "final", "expected"),
    [
        ("http://qs.gov.cn/1.html", "https://www.qs.gov.cn/1.html", []),
        ("http://www.qs.gov.cn/1.html", "http://www.example.com/1.html", ["redirected-away", "foreign-host"]),
        ("http://www.qs.gov.cn/1.html", "http://www.qs.gov.cn/", ["redirected-away"]),
        ("http://www.qs.gov.cn/", "http://www.qs.gov.cn/", []),
        ("http://www.qs.gov.cn/1.html", "http://www.qs.gov.cn/?id=1", []),
    ],
)
def test_where_it_leads(url, final, expected):
    assert codes(seen(url=url, final_url=final), claim()) == expected


@pytest.mark.parametrize(
    ("stated", "title", "fits"),
    [
        ("关于印发工作要点的通知", "关于印发工作要点的通知", True),
        ("关于印发工作要点的通知", "青山县关于印发“工作要点”的通知 - 青山县人民政府", True),
        ("青山县人民政府关于印发工作要点的通知", "关于印发工作要点的通知", True),
        ("关于印发2023年工作要点的通知", "关于印发二〇二三年工作要点的通知", True),
        ("财政预算公开", "关于印发工作要点的通知", False),
    ],
)
def test_titles(stated, title, fits):
    assert ("title-mismatch" not in codes(seen(title=title), claim(stated))) is fits


def test_a_file_has_no_words_to_hold_against_it():
    assert codes(seen(title="", text="", day=None), claim("预算公开")) == ["no-date"]


def test_a_duty_of_common_words_only_asks_for_none():
    common = Duty("5", "及时做好信息公开工作", DUTY.begin, DUTY.end)
    assert codes(seen(text="完全无关的内容"), claim(duties=[common])) == []


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=40))
def test_any_page_is_judged(title, text, stated):
    findings = judge(seen(title=title, text=text), claim(stated))
    assert is_doubtful(findings) == any(finding["severity"] == "warning" for finding in findings)
    assert all(finding["message"] for finding in findings)
