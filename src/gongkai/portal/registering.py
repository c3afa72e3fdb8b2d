"""Every column of the portal stands in the register of channels, where its owner and its update rule are."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from gongkai.bodies.models import Body
from gongkai.channels.models import Column, ColumnClass, Site
from gongkai.channels.services import PageColumn, follow_page, portal_site, register_pages
from gongkai.core import platform
from gongkai.core.platform import Rule
from gongkai.portal.models import BlockPage, ColumnPage, HomePage, SectionPage
from gongkai.portal.selectors import home_title

CLASSES = {
    "通知公告": ColumnClass.NOTICE,
    "政策文件": ColumnClass.POLICY,
    "政策解读": ColumnClass.POLICY,
    "工作动态": ColumnClass.NEWS,
    "办事服务": ColumnClass.GUIDE,
    "回应关切": ColumnClass.INTERACTION,
    "咨询投诉": ColumnClass.INTERACTION,
    "征集调查": ColumnClass.INTERACTION,
    "在线访谈": ColumnClass.INTERACTION,
}


def register(pages: Sequence[tuple[Page, Body]]) -> None:
    """Those of the pages, each with its body, that are not there yet; one statement for many."""
    known = set(Column.objects.filter(page__isnull=False).values_list("page_id", flat=True))
    pages = [(page, body) for page, body in pages if page.pk not in known]
    sites: dict[int, tuple[Site, HomePage]] = {}
    for _page, body in pages:
        if body.root.pk not in sites:
            sites[body.root.pk] = _site_of(body.root)
    for county, (site, home) in sites.items():
        register_pages(site, [said_by(page, body, site, home) for page, body in pages if body.root.pk == county])


def follow(page: Page) -> Column | None:
    """Bring the register up to what the page says now; a point it may owe is registered once something stands in it."""
    body = _body_of(page)
    if body is None:
        return None
    known = Column.objects.filter(page_id=page.pk).exists()
    if not known and isinstance(page, ColumnPage) and _may_be_owed(page) and page.is_leaf():
        return None
    site, home = _site_of(body.root)
    return follow_page(site, said_by(page, body, site, home))


def said_by(page: Page, body: Body, site: Site, home: HomePage) -> PageColumn:
    rule = rule_of(page)
    address = site.url.rstrip("/") + page.url_path[len(home.url_path) - 1 :]
    in_use = page.live and body.successor_id is None
    return PageColumn(page.pk, page.title, address, body, in_use, _class_of(page), rule.max_days, rule.outdated)


def rule_of(page: Page) -> Rule:
    """The update rule that comes with the kind of column; a column without a class has none."""
    if isinstance(page, BlockPage):
        return platform.rules()[page.block.rule or "none"]
    entry = platform.column_types().get(getattr(page, "column_type", ""))
    return platform.rules()[entry.rule if entry else "none"]


def _class_of(page: Page) -> ColumnClass:
    if isinstance(page, BlockPage) or (isinstance(page, ColumnPage) and page.point):
        return ColumnClass.STATUTORY
    return CLASSES.get(getattr(page, "column_type", ""), ColumnClass.OTHER)


def _may_be_owed(page: ColumnPage) -> bool:
    point = platform.points().get(page.point)
    return point is not None and not point.always


def _body_of(page: Page) -> Body | None:
    section = SectionPage.objects.ancestor_of(page).select_related("body__county").order_by("-depth").first()
    return section.body if section else None


def _site_of(county: Body) -> tuple[Site, HomePage]:
    home = HomePage.objects.get(county=county)
    return portal_site(county, home_title(county), _address(home)), home


def _address(home: HomePage) -> str:
    """Where the portal is reached: the installation's address for the first county, its own host for another."""
    served = WagtailSite.objects.filter(root_page=home).first()
    if served is not None and not served.is_default_site:
        return f"{served.root_url}/"
    return f"{settings.BASE_URL}/" if served is not None else f"{settings.BASE_URL}/{home.slug}/"
