"""Finding a body by its names, asking who holds what, walking the tree."""

from datetime import date, timedelta

import pytest

from gongkai.bodies import selectors
from gongkai.bodies.models import Body, BodyGroup, Deputy, FormerName, Kind
from gongkai.foundation.access import Role, rights_of

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("清河县财政局", "qinghe.czj"),
        ("县财政局", "qinghe.czj"),
        (" 县 财政局 ", "qinghe.czj"),
        ("县教育和体育局", "qinghe.jyj"),  # not registered: follows from the full name
        ("县税务局", "qinghe.swj"),
        ("柳林镇人民政府", "qinghe.liulin"),
        ("柳林镇", "qinghe.liulin"),
        ("清河县柳林镇", "qinghe.liulin"),
        ("河沿街道", "qinghe.heyan"),
        ("清河县人民政府", "qinghe"),
    ],
)
def test_find_by_any_name(qinghe, name, code):
    found = selectors.find(qinghe.county, name, TODAY)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["财政局", "县财政", "县水利局", "", "东山县财政局"])
def test_find_guesses_nothing(qinghe, dongshan, name):
    assert selectors.find(qinghe.county, name, TODAY) is None


def test_two_counties_have_each_their_finance_bureau(qinghe, dongshan):
    assert selectors.find(dongshan.county, "县财政局", TODAY) == dongshan.czj
    assert selectors.find(qinghe.county, "县财政局", TODAY) == qinghe.czj


def test_a_former_name_is_found_then_and_later(qinghe):
    FormerName.objects.create(body=qinghe.jyj, name="县教育局", until=date(2019, 3, 1))
    assert selectors.find(qinghe.county, "县教育局", date(2018, 1, 1)) == qinghe.jyj
    assert selectors.find(qinghe.county, "县教育局", TODAY) == qinghe.jyj


def test_a_name_means_who_bore_it_that_day(qinghe):
    """县档案局 was the archive until 2019; the finance bureau (say) bears the name now."""
    FormerName.objects.create(body=qinghe.dag, name="县档案局", until=date(2019, 3, 1))
    Body.objects.filter(pk=qinghe.czj.pk).update(short_names=["县档案局"])
    assert selectors.find(qinghe.county, "县档案局", date(2019, 3, 1)) == qinghe.dag
    assert selectors.find(qinghe.county, "县档案局", date(2019, 3, 2)) == qinghe.czj


def test_of_two_past_bearers_the_later_is_meant_later_and_the_earlier_before(qinghe):
    FormerName.objects.create(body=qinghe.czj, name="县计划局", until=date(2010, 1, 1))
    FormerName.objects.create(body=qinghe.jyj, name="县计划局", until=date(2015, 1, 1))
    assert selectors.find(qinghe.county, "县计划局", date(2009, 1, 1)) == qinghe.czj
    assert selectors.find(qinghe.county, "县计划局", date(2012, 1, 1)) == qinghe.jyj
    assert selectors.find(qinghe.county, "县计划局", TODAY) == qinghe.jyj


def test_a_name_two_bodies_answer_to_finds_neither(qinghe):
    for body in (qinghe.czj, qinghe.jyj):
        FormerName.objects.create(body=body, name="县综合局", until=None)
    assert selectors.find(qinghe.county, "县综合局", TODAY) is None


def test_a_dissolved_body_is_found_only_while_it_was_there(qinghe):
    Body.objects.filter(pk=qinghe.dag.pk).update(active_to=date(2025, 12, 31))
    assert selectors.find(qinghe.county, "县档案馆", date(2025, 12, 31)) == qinghe.dag
    assert selectors.find(qinghe.county, "县档案馆", TODAY) is None


def test_find_asks_twice_however_many_bodies(qinghe, django_assert_num_queries):
    with django_assert_num_queries(2):
        selectors.find(qinghe.county, "县财政局", TODAY)


def test_the_lexicon_resolves_what_find_finds(qinghe):
    FormerName.objects.create(body=qinghe.jyj, name="县教育局", until=date(2019, 3, 1))
    group = BodyGroup.objects.create(county=qinghe.county, name="执法单位")
    qinghe.czj.groups.add(group)
    lexicon = selectors.lexicon(qinghe.county)
    for name in ("县财政局", "县教育和体育局", "柳林镇", "河沿街道", "县税务局"):
        resolved = lexicon.resolve(name)
        assert resolved is not None
        body, former = resolved
        assert not former
        assert body.name == selectors.find(qinghe.county, name, TODAY).name
    assert lexicon.resolve("县教育局")[1] is True
    assert lexicon.groups == {"执法单位"}
    assert {body.kind for body in lexicon.bodies} == set(Kind)


def test_the_lexicon_splits_two_names_that_run_together(qinghe):
    assert selectors.lexicon(qinghe.county).split("县财政局县教育和体育局") == ["县财政局", "县教育和体育局"]


def test_the_lexicon_costs_three_queries(qinghe, django_assert_num_queries):
    with django_assert_num_queries(3):
        selectors.lexicon(qinghe.county)


def test_holders_with_deputies_and_county_roles_from_above(qinghe, clerk, office, make_person):
    deputy = make_person("deputy")
    reviewer = make_person("reviewer", (qinghe.czj, Role.REVIEWER))
    Deputy.objects.create(holding=clerk.holdings.get(), user=deputy, since=TODAY, until=TODAY)
    assert set(selectors.holders(qinghe.czj, Role.CLERK, on=TODAY)) == {clerk, deputy}
    assert set(selectors.holders(qinghe.czj, Role.CLERK, on=TODAY + timedelta(days=1))) == {clerk}
    assert set(selectors.holders(qinghe.czj, Role.CLERK, Role.REVIEWER, on=TODAY)) == {clerk, deputy, reviewer}
    assert set(selectors.holders(qinghe.czj, Role.OFFICE, on=TODAY)) == {office}
    assert not selectors.holders(qinghe.jyj, Role.CLERK, on=TODAY)


def test_holders_leaves_out_closed_accounts(qinghe, clerk):
    clerk.is_active = False
    clerk.save()
    assert not selectors.holders(qinghe.czj, Role.CLERK, on=TODAY)


def test_descendants_stand_under_their_parents(qinghe, make_body, django_assert_num_queries):
    fund = make_body("qinghe.czj.fund", "国库中心", Kind.INSTITUTION, qinghe.czj)
    deep = make_body("qinghe.czj.fund.a", "国库一科", Kind.INSTITUTION, fund)
    with django_assert_num_queries(1):
        found = selectors.descendants(qinghe.county)
    assert found.index(deep) == found.index(fund) + 1 == found.index(qinghe.czj) + 2
    assert len(found) == 9
    assert selectors.descendants(qinghe.czj) == [fund, deep]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("财政", ["qinghe.czj"]),
        ("县税务局", ["qinghe.swj"]),
        ("教育局", ["qinghe.jyj"]),
        ("heyan", ["qinghe.heyan"]),
        ("火星", []),
    ],
)
def test_search_looks_at_every_name(qinghe, text, codes):
    FormerName.objects.create(body=qinghe.jyj, name="县教育局", until=None)
    assert [body.code for body in selectors.search(Body.objects.all(), text)] == codes


def test_bodies_and_people_of_a_person_s_reach(qinghe, dongshan, office, neighbour, clerk, root):
    assert set(selectors.bodies_for(rights_of(office))) == set(vars(qinghe).values())
    assert set(selectors.bodies_for(rights_of(clerk))) == {qinghe.czj}
    assert set(selectors.people_for(rights_of(office))) == {office, clerk}
    assert set(selectors.people_for(rights_of(neighbour))) == {neighbour}
    assert set(selectors.people_for(rights_of(root))) >= {office, neighbour, clerk, root}
    assert set(selectors.counties()) == {qinghe.county, dongshan.county}
