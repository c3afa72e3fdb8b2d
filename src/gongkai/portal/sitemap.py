"""网站地图: every entrance of a county's portal on one page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.portal import front, listing
from gongkai.portal.models import HomePage
from gongkai.portal.selectors import county_of


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Blocks and columns of the county, topics, entrances of rooms, and the section of every body."""
    home = HomePage.objects.filter(county=county_of(request)).select_related("county").first()
    if home is None:
        raise Http404(_("没有公开的内容"))
    context = front.contents(home, request)
    own = context["platform"]
    columns = [column for column in listing.columns_of(own) if column.depth == own.depth + 1] if own else []
    return render(request, "portal/site_map.html", context | {"columns": columns, "trail": [(_("网站地图"), "")]})
