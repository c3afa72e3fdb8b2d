"""What a body's page says about its channels."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from gongkai.bodies.models import Body
from gongkai.channels.models import Account, Column, Site

SHOWN = 10  # of each kind; the rest is one click away


class ChannelsPanel(Component):
    template_name = "channels/panel.html"
    media = Media()

    def __init__(self, body: Body) -> None:
        self.body = body

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        found = [
            (_("网站"), reverse("channels_sites"), list(Site.objects.filter(owner=self.body)[:SHOWN])),
            (
                _("栏目"),
                reverse("channels_columns"),
                list(Column.objects.filter(owner=self.body).select_related("site")[:SHOWN]),
            ),
            (_("新媒体账号"), reverse("channels_accounts"), list(Account.objects.filter(owner=self.body)[:SHOWN])),
        ]
        return {"body": self.body, "groups": [group for group in found if group[2]]}


def panels(request: HttpRequest, body: Body) -> list[Component]:
    return [ChannelsPanel(body)]
