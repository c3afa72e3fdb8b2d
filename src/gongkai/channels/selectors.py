"""Queries about channels worth naming."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from gongkai.bodies.models import Body, BodyQuerySet
from gongkai.channels.models import Account, Column, Site


def hosts_of(county: Body) -> frozenset[str]:
    """The host names, in lower case, on which a county publishes: those of its sites and columns in use."""
    bodies = Body.objects.of_county(county)
    sites = Site.objects.filter(owner__in=bodies, active=True).values_list("url", flat=True)
    columns = Column.objects.filter(site__owner__in=bodies, site__active=True, active=True).exclude(url="")
    columns = columns.filter(page__isnull=True)  # those of the own portal are at its site's address
    addresses = [*sites, *columns.values_list("url", flat=True)]
    return frozenset(host for address in addresses if (host := urlsplit(address).hostname))


def media_operators(county: Body, on: date) -> BodyQuerySet:
    """政务新媒体主办单位: the bodies of the day that own an account in use, each once, in the register's order."""
    owners = Account.objects.filter(active=True).order_by().values("owner")
    return Body.objects.of_county(county).active(on).filter(pk__in=owners)
