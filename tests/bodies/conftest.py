"""Two counties, their bodies and people, built directly; services are tested against them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User

TODAY = date(2026, 6, 15)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def today(settings) -> date:
    """Every test stands on 15 June 2026."""
    settings.GONGKAI_NOW = "2026-06-15T09:00:00+08:00"
    return TODAY


@pytest.fixture
def make_body(db) -> Callable[..., Body]:
    def make(code: str, name: str, kind: Kind = Kind.DEPARTMENT, parent: Body | None = None, **fields) -> Body:
        return Body.objects.create(code=code, name=name, kind=kind, parent=parent, **fields)

    return make


@pytest.fixture
def make_person(db) -> Callable[..., User]:
    """`make_person("li", (body, Role.CLERK), …)`: somebody who holds these roles since 2020."""

    def make(username: str, *held: tuple[Body, Role], **fields) -> User:
        user = User.objects.create_user(username, password="gongkai-demo", **fields)
        for body, role in held:
            RoleHolding.objects.create(user=user, body=body, role=role, since=LONG_AGO)
        keep_in_step(user)
        return user

    return make


@pytest.fixture
def qinghe(make_body) -> SimpleNamespace:
    """清河县: two departments, a vertical branch, a town, a sub-district, an institution and a water company."""
    county = make_body("qinghe", "清河县人民政府", Kind.COUNTY)
    return SimpleNamespace(
        county=county,
        czj=make_body("qinghe.czj", "清河县财政局", parent=county, short_names=["县财政局"]),
        jyj=make_body("qinghe.jyj", "清河县教育和体育局", parent=county),
        swj=make_body("qinghe.swj", "国家税务总局清河县税务局", Kind.VERTICAL, county, short_names=["县税务局"]),
        liulin=make_body("qinghe.liulin", "清河县柳林镇人民政府", Kind.TOWNSHIP, county),
        heyan=make_body("qinghe.heyan", "清河县河沿街道办事处", Kind.SUBDISTRICT, county),
        dag=make_body("qinghe.dag", "清河县档案馆", Kind.INSTITUTION, county),
        water=make_body("qinghe.water", "清河县供水公司", Kind.UTILITY, county),
    )


@pytest.fixture
def dongshan(make_body) -> SimpleNamespace:
    """东山县, a neighbour that must never be seen from 清河县."""
    county = make_body("dongshan", "东山县人民政府", Kind.COUNTY)
    return SimpleNamespace(county=county, czj=make_body("dongshan.czj", "东山县财政局", parent=county))


@pytest.fixture
def office(qinghe, make_person) -> User:
    return make_person("office", (qinghe.county, Role.OFFICE), name="周敏")


@pytest.fixture
def neighbour(dongshan, make_person) -> User:
    return make_person("office.dongshan", (dongshan.county, Role.OFFICE), name="邻县")


@pytest.fixture
def sysadmin(qinghe, make_person) -> User:
    return make_person("sysadmin", (qinghe.county, Role.SYSADMIN), name="系统员")


@pytest.fixture
def root(db) -> User:
    return User.objects.create_superuser("root", password="gongkai-demo")


@pytest.fixture
def clerk(qinghe, make_person) -> User:
    return make_person("clerk.qinghe.czj", (qinghe.czj, Role.CLERK), name="李明")
