"""Columns that are pages of the own portal: registered with their page, and kept in step with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongkai.bodies.models import Body
from gongkai.channels.models import Column, ColumnClass, Site
from gongkai.foundation.events.services import build, change, record, record_many


@dataclass(frozen=True, slots=True)
class PageColumn:
    """What a page says of the column it is. max_days, outdated_days, column_class: the first values only."""

    page_id: int
    name: str
    url: str
    owner: Body
    active: bool
    column_class: ColumnClass = ColumnClass.OTHER
    max_days: int | None = None
    outdated_days: int | None = None


def portal_site(county: Body, name: str, url: str) -> Site:
    """The entry of a county's own portal, made when missing; one that the office registered at its address is taken."""
    site = Site.objects.filter(owner=county, portal=True).first() or Site.objects.filter(url=url, owner=county).first()
    if site is None:
        site = Site(owner=county, name=name[:100], url=url, portal=True)
    elif site.portal and site.url == url:
        return site
    with change(site, "channels.follow_portal", actor=None):
        site.portal, site.url = True, url
    return site


def register_pages(site: Site, columns: Iterable[PageColumn]) -> list[Column]:
    """Register many at once; each is an event of its own."""
    made = [
        Column(
            site=site,
            page_id=one.page_id,
            name=one.name[:100],
            url=one.url,
            owner=one.owner,
            active=one.active,
            column_class=one.column_class,
            max_days=one.max_days,
            outdated_days=one.outdated_days,
        )
        for one in columns
    ]
    made = Column.objects.bulk_create(made, batch_size=200)
    record_many(build("channels.register_page", one, actor=None, after=one.audited_state()) for one in made)
    return made


def follow_page(site: Site, said: PageColumn) -> Column:
    """Register the column, or change what its page says otherwise now. Rule and class stay as the office set them.

    The owner is the page's body until the office names another.
    """
    column = Column.objects.filter(page_id=said.page_id).first()
    if column is None:
        return register_pages(site, [said])[0]
    facts: dict[str, Any] = {"site": site, "name": said.name[:100], "url": said.url, "active": said.active}
    if any(getattr(column, name) != value for name, value in facts.items()):
        with change(column, "channels.follow_page", actor=None):
            for name, value in facts.items():
                setattr(column, name, value)
    return column


def retire_page(page_id: int) -> None:
    """The page is gone: its column stays on record, out of use."""
    for column in Column.objects.filter(page_id=page_id, active=True):
        Column.objects.filter(pk=column.pk).update(active=False)
        record("channels.follow_page", column, actor=None, before={"active": True}, after={"active": False})
