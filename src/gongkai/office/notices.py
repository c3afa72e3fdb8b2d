"""通知中心: what the product has told this person; opening a notice marks it read and leads to what it is about."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from gongkai.foundation.accounts.models import User
from gongkai.foundation.notifications.models import Notification
from gongkai.foundation.notifications.selectors import inbox, unread_count
from gongkai.foundation.notifications.services import mark_all_read, mark_read
from gongkai.foundation.screens import Screen


class NoticesView(Screen, ListView):
    """Newest first, thirty a page; `?unread=1` leaves out what was read."""

    template_name = "office/notices.html"
    page_title = gettext_lazy("通知中心")
    header_icon = "bell"
    paginate_by = 30
    context_object_name = "notices"

    def get_queryset(self) -> QuerySet[Notification]:
        return inbox(cast(User, self.request.user), unread_only=self.request.GET.get("unread") == "1")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        return super().get_context_data(unread=unread_count(user), only=self.request.GET.get("unread") == "1", **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark all as read."""
        number = mark_all_read(cast(User, request.user))
        messages.success(request, _("已将 %d 条通知标为已读") % number)
        return redirect("office_notices")


class OpenNoticeView(View):
    """POST, because reading is recorded; then to the address of the notice, which is always one of ours."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = cast(User, request.user)
        notice = get_object_or_404(inbox(user), pk=pk)
        if notice.read_at is None:
            mark_read(user, notice)
        ours = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
        return redirect(notice.link if notice.link and ours else "office_notices")
