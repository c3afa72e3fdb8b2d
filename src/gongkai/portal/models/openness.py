"""Who may look at a page is settled by the gate alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.models import PageViewRestriction


class ByTheGate(models.Model):
    """Mixin of the portal's pages: Wagtail's privacy, which nobody may set here, is not asked about at every look."""

    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[Any]:
        return PageViewRestriction.objects.none()
