"""The tree of pages, kept in step with the register of bodies: made when missing, never twice.

Each body's Wagtail group gets its page permission once, at the body's section: its people may draft there and below;
nobody is given the right to publish, which is the gate's.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page, Site

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.sections import group_of
from gongkai.portal.models import HomePage, SectionPage

DRAFTING = ("add_page", "change_page")
PORT = 80


@transaction.atomic
def ensure_portal() -> int:
    """Make what is missing: root, default site, a front page for every county, a section for every body below.

    Returns the number of pages made.
    """
    before = _count()
    homes = {home.county_id: home for home in HomePage.objects.all()}
    if not homes:
        homes[None] = _first_home()
    for county in Body.objects.filter(kind=Kind.COUNTY):
        if county.pk not in homes:
            homes[county.pk] = _home_for(county, homes.pop(None, None))
    for body in Body.objects.filter(section_page__isnull=True).exclude(kind=Kind.COUNTY).select_related("county"):
        if body.county_id in homes:
            _make_section(homes[body.county_id], body)
    return _count() - before


def _count() -> int:
    return HomePage.objects.count() + SectionPage.objects.count()


def ensure_place(body: Body) -> None:
    """Make the page of one new body (for a county its front page)."""
    if body.kind == Kind.COUNTY or not HomePage.objects.filter(county=body.root).exists():
        ensure_portal()
    elif not SectionPage.objects.filter(body=body).exists():
        _make_section(HomePage.objects.get(county=body.root), body)


def retitle(body: Body) -> None:
    """Give the page of a renamed body its new name."""
    page: Page | None = HomePage.objects.filter(county=body).first() or SectionPage.objects.filter(body=body).first()
    if page is not None:
        page.title = page.draft_title = home_title(body) if isinstance(page, HomePage) else body.name
        page.save()


def home_title(county: Body | None) -> str:
    return _("%(county)s政务公开") % {"county": county.name if county else ""}


def _first_home() -> HomePage:
    """The front page under the root, in the place of the page that Wagtail greets with, and served by default."""
    Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    greeting = root.get_children().filter(slug="home", content_type=ContentType.objects.get_for_model(Page)).first()
    home = HomePage(title=home_title(None), slug="portal")
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", port=PORT, is_default_site=True
    )
    site.root_page, site.site_name = home, home.title
    site.save()
    if greeting is not None and not greeting.get_children().exists():
        greeting.delete()
    return home


def _home_for(county: Body, free: HomePage | None) -> HomePage:
    """The front page of a county: the one that belongs to nobody yet, else a new one beside it."""
    home = free or HomePage(slug=_slug(county))
    home.county, home.title, home.draft_title = county, home_title(county), home_title(county)
    if free is None:
        Page.get_first_root_node().add_child(instance=home)
    else:
        home.save()
    Site.objects.filter(root_page=home).update(site_name=home.title)
    _permit(group_of(county), home)
    return home


def _make_section(home: HomePage, body: Body) -> None:
    home.refresh_from_db()  # its count of children changes with each section
    section = SectionPage(title=body.name, slug=_slug(body), body=body)
    home.add_child(instance=section)
    _permit(group_of(body), section)


def _permit(group: Group, page: Page) -> None:
    for codename in DRAFTING:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _slug(body: Body) -> str:
    return body.code.replace(".", "-")
