"""公开主体: one body, several by an expression or a list, or nobody that the register knows."""

import pytest
from tests.standards.planting import imported, owing, row

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.standards.naming import Named


@pytest.fixture
def towns(county):
    make = lambda n: Body.objects.create(  # noqa: E731
        code=f"qinghe.t{n}", name=f"清河县白鹿{n}镇人民政府", kind=Kind.TOWNSHIP, parent=county.body
    )
    return [make(1), make(2)]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("清河县财政局", []),  # one body: it owes the matter itself
        ("各乡镇人民政府", ["t1", "t2"]),
        ("各乡镇（街道）", ["t1", "t2"]),
        ("相关审批部门", ["fgj", "czj"]),
        ("负责管理的部门", ["fgj", "czj"]),
        ("县直各有关部门、各乡镇", ["fgj", "czj", "t1", "t2"]),
        ("县发展和改革局、县财政局", ["fgj", "czj"]),
        ("县发展和改革局\n县财政局", ["fgj", "czj"]),
        ("县财政局及白鹿1镇人民政府", ["czj", "t1"]),
        ("某某公司", []),
        ("", []),
    ],
)
def test_whom_a_name_means(county, people, towns, name, meant):
    catalogue = imported(county.body, owing("办事指南") | {"body": name}, actor=people.office)
    found = Named(clock.today()).bodies(row(catalogue, "办事指南"))
    assert [one.code.rpartition(".")[2] for one in found] == meant


def test_each_name_is_looked_up_once(county, people, towns, django_assert_max_num_queries):
    lines = [owing(f"事项{n}") | {"body": "各乡镇人民政府"} for n in range(20)]
    catalogue = imported(county.body, *lines, actor=people.office)
    rows = list(catalogue.rows.select_related("catalogue"))
    with django_assert_max_num_queries(4):
        named = Named(clock.today())
        assert {tuple(named.several(one)) for one in rows} == {tuple(body.pk for body in towns)}
