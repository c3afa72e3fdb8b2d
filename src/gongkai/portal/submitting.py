"""报送审查: the button that stands where Wagtail would publish, and where it leads."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem

from gongkai.foundation.access import rights_of
from gongkai.portal.editing.lacking import Level, missing_in
from gongkai.portal.models import ArticlePage
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.services import complete_draft
from gongkai.portal.standing import body_of
from gongkai.review.choke import kind_of

ACTION = "action-put-forward"


class PutForwardItem(ActionMenuItem):
    """Saves the draft and goes on to its sheet; for those who may put something forward in this body."""

    label = gettext_lazy("保存并报送审查")
    name = ACTION
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page") or context.get("parent_page")
        body = body_of(page) if page is not None and page.pk else None
        if not super().is_shown(context) or body is None or not _is_written(context):
            return False
        return rights_of(context["request"].user).may("review.request", body)


def _is_written(context: dict[str, Any]) -> bool:
    """Whether it is a page that people write; a new one always is."""
    return context["view"] == "create" or isinstance(context["page"], ReviewedPage)


def after_saving(request: HttpRequest, page: Any) -> HttpResponse | None:
    """When the button was pressed: from the saved draft, unless something is missing, on to the sheet of the review."""
    if ACTION not in request.POST or not isinstance(page, ReviewedPage):
        return None
    try:
        draft = complete_draft(page)
    except ValidationError as error:
        messages.error(request, _("已存为草稿；还不能报送审查：%s") % "；".join(_told(page, error)))
        return redirect("wagtailadmin_pages:edit", page.pk)
    missing = missing_in(draft) if isinstance(draft, ArticlePage) else []
    if missing and missing[0].level == Level.BLOCK:
        lines = [one.words for one in missing if one.level == Level.BLOCK]
        messages.error(request, _("已存为草稿；还不能报送审查：%s") % "；".join(lines))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if missing:
        messages.warning(request, _("建议补充：%s") % "；".join(one.words for one in missing))
    return redirect("review_put_forward", kind_of(type(draft)), page.pk)


def _told(page: Any, error: ValidationError) -> list[str]:
    """The messages, each with the name of its field."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    named = {field.name: str(field.verbose_name) for field in page._meta.fields}
    return [f"{named.get(name, '')} {' '.join(said)}".strip() for name, said in error.message_dict.items()]
