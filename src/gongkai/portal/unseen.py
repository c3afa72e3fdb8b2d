"""Drafts of other bodies, where Wagtail tells their titles to whoever gives their numbers: choosers, and what asks
once more before it moves or changes something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.permissions import permission_policy
from wagtail.models import Page

from gongkai.foundation.access.addresses import name_of
from gongkai.foundation.input import numbers
from gongkai.portal.explorer import seen_by
from gongkai.portal.models import AttachmentFile

ASKED_FOR: dict[str, Callable[[HttpRequest, dict[str, Any]], Iterable[int]]] = {
    "wagtailadmin_choose_page_child": lambda request, kwargs: [kwargs["parent_page_id"]],
    "wagtailadmin_choose_page_chosen_multiple": lambda request, kwargs: numbers(request.GET.getlist("id")),
    "wagtailadmin_pages:move_confirm": lambda request, kwargs: kwargs.values(),
}


class UnseenMiddleware:
    """404 for a page that the person does not see and that is not as the public sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> None:
        asked_for = ASKED_FOR.get(name_of(request.resolver_match)) if request.resolver_match else None
        if asked_for is None:
            return
        drafts = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
        drafts = drafts.filter(pk__in=list(asked_for(request, kwargs)))
        if drafts.count() > drafts.filter(seen_by(request.user)).count():
            raise Http404


_all_chosen = BulkAction.get_actionable_objects


def only_what_is_seen(action: Any) -> tuple[Sequence[Any], dict[str, Any]]:
    """In place of Wagtail's: beneath what may be done stands, by its title, what may not be done."""
    chosen, beside = _all_chosen(action)
    refused = beside["items_with_no_access"]
    mine = permission_policy.instances_user_has_any_permission_for(action.request.user, ["choose", "change"])
    seen = {
        Page: Page.objects.filter(seen_by(action.request.user)),
        AttachmentFile: mine,
    }
    for model, records in seen.items():
        reached = set(records.filter(pk__in=[one.pk for one in refused if isinstance(one, model)]).values_list("pk"))
        refused = [one for one in refused if not isinstance(one, model) or (one.pk,) in reached]
    return chosen, beside | {"items_with_no_access": refused}
