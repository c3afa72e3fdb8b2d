"""Names and selectors of a row become bodies of the register."""

import pytest
from tests.ledger.importing.readings import item

from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.ledger.importing.missing import propose
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import Origin

pytestmark = pytest.mark.django_db


def expansion(draft, *names, names_settled=None, **fields):
    made = draft(item(1, "公开政策", *names, **fields))
    made.decisions = {"names": names_settled or {}}
    return Proposal(made).expansions["1"]


def codes(found) -> list[str]:
    return [given.body.code.removeprefix("qs.") for given in found.given]


@pytest.mark.parametrize("name", ["县交通运输局", "青山县交通运输局", "青山县交通局", "县交通运输局 "])
def test_full_short_and_former_names_find_the_body(draft, name):
    assert codes(expansion(draft, name)) == ["jtj"]


def test_selectors_reach_every_body_of_their_kinds(draft):
    assert codes(expansion(draft, selectors=["各乡镇人民政府", "街道办事处"])) == ["liulin", "shiqiao", "chengguan"]


def test_owners_of_new_media_accounts_of_the_county_level(draft):
    assert codes(expansion(draft, selectors=["县级政务新媒体主办单位"])) == ["jyj"]
    assert codes(expansion(draft, selectors=["各政务新媒体主办单位"])) == ["jyj", "liulin"]


def test_a_group_of_the_register_wins(draft, register):
    group = BodyGroup.objects.create(county=register.root, name="县级部门")
    register.czj.groups.add(group)
    assert codes(expansion(draft, selectors=["县级部门"])) == ["czj"]


def test_a_body_named_and_selected_has_one_task_in_its_named_role(draft):
    found = expansion(
        draft,
        selectors=["各乡镇人民政府"],
        assignees=[{"name": "柳林镇人民政府", "role": "lead"}, {"name": "柳林镇", "role": "support"}],
    )
    assert codes(found) == ["liulin", "shiqiao"]
    assert [(given.role, given.origin) for given in found.given] == [
        ("lead", Origin.NAMED),
        ("responsible", Origin.SELECTOR),
    ]


def test_the_secrecy_administration_is_the_bureau_of_that_name(draft, register):
    assert expansion(draft, selectors=["保密行政管理部门"]).hollow == ("保密行政管理部门",)
    Body.objects.create(code="qs.bmj", name="青山县国家保密局", kind=Kind.DEPARTMENT, parent=register.root)
    assert codes(expansion(draft, selectors=["保密行政管理部门"])) == ["bmj"]


def test_bodies_of_another_county_are_never_meant(draft):
    other = Body.objects.create(code="ds", name="东山县人民政府", kind=Kind.COUNTY)
    Body.objects.create(
        code="ds.sww", name="东山县水务局", kind=Kind.DEPARTMENT, parent=other, short_names=["县水务局"]
    )
    Body.objects.create(code="ds.bh", name="东山县北河镇人民政府", kind=Kind.TOWNSHIP, parent=other)
    found = expansion(draft, "县水务局", selectors=["各乡镇人民政府"])
    assert found.unknown == ("县水务局",)
    assert codes(found) == ["liulin", "shiqiao"]


def test_a_dissolved_body_is_unknown(draft, register):
    register.jtj.active_to = "2022-12-31"
    register.jtj.save()
    assert expansion(draft, "县交通运输局").unknown == ("县交通运输局",)


def test_an_unknown_name_can_mean_a_body_or_none(draft, register):
    assert expansion(draft, "县教体局").unknown == ("县教体局",)
    meant = expansion(draft, "县教体局", names_settled={"县教体局": register.jyj.pk})
    assert (codes(meant), meant.unknown) == (["jyj"], ())
    none = expansion(draft, "县教体局", names_settled={"县教体局": None})
    assert (codes(none), none.unknown) == ([], ())


@pytest.mark.parametrize(
    ("name", "kind", "full_name"),
    [
        ("县水务局", Kind.DEPARTMENT, "青山县水务局"),
        ("县政府办公室", Kind.DEPARTMENT, "青山县人民政府办公室"),
        ("青山生态环境局", Kind.VERTICAL, "青山生态环境局"),
        ("县税务局", Kind.VERTICAL, "青山县税务局"),
        ("东坪镇人民政府", Kind.TOWNSHIP, "东坪镇人民政府"),
        ("东关街道办事处", Kind.SUBDISTRICT, "东关街道办事处"),
        ("县融媒体中心", Kind.INSTITUTION, "青山县融媒体中心"),
        ("县城投公司", Kind.UTILITY, "青山县城投公司"),
    ],
)
def test_what_a_missing_body_probably_is(register, name, kind, full_name):
    proposed = propose(name, ["3"], register.root)
    assert (proposed.kind, proposed.full_name) == (kind, full_name)
    assert proposed.short_names == ([name] if name != full_name else [])
