"""青山县 with two towns, a sub-district and a new-media account, ready to import."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from tests.ledger.importing.readings import draft_of, item, reading

from gongkai.bodies.models import Body, FormerName, Kind
from gongkai.channels.models import Account, Platform
from gongkai.ledger.models import Draft


@pytest.fixture
def register(county) -> SimpleNamespace:
    """`county` with two towns, a sub-district, and a transport bureau that had another name."""

    def body(code: str, name: str, kind: Kind, order: int) -> Body:
        return Body.objects.create(code=f"qs.{code}", name=name, kind=kind, parent=county.root, order=order)

    county.jtj = body("jtj", "青山县交通运输局", Kind.DEPARTMENT, 3)
    FormerName.objects.create(body=county.jtj, name="青山县交通局", until="2019-03-01")
    county.liulin = body("liulin", "青山县柳林镇人民政府", Kind.TOWNSHIP, 11)
    county.shiqiao = body("shiqiao", "青山县石桥乡人民政府", Kind.TOWNSHIP, 12)
    county.chengguan = body("chengguan", "青山县城关街道办事处", Kind.SUBDISTRICT, 13)
    Account.objects.create(name="青山教育", platform=Platform.WECHAT, owner=county.jyj)
    Account.objects.create(name="柳林发布", platform=Platform.WECHAT, owner=county.liulin)
    return county


@pytest.fixture
def draft(register) -> Callable[..., Draft]:
    """`draft(item(…), …, findings=[…])`: an uploaded notice; two plain items when none are given."""

    def make(*items, **fields) -> Draft:
        rows = items or (
            item(1, "公开财政预算决算", "县财政局"),
            item(2, "公开教育政策及其实施情况", "县教育局", selectors=["各乡镇人民政府", "街道办事处"]),
        )
        return draft_of(register.root, register.office, reading(*rows, **fields))

    return make
