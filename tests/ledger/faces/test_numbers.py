"""Every number is a link, and the list behind it has exactly that many records."""

import random
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.ledger import builders

from gongkai.foundation.access import Role
from gongkai.ledger.models import Assignment, State

LISTS = ("/admin/ledger/tasks/", "/admin/ledger/mine/")
SHARE = re.compile(r"(\d+)/(\d+)")


def numbers_on(html):
    """(number, address) of every link into a list that shows a number; “3/12” promises the twelve."""
    for link in LexborHTMLParser(html).css("main a[href]"):
        href, words = link.attributes["href"], link.text().strip()
        tile = "ledger-numbers" in (link.parent.parent.attributes.get("class") or "")
        if not (href.startswith(LISTS) or tile) or "page=" in href:
            continue
        if share := SHARE.search(words):
            yield int(share[2]), href
        elif link.parent.tag not in ("th", "nav") and (
            found := re.findall(r"\d+", (link.css_first("b") or link).text())
        ):
            yield int(found[-1]), href


def length_of(client, href):
    return client.get(href).context["page"].paginator.count


def check(client, address, *, at_least):
    found = list(dict.fromkeys(numbers_on(client.get(address).text)))
    assert len(found) >= at_least, address
    for number, href in random.Random(address).sample(found, min(len(found), 15)):
        assert length_of(client, urljoin(address, href)) == number, (address, href)


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["", "items/", "bodies/", "timeline/"])
@pytest.mark.parametrize(
    "query", ["", "state=submitted&state=to-accept", "overdue=1", "q=1", "overdue=0&role=responsible"]
)
def test_numbers_of_the_overviews(screen, query, scale, enter):
    check(enter(scale.office), f"/admin/ledger/{screen}?{query}", at_least=4)


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["ledger/", "ledger/bodies/", "ledger/mine/", ""])
def test_numbers_of_what_runs_out_of_time(screen, scale, at, enter):
    at("2023-09-25")  # what is due at the end of the month is at risk
    client = enter(scale.clerk if screen == "ledger/mine/" else scale.office)
    assert "有风险" in client.get(f"/admin/{screen}").text
    check(client, f"/admin/{screen}", at_least=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_numbers_under_random_conditions(seed, scale, enter):
    draw, client = random.Random(seed), enter(scale.office)
    bodies = draw.sample([body.pk for body in scale.bodies], 4)
    terms = [f"body={pk}" for pk in bodies] + [f"state={state}" for state in draw.sample(State.values, 3)]
    terms += draw.sample(["overdue=0", "evidence=0", "due_from=2023-08-01", "due_to=2023-12-31", "kind=department"], 2)
    for screen in ("", "items/", "bodies/", "timeline/"):
        check(client, f"/admin/ledger/{screen}?{'&'.join(terms)}", at_least=0)


def test_numbers_of_an_item(scale, enter):
    item = scale.plans[0].items.first()
    check(enter(scale.office), f"/admin/ledger/items/{item.pk}/", at_least=3)
    check(enter(scale.clerk), f"/admin/ledger/items/{item.pk}/", at_least=1)


@pytest.mark.slow
def test_duties_without_a_deadline_or_a_heading_can_be_listed(scale, enter):
    plan, client = scale.plans[0], enter(scale.office)
    item = builders.make_item(plan, "P1.1", "健全公开制度", due=None)
    for body in scale.bodies:
        builders.assign(item, body)
    for address in ("/admin/ledger/timeline/", "/admin/"):
        check(client, address, at_least=8)
    page = LexborHTMLParser(client.get("/admin/ledger/timeline/").text)
    undated = page.css(".ledger-timeline > li")[-1]
    assert "未规定完成时限" in undated.text() and "0/10" in undated.css_first("h2 a").text()
    assert length_of(client, undated.css_first("h2 a").attributes["href"]) == 10
    rows = LexborHTMLParser(client.get("/admin/").text).css(".office-charts figure tbody tr")
    alone = next(row for row in rows if "未分组" in row.text())
    assert [length_of(client, link.attributes["href"]) for link in alone.css("a")] == [0, 10, 0]


def test_what_came_back_is_counted_on_the_first_screen(county, plan, enter):
    builders.assign(builders.make_item(plan, "1"), county.czj, State.RETURNED)
    builders.assign(builders.make_item(plan, "2"), county.czj, State.SUBMITTED)
    client = enter(county.office)
    tiles = LexborHTMLParser(client.get("/admin/").text).css(".ledger-numbers a")
    tile = next(tile for tile in tiles if "已退回" in tile.text())
    assert tile.css_first("b").text() == "1" and length_of(client, tile.attributes["href"]) == 1


def test_numbers_of_my_tasks(scale, enter):
    check(enter(scale.clerk), "/admin/ledger/mine/", at_least=6)


@pytest.mark.slow
def test_numbers_of_the_first_screen(scale, enter):
    check(enter(scale.office), "/admin/", at_least=8)
    check(enter(scale.clerk), "/admin/", at_least=6)


def test_several_duties_of_one_item_lead_to_all_of_them(county, item, task, enter):
    second = item.obligations.create(key="1b", text="另一项义务", due=item.due)
    Assignment.objects.create(
        plan=item.plan, item=item, obligation=second, body=county.czj, due=item.due, changed_at=item.plan.opened_at
    )
    page = LexborHTMLParser(enter(county.office).get("/admin/ledger/?state=to-accept").text)
    link = page.css_first("td.c a")
    assert link.css_first("b").text() == "2"
    asked = parse_qs(urlsplit(link.attributes["href"]).query)
    assert asked["state"] == ["to-accept"] and asked["body"] == [str(county.czj.pk)]
    assert length_of(enter(county.office), link.attributes["href"]) == 2


def test_the_cell_of_one_duty_leads_to_its_page(county, task, enter):
    page = LexborHTMLParser(enter(county.office).get("/admin/ledger/").text)
    assert page.css_first("td.c a").attributes["href"] == f"/admin/ledger/assignments/{task.pk}/"


def test_names_on_the_board_are_escaped(county, plan, enter):
    county.czj.name = "<b>财政局</b>\"'&"
    county.czj.save()
    builders.assign(builders.make_item(plan, "1", '<script>alert("x")</script>'), county.czj)
    html = enter(county.office).get("/admin/ledger/").text
    assert "<b>财政局" not in html and '<script>alert("x")' not in html
    assert "&lt;b&gt;财政局&lt;/b&gt;&quot;" in html
    assert LexborHTMLParser(html).css_first("td.c a").attributes["title"].startswith("<b>财政局</b>\"'&")


def test_thirty_bodies_a_page_and_the_totals_of_all(at, db, enter):
    at("2023-09-20")
    filled = builders.fill(builders.Size(bodies=31, items=2), code="many")
    client = enter(filled.office)
    first, second = (LexborHTMLParser(client.get(f"/admin/ledger/?page={page}").text) for page in (1, 2))
    assert len(first.css(".ledger-board tbody tr")) == 30 and len(second.css(".ledger-board tbody tr")) == 1
    assert first.css_first("tfoot").text() == second.css_first("tfoot").text()
    assert first.css_first('[rel="next"]') is not None and second.css_first('[rel="next"]') is None


def test_only_the_whole_is_a_hundred_percent(county, item, task, enter):
    client = enter(county.office)
    share = lambda: LexborHTMLParser(client.get("/admin/ledger/").text).css_first("tbody td.sum").text()  # noqa: E731
    assert share() == "0%"
    Assignment.objects.update(state=State.ACCEPTED)
    assert share() == "100%"


def test_a_body_that_leads_is_marked_in_the_list(county, item, enter):
    builders.assign(item, county.czj, role="lead")
    assert "（牵头）" in enter(county.people["qs", Role.AUDITOR]).get("/admin/ledger/tasks/").text
