"""The platform of the example county stands by the gate like any other."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.portal.writing import ensure_portal
from tests.review.county import county, person, standing_still  # noqa: F401
from tests.review.passing import holder, sign

from gongkai.channels.models import Column
from gongkai.foundation.access import Role
from gongkai.office import demo_platform
from gongkai.portal.models import AttachmentFile
from gongkai.review.models import Release
from gongkai.review.services import request


@pytest.mark.slow
def test_guides_reports_and_what_bodies_say_of_themselves_are_public(county):  # noqa: F811
    ensure_portal()

    def send(clerk, kind, record):
        release = request(clerk, kind, record)
        sign(holder(release.body, Role.LEADER), release)

    demo_platform.fill(county.body, send, lambda body: holder(body, Role.CLERK))
    for code in ("fgj", "czj"):
        section, guide, reports = (
            Client().get(f"/qinghe-{code}/{place}").text for place in ("", "zhinan/", "nianbao/")
        )
        assert "沈明远" in section and "主持全面工作" in section
        assert "互联网联系方式" in guide
        assert reports.index("2025年政府信息公开") < reports.index("2024年政府信息公开")
    chart = re.search(
        r'<img src="(/pictures/\d+/)".* alt="条形图：清河县财政局2025年', Client().get("/qinghe-czj/nianbao/2025/").text
    )
    assert Client().get(chart[1]).status_code == 200 and AttachmentFile.objects.count() == 2
    assert Release.objects.exclude(state="approved").count() == 0
    assert Column.objects.blank().filter(owner=county.fgj).count() == 2
