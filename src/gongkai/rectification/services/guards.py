"""What must hold before a case is changed; each guard raises one error that says what is wrong."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.masking import masked
from gongkai.foundation.wording import demand_text
from gongkai.rectification.models import Case, State


def locked(case: Case) -> Case:
    """The case as it stands now, held to the end of the transaction: of two the second sees what the first did."""
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("body").get(pk=case.pk)


def demand_state(case: Case, *states: State) -> None:
    """The case stands in one of `states`."""
    if case.state not in states:
        message = gettext("该事项现为“%s”，不能这样办理") % case.get_state_display()
        raise ValidationError(message, code="wrong-state")


def demand_masked(text: str, what: str) -> str:
    """The text with numbers of persons masked; it must say something. what: its name on the form."""
    return demand_text(masked(text), what)


def demand_right(actor: User | None, verb: str, body_id: int) -> None:
    """The actor may use the verb on a case of the body as it stands now, or on each of several."""
    demand(actor, verbs.get(verb), body_id)


def demand_body(case: Case, body: Body) -> None:
    """A body of the same county that exists today and does not have the case already."""
    if body.pk == case.body_id:
        raise ValidationError(gettext("该事项已经由%(body)s负责") % {"body": body}, code="same-body")
    if not Body.objects.of_county(case.body.root).active(clock.today()).filter(pk=body.pk).exists():
        raise ValidationError(gettext("%(body)s不是本县在册的单位") % {"body": body}, code="foreign-body")
