"""Base of the pages that people write: drafted in a body's section, public through the gate alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from gongkai.foundation import clock
from gongkai.portal.models.openness import ByTheGate
from gongkai.portal.permissions import Gated
from gongkai.review.locking import Reviewed


class ReviewedPageForm(WagtailAdminPageForm):
    """An address that is left empty is made of the title, also where the script that does so has not run yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def is_valid(self) -> bool:
        """Refused outright when it names what its writer may not see."""
        from gongkai.portal.editing.own import demand_own

        valid = bool(super().is_valid())
        if self.is_bound and self.for_user is not None:
            demand_own(self)
        return valid

    def save(self, commit: bool = True) -> Any:
        """Refused when it would lay aside what somebody else wrote since the editor was opened."""
        from gongkai.portal.editing.behind import demand_newest

        with transaction.atomic():
            if self.instance.pk:
                demand_newest(self.instance, self.data, self.for_user)
            return super().save(commit)


class ReviewedPage(Reviewed, ByTheGate, Page):  # type: ignore[django-manager-missing]
    base_form_class = ReviewedPageForm
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("public_text")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.live and self.go_live_at is not None and self.go_live_at > clock.now():
            raise ValidationError({"go_live_at": gettext("已经公开的内容，修改稿签发后立即替换，不能定时")})

    @property
    def public_text(self) -> str:
        """What the index has of the page beside its title: nothing while it is a draft."""
        from gongkai.portal.searching import text_of

        return text_of(self) if self.live else ""

    def permissions_for_user(self, user: Any) -> Gated:
        return Gated(user, self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Also what the block above says: each holds kinds of pages of its own."""
        accepts = getattr(parent.specific, "accepts", None) if cls.is_creatable else None
        return bool(super().can_create_at(parent)) and (accepts is None or accepts(cls))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """To the page itself also when it is closed: what is said in its place is settled where pages are served."""
        return super().route(request, path_components) if path_components else RouteResult(self)
