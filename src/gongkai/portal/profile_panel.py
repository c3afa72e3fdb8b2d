"""What a body's page in the back office says of its public face: what it says of itself, and what is missing."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from gongkai.bodies.models import Body
from gongkai.foundation.access import rights_of
from gongkai.portal.described import PROFILE
from gongkai.portal.models import Profile
from gongkai.review import gate
from gongkai.review.locking import waiting_release


class ProfilePanel(Component):
    template_name = "portal/profile_panel.html"
    media = Media()

    def __init__(self, request: HttpRequest, profile: Profile) -> None:
        self.request, self.profile = request, profile

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        registered = self.profile.as_registered()
        rights, body = rights_of(self.request.user), self.profile.body_id
        put_forward = reverse("review_put_forward", args=[PROFILE, self.profile.pk])
        return {
            "registered": registered,
            "missing": registered.missing(),
            "is_public": gate.is_open(PROFILE, registered),
            "waiting": waiting_release(self.profile),
            "edit": reverse("bodies_describe", args=[body]) if rights.may("bodies.describe", body) else "",
            "put_forward": put_forward if rights.may("review.request", body) else "",
        }


def panels(request: HttpRequest, body: Body) -> list[Component]:
    profile = Profile.objects.filter(body=body).select_related("body").first()
    return [ProfilePanel(request, profile)] if profile is not None else []
