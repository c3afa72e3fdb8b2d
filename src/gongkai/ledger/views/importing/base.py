"""What the screens of an import share: for which counties the person is the office."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from gongkai.bodies.models import Body, Kind
from gongkai.foundation.access import Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import Draft


class ImportingView(WagtailAdminTemplateMixin):
    """Base; every query starts from the counties whose office the person is."""

    request: Any
    kwargs: dict[str, Any]
    page_title = gettext_lazy("导入通知")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home › 导入通知 › the notice."""
        items = [*super().get_breadcrumbs_items(), {"url": reverse("ledger_import"), "label": self.page_title}]
        return [*items, {"url": "", "label": self.draft.file_name}] if "pk" in self.kwargs else items

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def counties(self) -> QuerySet[Body]:
        reached = rights_of(self.request.user).bodies(Role.OFFICE)
        counties = Body.objects.filter(kind=Kind.COUNTY)
        return counties if reached is None else counties.filter(pk__in=reached)

    @property
    def drafts(self) -> QuerySet[Draft]:
        return Draft.objects.filter(county__in=self.counties).select_related("county", "created_by", "plan")

    @cached_property
    def draft(self) -> Draft:
        return get_object_or_404(self.drafts, pk=self.kwargs["pk"])
