"""Lists of assignments: my tasks, and what a number on the board counts. Thirty a page, with bulk actions."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Role
from gongkai.ledger.models import Plan
from gongkai.ledger.models.assignment import AssignmentQuerySet
from gongkai.ledger.selectors import Filters, Look, count_by, my_tasks, sum_of, task_rows, with_work
from gongkai.ledger.states import ALL
from gongkai.ledger.views.base import LedgerView
from gongkai.ledger.views.bulk import bulk_actions, left_over
from gongkai.ledger.views.filtering import bar_of
from gongkai.ledger.views.links import looking

PAGE = 30


class TaskList(LedgerView, TemplateView):
    """Base: conditions in the URL, a page of lines, and the bulk actions this person may use."""

    template_name = "ledger/tasks.html"
    bulk_roles: frozenset[Role] = frozenset()

    @cached_property
    def filters(self) -> Filters:
        return Filters.parse(self.request.GET)

    @cached_property
    def filter_plan(self) -> Plan | None:
        """The plan whose groups the filter offers; None when the list runs over several plans."""
        return None

    def found(self) -> AssignmentQuerySet:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = bulk_actions(self.rights, self.bulk_roles)
        page = Paginator(self.found(), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            rows=task_rows(list(page.object_list)),
            page=page,
            plan=self.filter_plan,
            query=self.filters.to_query(),
            **bar_of(self.filters, self.filter_plan, self.bodies),
            bulk_actions=actions,
            noted=any(action.noted for action in actions),
            **left_over(self.request),
            **kwargs,
        )


class MyTasksView(TaskList):
    """我的任务: what the bodies that this person serves have to do; the first thing is what is due next."""

    page_title = _("我的任务")
    header_icon = "tasks"
    template_name = "ledger/my_tasks.html"
    bulk_roles = BODY_ROLES

    def found(self) -> AssignmentQuerySet:
        return my_tasks(self.rights, self.filters)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counted = count_by(my_tasks(self.rights).order_by(), context["today"], "body_id")
        totals = sum_of(counted.values())
        context["numbers"] = [
            {"look": ALL[look.value], "number": totals.of(look), "query": looking(Filters(), look).to_query()}
            for look in Look
        ]
        context["total"] = totals.total
        return context


class TasksView(TaskList):
    """任务清单 of one plan: the records behind a number."""

    page_title = _("任务清单")
    bulk_roles = frozenset({Role.OFFICE})

    @cached_property
    def filter_plan(self) -> Plan | None:
        return self.plan

    def trail(self) -> list[tuple[str, str]]:
        return [self.board_step(self.plan)]

    def found(self) -> AssignmentQuerySet:
        chosen = self.filters.apply(self.assignments.live().filter(plan=self.plan), clock.today())
        return with_work(chosen).order_by("item__order", "obligation__order", "body__order", "id")
