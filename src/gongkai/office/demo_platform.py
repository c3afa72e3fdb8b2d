"""The example county's platform: guides, yearly reports and what some bodies say of themselves, by the gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.bodies.models import Body
from gongkai.bodies.services import describe
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.office.demo_pictures import chart
from gongkai.portal.described import PROFILE
from gongkai.portal.models import ArticlePage, BlockKind, BlockPage, GuidePage, Profile
from gongkai.portal.reviewables import ARTICLE, GUIDE

BODIES = ("zfb", "fgj", "czj", "mzj")  # the others show what a platform looks like that nobody has fed
ILLUSTRATED = (".fgj", ".czj")  # whose newest report has a chart
TITLE, ADDRESS = "{name}政府信息公开指南", "{name}一楼"
HOURS = "工作日 9:00—12:00，14:00—18:00"
GUIDE_WORDS = {
    "classification": "机关职能、规划计划、统计信息、行政许可、财政预算决算、重大项目、民生政策等。",
    "arrangement": "每条信息有索引号，由机构代码、年份和流水号组成，按发布日期编排。",
    "obtaining": "在本网站查阅、检索、下载；也可以到县档案馆、县图书馆、县政务服务中心查阅。",
    "office_name": "办公室",
    "office_hours": HOURS,
    "fax": "无",
    "internet": "在本网站“依申请公开”栏目提交",
}
REPORT = "{name}{year}年政府信息公开工作年度报告"
REPORT_BODY = (
    "<h2>一、总体情况</h2><p>{year}年，{name}依照《政府信息公开条例》，及时公开机关职能、财政预算决算和本机关"
    "制发的文件，公开内容均经保密审查。</p>{chart}<h2>二、存在的主要问题及改进情况</h2><p>部分栏目更新不够及时；"
    "下一年按月核对栏目更新情况，逐项落实到人。</p>"
)
DUTIES = "承担法律、法规、规章规定的职责，完成县委、县政府交办的任务，主动公开本机关的政府信息。"
LEADERS = (("沈明远", "主要负责人", "主持全面工作"), ("许知行", "分管负责人", "分管政府信息公开、办公室"))

# Puts a record forward as this person, and takes it through the reviews of its body.
Send = Callable[[User, str, int], None]


def fill(county: Body, send: Send, clerk_of: Callable[[Body], User]) -> None:
    """Guides, two years of reports and 机构信息 of some bodies."""
    for code in BODIES:
        body = Body.objects.filter(code=f"{county.code}.{code}").first()
        if body is not None:
            _fill(body, clerk_of(body), send)


def _fill(body: Body, clerk: User, send: Send) -> None:
    blocks = {block.kind: block for block in BlockPage.objects.filter(path__startswith=body.section_page.path)}
    contact = {"office_address": ADDRESS.format(name=body.name), "telephone": body.contact_phone}
    guide = GuidePage(title=TITLE.format(name=body.name), slug="zhinan", **GUIDE_WORDS, **contact)
    _send(blocks[BlockKind.GUIDE], guide, clerk, GUIDE, send)
    years = (clock.today().year - 2, clock.today().year - 1)
    for year in years:
        words = {"name": body.name, "year": year}
        shown = chart(body, year, clerk) if body.code.endswith(ILLUSTRATED) and year == years[-1] else ""
        report = ArticlePage(
            title=REPORT.format(**words),
            slug=f"{year}",
            body=REPORT_BODY.format(**words, chart=shown),
            published_on=date(year + 1, 1, 20),
        )
        _send(blocks[BlockKind.ANNUAL], report, clerk, ARTICLE, send)
    describe(clerk, body, DUTIES, contact["office_address"], HOURS, body.contact_phone, LEADERS)
    send(clerk, PROFILE, Profile.objects.get(body=body).pk)


def _send(parent: BlockPage, page: Any, clerk: User, kind: str, send: Send) -> None:
    page.owner, page.live = clerk, False
    parent.add_child(instance=page)
    page.save_revision(user=clerk, clean=False)
    send(clerk, kind, page.pk)
