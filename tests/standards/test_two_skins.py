"""“两张皮” over a county of several bodies: gaps of every kind at once, and the machine's JSON names exactly those."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from tests.portal.writing import article, ensure_portal, section, through_the_gate
from tests.remembering import remembered
from tests.standards.planting import NEW, OLD, filled, imported, link, open_column, outside_page, owing, row

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.channels.models import Column
from gongkai.channels.services import state_none
from gongkai.foundation.access import Role
from gongkai.portal.tree import COLUMNS
from gongkai.standards.models import Catalogue
from gongkai.standards.services import adopt, exempt, link_address, look_outside, set_column

pytestmark = pytest.mark.slow


@pytest.fixture
def town(county, people):
    return made_town(county, people)


@remembered
def made_town(county, people):
    made = Body.objects.create(code="qinghe.bl", name="清河县白鹿镇人民政府", kind=Kind.TOWNSHIP, parent=county.body)
    ensure_portal()
    RoleHolding.objects.create(user=people.office, body=made, role=Role.CLERK, since=date(2020, 1, 1))
    return made


@pytest.fixture
def planted(county, people, town, outside):
    of_the_department(county, people)
    of_the_township(county, people, town)
    of_the_county(county, people, town, outside)  # last: the site outside has another address each time


@remembered
def of_the_department(county, people):
    """A department's own catalogue with its column: C1 twice, C2, C3 three times, C4, and one row with three faults."""
    actor, body = people.clerk, county.fgj
    limits = {"每季度": "每季度公开", "每年": "每年3月底前", "晚公开": "20个工作日内", "三处": "7个工作日内"}
    matters = (
        "办事指南",
        "没有对应",
        "空栏目",
        "撤下",
        "久未更新",
        "每季度",
        "每年",
        "本季度",
        "三处",
        "未涉及",
        "常设",
    )
    lines = [owing(name, **({"limit": limits[name]} if name in limits else {})) for name in matters]
    lines += [owing("本季", limit="每季度公开"), owing("依申请", proactive="", on_request="√")]
    catalogue = imported(body, *lines, actor=actor)
    home = open_column(section(body), "项目专栏")
    set_column(actor, catalogue, COLUMNS, str(home.pk))
    link(actor, catalogue, "办事指南", filled(home, "办事指南"))
    link(actor, catalogue, "空栏目", open_column(home, "空栏目"))
    gone = filled(home, "撤下")
    link(actor, catalogue, "撤下", gone)
    link(actor, catalogue, "久未更新", filled(home, "久未更新", OLD))
    link(actor, catalogue, "每季度", filled(home, "每季度", date(2025, 12, 31)))
    link(actor, catalogue, "本季", filled(home, "本季", date(2026, 1, 5)))
    link(actor, catalogue, "每年", filled(home, "每年", date(2025, 12, 31)))
    link(actor, catalogue, "本季度", filled(home, "本季度"))
    link(actor, catalogue, "常设", filled(home, "常设", OLD), standing=True)
    link(actor, catalogue, "三处", gone)
    link(actor, catalogue, "三处", filled(home, "三处", OLD))
    link(actor, catalogue, "三处", filled(county.czj, "别家的三处"))
    exempt(actor, row(catalogue, "未涉及"), "没有这类项目")
    through_the_gate(article(home, "单位运动会", published_on=NEW))
    gone.unpublish()


def of_the_county(county, people, town, outside):
    """The county's catalogue names its departments, one by one and several at a time; pages outside."""
    pages, base = outside
    named = {"财政公开": "清河县财政局", "错放": "清河县财政局", "审批": "相关审批部门", "乡镇事": "各乡镇人民政府", "乡镇错": "各乡镇人民政府"}  # fmt: skip
    lines = [owing(name) | {"body": body} for name, body in named.items()]
    lines += [owing(name) for name in ("站外好", "站外无", "站外别", "暂无")]
    catalogue = imported(county.body, *lines, actor=people.office, title="财政预决算领域目录", sheet="财政预决算")
    link(people.office, catalogue, "财政公开", filled(county.czj, "财政公开"))
    link(people.office, catalogue, "错放", filled(county.fgj, "错放"))
    link(people.office, catalogue, "审批", filled(county.fgj, "审批"))
    link(people.office, catalogue, "乡镇事", filled(town, "乡镇事"))
    link(people.office, catalogue, "乡镇错", filled(county.fgj, "乡镇错"))
    pages.update({"/good": outside_page("站外好的公告"), "/other": outside_page("县情介绍")})
    for name, path in (("站外好", "/good"), ("站外无", "/gone"), ("站外别", "/other")):
        link_address(people.office, row(catalogue, name), base + path)
    nothing = open_column(section(county.body), "暂无")
    link(people.office, catalogue, "暂无", nothing)
    state_none(people.office, Column.objects.get(page_id=nothing.pk), "本年度没有")


@remembered
def of_the_township(county, people, town):
    """A template taken over: what the township owes is its own, in a column of the county's."""
    template = imported(county.body, owing("镇里的事"), owing("镇里没有"), actor=people.office, template=True, sheet="社会救助", title="社会救助领域目录")  # fmt: skip
    (taken,) = adopt(people.office, template, [town])
    home = open_column(section(town), "救助专栏")
    set_column(people.office, taken, COLUMNS, str(home.pk))
    link(people.office, taken, "镇里的事", filled(home, "镇里的事"))
    through_the_gate(article(home, "镇里的杂事", published_on=NEW))


EXPECTED = [
    ("qinghe.fgj", "C1", "没有对应"),
    ("qinghe.fgj", "C1", "空栏目"),
    ("qinghe.fgj", "C2", "撤下"),
    ("qinghe.fgj", "C3", "久未更新"),
    ("qinghe.fgj", "C3", "每季度"),
    ("qinghe.fgj", "C3", "每年"),
    ("qinghe.fgj", "C2", "三处"),
    ("qinghe.fgj", "body", "三处"),
    ("qinghe.fgj", "C3", "三处"),
    ("qinghe.fgj", "C4", "单位运动会"),
    ("qinghe.czj", "body", "错放"),
    ("qinghe", "body", "乡镇错"),
    ("qinghe", "C2", "站外无"),
    ("qinghe", "C2", "站外别"),
    ("qinghe.bl", "C1", "镇里没有"),
    ("qinghe.bl", "C4", "镇里的杂事"),
]


def said_by_the_command(capsys, *options):
    capsys.readouterr()
    call_command("standards_reconcile", "--format", "json", *options)
    return json.loads(capsys.readouterr().out)


def test_exactly_the_planted_gaps_of_every_kind_in_every_body(planted, capsys):
    look_outside(None)
    said = said_by_the_command(capsys)
    found = [(one["responsible"], one["rule"], one["matter"]) for one in said["findings"]]
    assert sorted(found) == sorted(EXPECTED)
    assert said["gaps"] == {"C1": 3, "C2": 4, "body": 3, "C3": 4, "C4": 2}
    assert said["apart"] == 7 + 2, "rows that fail C1 or C2, each once, and content that fails C4"
    covered = {(one["body"], one["field"]): (one["due"], one["covered"], one["gaps"]) for one in said["coverage"]}
    assert covered == {
        ("qinghe.fgj", "major-projects"): (11, 7, 7),
        ("qinghe", "budgets"): (9, 7, 4),
        ("qinghe.bl", "social-assistance"): (2, 1, 1),
    }
    assert said["rate"] == round(15 / 22, 4)


def test_of_one_body_alone(planted, capsys):
    said = said_by_the_command(capsys, "--body", "qinghe.bl")
    assert [(one["rule"], one["matter"]) for one in said["findings"]] == [("C1", "镇里没有"), ("C4", "镇里的杂事")]
    assert Catalogue.objects.owed().count() == 3
