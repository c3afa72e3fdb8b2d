"""The tree of pages, kept in step with the register of bodies: made when missing, never twice.

A front page for each county, below it a section for each body, the county itself included: the disclosure platform,
with its blocks and columns (`furnishing`).

Each body's Wagtail group gets its page permission once, at the body's section: its people may draft there and below;
nobody is given the right to publish, which is the gate's. The same for files: each body has one folder, below its
county's.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from gongkai.bodies.models import Body, Kind
from gongkai.bodies.sections import group_of
from gongkai.portal.furnishing import follow_table, furnish
from gongkai.portal.models import HomePage, Profile, SectionPage
from gongkai.portal.selectors import home_title

DRAFTING = ("add_page", "change_page")
FILING = ("add_document", "change_document", "choose_document")
PORT = 80


@transaction.atomic
def ensure_portal() -> int:
    """Make what is missing: root, default site, a front page for every county, a section with blocks for every body.

    Returns the number of pages made, blocks and columns included.
    """
    before = _count()
    homes = {home.county_id: home for home in HomePage.objects.all()}
    if not homes:
        homes[None] = _first_home()
    for county in Body.objects.filter(kind=Kind.COUNTY):
        if county.pk not in homes:
            homes[county.pk] = _home_for(county, homes.pop(None, None))
    # Folders stand by name: in this order each goes behind the last, and none has to make room.
    for body in Body.objects.filter(section_page__isnull=True).select_related("county").order_by("name"):
        if body.root.pk in homes:
            _make_section(homes[body.root.pk], body)
    _ensure_folders()
    _ensure_profiles()
    follow_table()
    return furnish(SectionPage.objects.select_related("body__county")) + _count() - before


def _count() -> int:
    return HomePage.objects.count() + SectionPage.objects.count()


def ensure_place(body: Body) -> None:
    """Make the page of one new body (for a county its front page)."""
    if body.kind == Kind.COUNTY or not HomePage.objects.filter(county=body.root).exists():
        ensure_portal()
    elif not SectionPage.objects.filter(body=body).exists():
        furnish([_make_section(HomePage.objects.get(county=body.root), body)])
        Profile.objects.get_or_create(body=body)


def retitle(body: Body) -> None:
    """Give the pages of a renamed body its new name. Addresses are made of its code, so none of them changes."""
    for page in (*HomePage.objects.filter(county=body), *SectionPage.objects.filter(body=body)):
        page.title = page.draft_title = home_title(body) if isinstance(page, HomePage) else body.name
        page.save()
        if page.collection is not None:
            page.collection.name = body.name
            page.collection.save()


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


def _make_section(home: HomePage, body: Body) -> SectionPage:
    home.refresh_from_db()  # its count of children changes with each section
    section = SectionPage(title=body.name, slug=_slug(body), body=body)
    home.add_child(instance=section)
    if body.kind == Kind.COUNTY:  # its people have the whole tree and its folder already
        SectionPage.objects.filter(pk=section.pk).update(collection=_folder_of(home))
    else:
        _permit(group_of(body), section)
        _give_folder(section, body, _folder_of(home))
    return section


def _permit(group: Group, page: Page) -> None:
    for codename in DRAFTING:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _ensure_profiles() -> None:
    """Each body has what it says of itself, empty until something was signed."""
    Profile.objects.bulk_create(Profile(body=body) for body in Body.objects.filter(profile__isnull=True))


def _ensure_folders() -> None:
    """For places made before there were folders."""
    for home in HomePage.objects.filter(collection__isnull=True, county__isnull=False).select_related("county"):
        _folder_of(home)
    missing = SectionPage.objects.filter(collection__isnull=True).exclude(body__kind=Kind.COUNTY)
    for section in missing.select_related("body"):
        home = HomePage.objects.parent_of(section).select_related("county", "collection").get()
        _give_folder(section, section.body, _folder_of(home))


def _folder_of(home: HomePage) -> Collection:
    """The folder of a county, with those of its bodies below it."""
    if home.collection is None and home.county is not None:
        _give_folder(home, home.county, _root_folder())
    return home.collection or _root_folder()


def _root_folder() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def _give_folder(place: HomePage | SectionPage, body: Body, above: Collection) -> None:
    """One that bears the name and belongs to no place is taken up again."""
    above.refresh_from_db()  # its count of children changes with each folder
    free = above.get_children().filter(name=body.name).exclude(pk__in=_taken())
    folder = free.first() or above.add_child(name=body.name)
    type(place).objects.filter(pk=place.pk).update(collection=folder)
    place.collection = folder
    for codename in FILING:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group_of(body), collection=folder, permission=permission)


def _taken() -> list[int]:
    return [
        pk
        for model in (HomePage, SectionPage)
        for pk in model.objects.exclude(collection=None).values_list("collection_id", flat=True)
    ]


def _slug(body: Body) -> str:
    return body.code.replace(".", "-")
