"""What every face of the ledger knows: who asks, what that person reaches, and which plan is looked at."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body, BodyQuerySet
from gongkai.foundation import clock
from gongkai.foundation.access import Rights, Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import number
from gongkai.foundation.screens import Screen
from gongkai.ledger.models import Assignment, Evidence, Plan
from gongkai.ledger.models.assignment import AssignmentQuerySet

WORKING = tuple(role for role in Role if role != Role.SYSADMIN)


def reach(rights: Rights) -> frozenset[int] | None:
    """The bodies whose work the person sees; None means all. Keeping the machine running opens no business."""
    return rights.bodies(*WORKING)


class LedgerView(Screen):
    """Base of the ledger's screens; every query starts from what the person reaches, never from the models."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "list-ul"

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @cached_property
    def reached(self) -> frozenset[int] | None:
        """The bodies whose work this person sees; None means all."""
        return reach(self.rights)

    @property
    def bodies(self) -> BodyQuerySet:
        return Body.objects.reached(self.reached)

    @cached_property
    def plans(self) -> QuerySet[Plan]:
        """The plans of the counties of the bodies reached, newest first."""
        return Plan.objects.all() if self.reached is None else Plan.objects.filter(county__in=self.bodies.county_ids())

    @property
    def assignments(self) -> AssignmentQuerySet:
        return Assignment.objects.of_bodies(self.reached)

    @property
    def evidence(self) -> QuerySet[Evidence]:
        pieces = Evidence.objects.filter(removed=False)
        return pieces if self.reached is None else pieces.filter(body_id__in=self.reached)

    @cached_property
    def plan(self) -> Plan:
        """The plan named in the address, else this year's, else the newest."""
        wanted = self.kwargs.get("plan") or self.request.GET.get("plan")
        plans = self.plans.select_related("county").order_by("-year")
        if wanted:
            pk = number(str(wanted))
            found = plans.filter(pk=pk).first() if pk is not None else None
        else:
            found = plans.filter(year=clock.today().year).first() or plans.first()
        if found is None:
            raise Http404(_("没有这本台账，或者不在您的查看范围内"))
        return found

    def board_step(self, plan: Plan) -> tuple[str, str]:
        """The step to the board of a plan."""
        return f"{reverse('ledger_board')}?plan={plan.pk}", _("%d年度台账") % plan.year

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rights=self.rights, today=clock.today(), **kwargs)
