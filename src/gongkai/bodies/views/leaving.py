"""工作交接 in two steps: who hands what to whom, then all that will move before the eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies import services
from gongkai.bodies.models import Body, RoleHolding
from gongkai.bodies.views.base import DateField, VerbForm
from gongkai.bodies.views.people import bodies_managed, people_managed
from gongkai.bodies.views.serving import PersonChoice, PersonFormView
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Label, handovers

NAMED = 5  # of each kind of work, how many records the preview names


@dataclass(frozen=True, slots=True)
class Moving:
    """One kind of open work in the preview."""

    label: Label
    count: int
    named: list[str]


class HandOverForm(VerbForm):
    bodies = forms.ModelMultipleChoiceField(
        label=_("交接哪些单位的工作"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    successor = PersonChoice(
        label=_("接替人员"), queryset=User.objects.none(), help_text=_("不在列表中的，请先在“人员”中新增")
    )
    on = DateField(label=_("交接日期"), help_text=_("接替人员自该日起任职，移交人员的任职到前一日为止"))
    reason = forms.CharField(label=_("事由"), help_text=_("如调离、退休、分工调整"))


class HandOverView(PersonFormView):
    page_title = _("工作交接")
    template_name = "bodies/hand_over.html"
    form_class = HandOverForm
    verb = "bodies.hand_over"
    submit_label = _("查看交接内容")
    explanation = _("交接后，任职和未办结的工作转给接替人员；已经办过的事项仍记在移交人员名下。")

    def prepare(self) -> None:
        super().prepare()
        held = RoleHolding.objects.on(clock.today()).filter(user=self.person, body__in=bodies_managed(self.request))
        self.bodies = Body.objects.filter(pk__in=held.order_by().values("body"))

    def get_initial(self) -> dict[str, Any]:
        return {"bodies": self.bodies, "on": clock.today()}

    def get_form(self, form_class: Any = None) -> HandOverForm:
        form: HandOverForm = super().get_form(form_class)
        others = people_managed(self.request).filter(is_active=True).exclude(pk__in=[self.person.pk, self.actor.pk])
        form.fields["bodies"].queryset = self.bodies  # type: ignore[attr-defined]
        form.fields["successor"].queryset = others.order_by("name", "username")  # type: ignore[attr-defined]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        bodies = form.cleaned_data["bodies"]
        places = frozenset(body.pk for body in bodies)
        moving = []
        for entry in handovers:
            waiting = entry.waiting(self.person, places)
            moving.append(Moving(entry.label, waiting.count(), [str(record) for record in waiting[:NAMED]]))
        held = RoleHolding.objects.on(form.cleaned_data["on"]).filter(user=self.person, body__in=bodies)
        return self.render_to_response(
            self.get_context_data(form=form, moving=moving, holdings=held.select_related("body", "user"), preview=True)
        )

    def perform(self, form: Any) -> str:
        facts = dict(form.cleaned_data)
        counts = services.hand_over(self.actor, self.person, bodies=list(facts.pop("bodies")), **facts)
        held = counts.pop("holdings")
        return gettext("已交接：任职 %(held)d 项，未办结工作 %(work)d 项") % {
            "held": held,
            "work": sum(counts.values()),
        }
