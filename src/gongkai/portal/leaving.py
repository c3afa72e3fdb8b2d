"""离站提示: a link that leaves the site leads to a page that says so, and goes on only where the site itself sent one.

The address is signed when a page that links there is drawn; any other address is refused, so that nobody can lend a
link of their own the good name of the county's site.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.rich_text import LinkHandler

SCHEMES = frozenset({"http", "https"})


def leaves(address: str) -> bool:
    """Whether a link goes to another host over the web; what stays here, mails and telephones do not.

    As browsers read it: //host is another host, and \\ is / to them.
    """
    parts = urlsplit(address.strip().replace("\\", "/"))
    over_the_web = parts.scheme in SCHEMES or (not parts.scheme and bool(parts.netloc))
    return over_the_web and (parts.hostname or "") not in _own_hosts()


def _own_hosts() -> set[str]:
    roots = [root.root_url for root in Site.get_site_root_paths()]
    return {host for address in (settings.BASE_URL, *roots) if (host := urlsplit(address).hostname)}


def way_to(address: str) -> str:
    """Where a link to `address` leads: to the notice when it leaves, else there."""
    if not leaves(address):
        return address
    return f"{reverse('portal_leaving')}?{urlencode({'to': address, 'sign': _signer().signature(address)})}"


def _signer() -> Signer:
    return Signer(salt="portal.leaving")


class ExternalLink(LinkHandler):
    """Links in texts. On paper, where nobody can follow one, the stylesheet prints `data-to`."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        target = attrs["href"]
        if not leaves(target):
            return f'<a href="{escape(target)}">'
        return f'<a href="{escape(way_to(target))}" data-to="{escape(target)}" rel="nofollow">'


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """The notice; 404 for an address that no page of this site has signed."""
    target = request.GET.get("to", "")
    try:
        _signer().unsign(f"{target}:{request.GET.get('sign', '')}")
    except BadSignature:
        raise Http404(_("本站没有这个链接")) from None
    if not leaves(target):
        raise Http404(_("本站没有这个链接"))
    context = {"target": target, "host": urlsplit(target).hostname, "back": _back(request)}
    response = render(request, "portal/leaving.html", context | {"trail": [(_("离开本站"), "")]})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _back(request: HttpRequest) -> str:
    """The page of this site that the visitor comes from, else the front page."""
    came = request.META.get("HTTP_REFERER", "")
    return came if url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}) else "/"
