"""审计整改公开: what was announced beside what was published of its being mended; what waits stands first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.disclosure.selectors import Announced, announced, announcements, concerning
from gongkai.disclosure.states import ANSWERED, UNANSWERED, UNANSWERED_LATE
from gongkai.foundation import clock
from gongkai.foundation.access import STAFF, Role, rights_of
from gongkai.foundation.looks import Look
from gongkai.foundation.screens import Screen

PAGE = 30
ROLES = tuple(role for role in STAFF if isinstance(role, Role))


class AnswersView(Screen, TemplateView):
    """`open=1` leaves what is not answered; `late=1` what is past its day."""

    template_name = "disclosure/answers.html"
    page_title = _("审计整改公开")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights, today = rights_of(self.request.user), clock.today()
        rows = concerning(announced(announcements()), rights.bodies(*ROLES))
        waiting = [row for row in rows if row.answer is None]
        late = [row for row in waiting if row.is_late(today)]
        only_late, only_open = self.request.GET.get("late") == "1", self.request.GET.get("open") == "1"
        listed = late if only_late else waiting if only_open else sorted(rows, key=lambda row: row.answer is not None)
        page = Paginator(listed, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rows=[(row, _look(row, today)) for row in page.object_list],
            total=len(rows),
            waiting=len(waiting),
            late=len(late),
            query="late=1" if only_late else "open=1" if only_open else "",
            may_begin=rights.may("disclosure.begin"),
            **kwargs,
        )


def _look(row: Announced, today: date) -> Look:
    if row.answer is not None:
        return ANSWERED
    return UNANSWERED_LATE if row.is_late(today) else UNANSWERED
