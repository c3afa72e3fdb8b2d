"""错链: found in what is public, shown to the body, closed by the check that found them."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.portal import writing
from tests.portal.writing import ensure_portal

from gongkai.foundation.access import Refused
from gongkai.foundation.snapshots import Probe
from gongkai.portal.links import services
from gongkai.portal.links.rectifying import CannotLook, findings, recheck
from gongkai.portal.links.services import check_all, check_links
from gongkai.portal.models import Address, ArticlePage, BrokenLink
from gongkai.rectification.models import Case
from gongkai.rectification.services import collect
from gongkai.review.models import Release, State
from gongkai.review.services import withdraw

pytestmark = pytest.mark.django_db
OUT = "https://www.example.gov.cn/x"


@pytest.fixture
def column(county, people):
    ensure_portal()
    return writing.through_the_gate(writing.column(writing.section(county.fgj)))


@pytest.fixture
def web(monkeypatch, settings):
    """What other sites answer; tests/foundation/snapshots asks a real one."""
    settings.GONGKAI_CHECK_LINKS = True
    answers: dict[str, bool | None] = {}
    asked: list[str] = []

    def answer(addresses):
        asked.extend(addresses)
        return {one: Probe(answers.get(one, True), "状态码 404") for one in addresses}

    monkeypatch.setattr(services, "probe", answer)
    return answers, asked


def public(column, *links: str, **fields) -> ArticlePage:
    anchors = "".join(f"<p><a {link}>参见</a></p>" for link in links)
    return writing.through_the_gate(writing.article(column, body=f"<p>正文。</p>{anchors}", **fields))


def said() -> list[str]:
    return list(BrokenLink.objects.values_list("why", flat=True))


def test_pages_that_are_gone_or_closed(column, people, county):
    other = writing.through_the_gate(writing.article(column, "另一篇"))
    page = public(column, f'linktype="page" id="{other.pk}"', 'linktype="page" id="999999"')
    assert check_all() == 1 and said() == ["指向的页面已删除"]
    link = BrokenLink.objects.get()
    assert (link.page_id, link.place, link.words, link.body) == (page.pk, 2, "参见", county.fgj)
    withdraw(
        people.leader, Release.objects.get(object_id=other.pk, state=State.APPROVED, kind="portal.article"), "有误"
    )
    assert check_all() == 2 and "指向的页面没有公开" in said()


def test_addresses_of_this_portal(column, county):
    hidden = writing.file(county.fgj)
    draft = writing.article(column, slug="caogao")
    page = public(
        column, f'href="/documents/{hidden.pk}/x.txt"', f'href="{draft.url or draft.get_url()}"', 'href="/ledger/"'
    )
    check_links(None, page)
    assert sorted(said()) == ["指向的附件没有公开或者已删除", "指向的页面没有公开"]


def test_what_nobody_outside_can_open(column):
    public(column, 'href="http://192.168.1.8/oa"', 'href="https://oa/x"', 'href="mailto:a@example.gov.cn"')
    assert check_all() == 2 and set(said()) == {"内部地址，公众打不开"}


def test_other_sites_are_not_asked_unless_allowed(column, web, settings):
    settings.GONGKAI_CHECK_LINKS = False
    page = public(column, f'href="{OUT}"')
    assert check_all() == 0 and check_links(None, page) == 0
    assert web[1] == [] and not Address.objects.exists()


def test_another_site_is_dead_after_two_nights(column, web):
    public(column, f'href="{OUT}"')
    web[0][OUT] = False
    assert check_all() == 0
    assert check_all() == 1 and said() == ["状态码 404"]
    web[0][OUT] = True
    assert check_all() == 0 and said() == []


def test_a_site_that_wants_a_password_is_not_called_dead(column, web):
    public(column, f'href="{OUT}"')
    web[0][OUT] = None
    assert [check_all(), check_all(), check_all()] == [0, 0, 0]


def test_what_answered_well_is_asked_again_after_a_week(column, web, settings):
    public(column, f'href="{OUT}"')
    check_all()
    check_all()
    assert web[1] == [OUT]
    settings.GONGKAI_NOW = (timezone.now().replace(year=2026, month=6, day=23)).isoformat()
    check_all()
    assert web[1] == [OUT, OUT]


def test_drafts_are_not_judged(column):
    writing.article(column, body='<p><a linktype="page" id="999999">甲</a></p>')
    assert check_all() == 0


def test_what_is_withdrawn_is_no_longer_listed(column, people):
    public(column, 'linktype="page" id="999999"')
    check_all()
    withdraw(people.leader, Release.objects.get(kind="portal.article", state=State.APPROVED), "有误")
    assert check_all() == 0 and said() == []


def test_the_body_mends_it_and_the_check_closes_the_case(column, people, county):
    page = public(column, 'linktype="page" id="999999"')
    check_all()
    assert [one.body_id for one in findings()] == [county.fgj.pk]
    collect(None)
    case = Case.objects.get(source="portal.links")
    assert case.body == county.fgj and "指向的页面已删除" in case.detail
    assert not recheck(case.reference).mended
    writing.through_the_gate(writing.change(page, body="<p>正文，没有链接了。</p>"))
    check_all()
    collect(None)
    assert recheck(case.reference).mended
    case.refresh_from_db()
    assert case.closed_at is not None


def test_the_recheck_says_when_it_cannot_look(column, web, settings):
    public(column, f'href="{OUT}"')
    web[0][OUT] = False
    check_all(), check_all()
    settings.GONGKAI_CHECK_LINKS = False
    with pytest.raises(CannotLook):
        recheck(BrokenLink.objects.get().reference)


@pytest.mark.slow
def test_a_slice_costs_what_one_article_does(column, django_assert_max_num_queries):
    for _number in range(12):
        public(column, 'linktype="page" id="999999"')
    check_all()
    with django_assert_max_num_queries(14):
        check_all()


class TestScreen:
    @pytest.fixture(autouse=True)
    def broken(self, column):
        self.page = public(column, 'linktype="page" id="999999"', title="有错链的文章")
        check_all()

    def test_the_body_sees_its_own(self, client, people):
        client.force_login(people.clerk)
        assert "有错链的文章" in client.get("/admin/portal/links/").content.decode()
        client.force_login(people.other_clerk)
        assert "有错链的文章" not in client.get("/admin/portal/links/").content.decode()

    def test_checked_again_by_its_button(self, client, people):
        client.force_login(people.clerk)
        data = {"link": BrokenLink.objects.get().pk}
        assert "还有 1 处错链" in client.post("/admin/portal/links/", data, follow=True).content.decode()
        client.force_login(people.other_clerk)
        assert client.post("/admin/portal/links/", data).status_code == 404

    def test_another_body_checks_nothing(self, people):
        with pytest.raises(Refused):
            check_links(people.other_clerk, self.page)

    def test_cost(self, client, people, django_assert_max_num_queries):
        client.force_login(people.office)
        client.get("/admin/portal/links/")
        with django_assert_max_num_queries(25):
            client.get("/admin/portal/links/")
