"""Two counties side by side: neither sees anything of the other on any screen of daily work."""

import pytest
from tests.ledger import builders

MARK = "邻县独有"


@pytest.fixture
def neighbours(county, task):
    """Beside 青山县 another county with a plan of the same year, whose every text bears the mark."""
    there = builders.fill(builders.Size(bodies=3, items=4), code="lin")
    there.plans[0].title = f"{MARK}通知"
    there.plans[0].save()
    for item in there.plans[0].items.all():
        item.text = f"{MARK}事项{item.key}"
        item.save()
    for body in there.bodies:
        body.name = f"{MARK}单位{body.pk}"
        body.save()
    return there


@pytest.mark.parametrize("who", ["office", "clerk"])
@pytest.mark.parametrize("screen", ["", "tasks/", "items/", "bodies/", "timeline/", "mine/"])
def test_lists(who, screen, county, neighbours, enter):
    if (who, screen) == ("office", "mine/"):
        pytest.skip("the office has no tasks of its own")
    client = enter(getattr(county, who))
    there = neighbours.plans[0]
    assert MARK not in client.get(f"/admin/ledger/{screen}").text
    conditions = f"body={neighbours.bodies[0].pk}&item={there.items.first().pk}&group={there.groups.first().pk}"
    assert MARK not in client.get(f"/admin/ledger/{screen}?{conditions}").text


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_addresses_of_the_other_county(who, county, neighbours, enter):
    client, there = enter(getattr(county, who)), neighbours.plans[0]
    one, item = there.assignments.first(), there.items.first()
    piece = builders.evidence_for(one, neighbours.clerk)
    for address in (
        f"?plan={there.pk}",
        f"tasks/?plan={there.pk}",
        f"export/{there.pk}/",
        f"items/{item.pk}/",
        f"assignments/{one.pk}/",
        f"evidence/{piece.pk}/file/",
    ):
        assert client.get(f"/admin/ledger/{address}").status_code == 404, address
    for address in (f"items/{item.pk}/add/", f"items/{item.pk}/release/", f"assignments/{one.pk}/comment/"):
        assert client.post(f"/admin/ledger/{address}").status_code == 404, address


def test_bulk_actions_do_not_reach_over(county, neighbours, enter):
    many = list(neighbours.plans[0].assignments.filter(state="submitted"))
    before = builders.states(many)
    data = {"action": "close", "id": [one.pk for one in many], "next": "/admin/ledger/"}
    enter(county.office).post("/admin/ledger/bulk/", data)
    assert builders.states(many) == before


def test_first_screen_and_each_sees_the_own(county, task, neighbours, enter):
    assert MARK not in enter(county.office).get("/admin/").text
    assert MARK in enter(neighbours.office).get("/admin/ledger/").text
    assert "青山县" not in enter(neighbours.office).get("/admin/ledger/").text
