"""Query budgets: a screen asks the database as often for ten assignments as for five hundred."""

import pytest
from tests.ledger import builders

BUDGETS = {"": 23, "items/": 18, "bodies/": 18, "timeline/": 18, "tasks/": 18, "mine/": 15}
SIZES = {"small": builders.Size(bodies=2, items=5), "large": builders.Size(bodies=20, items=25)}


@pytest.fixture(params=SIZES)
def filled(request, db, at):
    at("2023-09-20")
    return builders.fill(SIZES[request.param], events=True)


@pytest.mark.parametrize("screen", BUDGETS)
def test_lists_and_board(screen, filled, enter, django_assert_max_num_queries):
    client = enter(filled.clerk if screen == "mine/" else filled.office)
    client.get("/admin/ledger/")  # content types and sites are asked for once by a process
    with django_assert_max_num_queries(BUDGETS[screen]):
        client.get(f"/admin/ledger/{screen}")


def test_first_screen(filled, enter, django_assert_max_num_queries):
    for user in (filled.office, filled.clerk):
        client = enter(user)
        client.get("/admin/")
        with django_assert_max_num_queries(40):
            client.get("/admin/")


def test_pages_of_items_and_assignments(filled, enter, django_assert_max_num_queries):
    plan, client = filled.plans[0], enter(filled.office)
    client.get("/admin/ledger/")
    for address in (f"assignments/{plan.assignments.first().pk}/", f"items/{plan.items.first().pk}/"):
        with django_assert_max_num_queries(30):
            client.get(f"/admin/ledger/{address}")
