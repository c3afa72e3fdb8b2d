"""Two counties with an office each, and one site with a column and an account."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.bodies.models import Body, Kind, RoleHolding
from gongkai.bodies.sections import keep_in_step
from gongkai.channels.models import Account, Column, ColumnClass, Platform, Site
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User


@pytest.fixture(autouse=True)
def today(settings) -> date:
    settings.GONGKAI_NOW = "2026-06-15T09:00:00+08:00"
    return date(2026, 6, 15)


def county_of(code: str, place: str) -> SimpleNamespace:
    county = Body.objects.create(code=code, name=f"{place}人民政府", kind=Kind.COUNTY)
    made = {
        key: Body.objects.create(code=f"{code}.{key}", name=f"{place}{name}", kind=Kind.DEPARTMENT, parent=county)
        for key, name in (("zfb", "人民政府办公室"), ("jyj", "教育局"), ("wlj", "文化和旅游局"))
    }
    office = person(f"office.{code}", county, Role.OFFICE)
    return SimpleNamespace(county=county, office=office, **made)


def person(username: str, body: Body, role: Role) -> User:
    user = User.objects.create_user(username, password="gongkai-demo")
    RoleHolding.objects.create(user=user, body=body, role=role, since=date(2020, 1, 1))
    keep_in_step(user)
    return user


@pytest.fixture
def qinghe(db) -> SimpleNamespace:
    made = county_of("qinghe", "清河县")
    made.clerk = person("clerk", made.jyj, Role.CLERK)
    made.site = Site.objects.create(name="清河县人民政府网", url="http://www.qinghe.example/", owner=made.zfb)
    made.column = Column.objects.create(
        site=made.site, name="义务教育", owner=made.jyj, column_class=ColumnClass.STATUTORY, max_days=180
    )
    made.account = Account.objects.create(name="清河发布", platform=Platform.WECHAT, owner=made.zfb)
    return made


@pytest.fixture
def dongshan(db) -> SimpleNamespace:
    return county_of("dongshan", "东山县")
