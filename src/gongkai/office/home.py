"""The first screen: what must I do now, then how do we stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, STAFF, Rights, Role
from gongkai.foundation.charts import Bar, Point, Segment, bars, on_screens, trend
from gongkai.foundation.looks import GREEN
from gongkai.foundation.notifications.selectors import unread_count
from gongkai.ledger.models import Assignment, Draft, DraftState, Feedback, FeedbackState, Plan, State
from gongkai.ledger.selectors import Filters, HomeFigures, Look, Totals, home_figures, my_tasks
from gongkai.ledger.selectors.filters import late
from gongkai.ledger.selectors.home import SOON
from gongkai.ledger.states import ALL
from gongkai.ledger.views.actions import UNDONE
from gongkai.ledger.views.base import reach
from gongkai.ledger.views.links import looking
from gongkai.rectification import selectors as rectification
from gongkai.rectification.models import Case
from gongkai.rectification.models import State as Rectification
from gongkai.review.inspection.selectors import entries_to_judge, not_inspected
from gongkai.review.rescreening.selectors import recalls_to_decide
from gongkai.review.selectors import waiting_for
from gongkai.review.services.deciding import REVIEWERS

WORST = 10  # bodies in the chart of those behind


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of “现在要做”: how many, of what (said without the number), and where."""

    number: int
    words: str
    href: str


def current_plan(rights: Rights, *roles: Role) -> Plan | None:
    """This year's plan of the county where the person works (in one of `roles`, if named), else its newest."""
    reached = rights.bodies(*roles) if roles else reach(rights)
    plans = Plan.objects.select_related("county").order_by("-year")
    if reached is not None:
        plans = plans.filter(county__in=Body.objects.reached(reached).county_ids())
    return plans.filter(year=clock.today().year).first() or plans.first()


def to_do(rights: Rights) -> list[ToDo]:
    """What waits for this person, most urgent first; lines of zero are left out."""
    rows: list[ToDo] = []
    by_role = ((BODY_ROLES, _of_body), ({Role.OFFICE}, _of_office), (REVIEWERS, _of_reviewer))
    for roles, lines in (*by_role, ({Role.SECRECY_ADMIN}, _of_inspector)):
        if rights.holds(roles):
            rows += lines(rights)
    unread = unread_count(rights.user) if rights.user.is_authenticated else 0
    rows.append(ToDo(unread, _("条未读通知"), f"{reverse('office_notices')}?unread=1"))
    return [row for row in rows if row.number]


def _of_body(rights: Rights) -> list[ToDo]:
    tasks, here = my_tasks(rights), reverse("ledger_my_tasks")
    counted = [
        (tasks.filter(late(clock.today())), _("项任务已逾期"), "overdue=1"),
        (tasks.filter(state=State.RETURNED), _("项任务被退回，需修改"), "state=returned"),
        (tasks.filter(state=State.TO_ACCEPT), _("项任务待签收"), "state=to-accept"),
        (tasks.filter(state=State.IN_PROGRESS), _("项任务推进中"), "state=in-progress"),
    ]
    rows = [ToDo(found.order_by().count(), words, f"{here}?{query}") for found, words, query in counted]
    recalled = f"{reverse('review_recalls')}?standing=waiting"
    rows.append(ToDo(recalls_to_decide(rights).count(), _("处复筛发现待处理"), recalled))
    if rights.holds({Role.CLERK}):
        waiting = rectification.mine(rights).filter(state=Rectification.TO_MEND).count()
        rows.append(ToDo(waiting, _("项问题待整改"), f"{reverse('rectification_mine')}?state={Rectification.TO_MEND}"))
    return rows


def _of_office(rights: Rights) -> list[ToDo]:
    reached, plan = rights.bodies(Role.OFFICE), current_plan(rights, Role.OFFICE)
    drafts, feedback = Draft.objects.filter(state=DraftState.OPEN), Feedback.objects.filter(state=FeedbackState.WAITING)
    if reached is not None:
        drafts, feedback = drafts.filter(county__in=reached), feedback.filter(item__plan__county__in=reached)
    opinions = f"{reverse('ledger_feedback')}?state={FeedbackState.WAITING}"
    cases, mending = Case.objects.of_bodies(reached), reverse("rectification_cases")
    rows = [
        ToDo(cases.overdue(clock.today()).count(), _("项整改逾期，可催办"), f"{mending}?overdue=yes"),
        ToDo(cases.filter(state=Rectification.TO_CHECK).count(), _("项整改待复核"), f"{mending}?state=to-check"),
        ToDo(drafts.count(), _("份通知待核对导入"), reverse("ledger_import")),
        ToDo(feedback.count(), _("条社会监督意见待答复"), opinions),
    ]
    if plan is None:
        return rows
    tasks = f"{reverse('ledger_tasks')}?plan={plan.pk}"
    live = Assignment.objects.live().filter(plan=plan).of_bodies(reached)
    submitted = live.filter(state=State.SUBMITTED).count()
    overdue = live.overdue(clock.today()).count()
    return [
        ToDo(submitted, _("项任务待审核"), f"{tasks}&state=submitted"),
        ToDo(overdue, _("项任务已逾期，可催办"), f"{tasks}&overdue=1"),
        *rows,
    ]


def _of_reviewer(rights: Rights) -> list[ToDo]:
    return [ToDo(waiting_for(rights).count(), _("项内容待我审查"), reverse("review_waiting"))]


def _of_inspector(rights: Rights) -> list[ToDo]:
    here, year = reverse("review_inspections"), clock.today().year
    return [
        ToDo(entries_to_judge(rights), _("项抽查登记待判定"), here),
        ToDo(len(not_inspected(rights, year)), _("个县本年度还没有完成专项检查"), here),
    ]


class HomePanel(Component):
    """Base: a part of the first screen for one person."""

    media = Media(css={"all": ["ledger/ledger.css"]})

    def __init__(self, request: HttpRequest, rights: Rights) -> None:
        self.request, self.rights, self.plan = request, rights, current_plan(rights)


class ToDoPanel(HomePanel):
    name, order, template_name = "to-do", 10, "office/to_do.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        office = self.rights.holds({Role.OFFICE})
        clerk = self.rights.holds({Role.CLERK})
        return {"rows": to_do(self.rights), "office": office, "clerk": clerk, "plan": self.plan}


class FiguresPanel(HomePanel):
    """How the plan stands: numbers, completion by group and by body, the weeks; a table beside each chart."""

    name, order, template_name = "figures", 20, "office/figures.html"

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        return super().render_html(parent_context) if self.plan and self.rights.holds(STAFF) else ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        plan = cast(Plan, self.plan)
        figures = home_figures(plan, within=reach(self.rights))
        tasks = f"{reverse('ledger_tasks')}?plan={plan.pk}"
        pressing = [
            (ALL[look.value], figures.totals.of(look), looking(Filters(), look).to_query())
            for look in (Look.OVERDUE, Look.AT_RISK, Look.RETURNED)
        ]
        soon = Filters(state=tuple(UNDONE), due_from=clock.today(), due_to=clock.today() + SOON).to_query()
        return {"plan": plan, "figures": figures, "tasks": tasks, "soon": soon, "pressing": pressing, **charts(figures)}


def charts(figures: HomeFigures) -> dict[str, Any]:
    """The three pictures, each with a title that says what it shows; the tables beside them lead to the records."""
    groups = [(group.name if group else _("未分组"), totals) for group, totals in figures.by_group]
    behind = [(body.label, totals) for body, totals in figures.by_body[:WORST]]
    weeks = [Point(week.start, week.closed) for week in figures.trend]
    titles = {
        "group_title": _lowest(_("各分组办结率"), groups),
        "body_title": _lowest(_("办结率靠后的单位"), behind),
        "trend_title": _this_week([week.closed for week in figures.trend]),
    }
    return titles | {
        "group_chart": _completion(titles["group_title"], groups),
        "body_chart": _completion(titles["body_title"], behind),
        "trend_chart": on_screens(trend, titles["trend_title"], weeks, unit=_("项"), colour=GREEN),
    }


def _lowest(subject: str, rows: list[tuple[str, Totals]]) -> str:
    """Who is furthest behind; nobody in particular while nothing at all is closed."""
    if not any(totals.accepted for _name, totals in rows):
        return _("%s：均未办结") % subject
    name, totals = min(rows, key=lambda row: row[1].share or 0)
    return _("%(subject)s：%(name)s最低，%(share)s") % {"subject": subject, "name": name, "share": totals.percent}


def _this_week(closed: list[int]) -> str:
    """The week that runs against the one before."""
    before, now = closed[-2:]
    if now == before:
        return _("本周办结 %d 项，与上周持平") % now
    words = (
        _("本周办结 %(now)d 项，比上周多 %(more)d 项")
        if now > before
        else _("本周办结 %(now)d 项，比上周少 %(more)d 项")
    )
    return words % {"now": now, "more": abs(now - before)}


def _completion(title: str, rows: list[tuple[str, Totals]]) -> str:
    return on_screens(bars, title, [Bar(label, _segments(totals), _value(totals)) for label, totals in rows], scale=1)


def _value(totals: Totals) -> str:
    """The words at the end of a bar: what its colours say, too."""
    late = _("，逾期 %d") % totals.overdue if totals.overdue else ""
    return f"{totals.accepted}/{totals.total} {totals.percent}{late}"


def _segments(totals: Totals) -> list[Segment]:
    """The shares of what is closed, late and otherwise open."""
    rest = totals.total - totals.accepted - totals.overdue
    parts: list[tuple[int, str, str]] = [
        (totals.accepted, str(ALL["accepted"].word), ALL["accepted"].colour),
        (totals.overdue, str(ALL["overdue"].word), ALL["overdue"].colour),
        (rest, _("办理中"), "#d0d7de"),
    ]
    return [Segment(number / totals.total, word, colour) for number, word, colour in parts if number and totals.total]


PANELS: tuple[Callable[[HttpRequest, Rights], HomePanel], ...] = (ToDoPanel, FiguresPanel)
