"""The bar of conditions above every list and board of the ledger. It is a GET form: the conditions live in the URL."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import BodyQuerySet, Kind
from gongkai.ledger.models import Group, Item, Plan, Role, State, Task
from gongkai.ledger.selectors import Filters

YES_NO = [("", _("不限")), ("1", _("是")), ("0", _("否"))]


def _choices(label: Any, pairs: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(label=label, choices=pairs, required=False, widget=widget)


class FilterForm(forms.Form):
    """Shows `Filters`; reading the URL is `Filters.parse`'s work."""

    q = forms.CharField(label=_("事项"), required=False, max_length=100)
    state = _choices(_("状态"), State.choices)
    overdue = forms.ChoiceField(label=_("已逾期"), choices=YES_NO, required=False)
    at_risk = forms.ChoiceField(label=_("有风险"), choices=YES_NO, required=False)
    kind = _choices(_("单位类别"), [pair for pair in Kind.choices if pair[0] != Kind.COUNTY])
    role = _choices(_("责任类型"), Role.choices)
    evidence = forms.ChoiceField(label=_("有佐证材料"), choices=YES_NO, required=False)
    missed = forms.ChoiceField(label=_("进展漏报"), choices=YES_NO, required=False)
    dated = forms.ChoiceField(label=_("有完成时限"), choices=YES_NO, required=False)
    due_from = forms.DateField(label=_("到期日起"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    due_to = forms.DateField(label=_("到期日止"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    group = _choices(_("任务分组"), [])

    def __init__(self, filters: Filters, plan: Plan | None) -> None:
        shown = {name: getattr(filters, name) for name in self.base_fields}
        for name in ("overdue", "at_risk", "evidence", "missed", "dated"):
            shown[name] = "" if shown[name] is None else str(int(shown[name]))
        super().__init__(initial=shown, auto_id="filter_%s")
        groups = Group.objects.filter(plan=plan) if plan else Group.objects.none()
        cast(forms.ChoiceField, self.fields["group"]).choices = list(groups.values_list("pk", "name"))
        if plan is None:
            del self.fields["group"]


def bar_of(filters: Filters, plan: Plan | None, bodies: BodyQuerySet) -> dict[str, Any]:
    """What the bar's template needs. Bodies are no field of the form: two hundred boxes are drawn quicker by a loop."""
    bodies = bodies.of_county(plan.county) if plan else bodies
    offered = list(bodies.working().order_by("order", "id").values_list("pk", "name"))
    return {
        "filters": filters,
        "filter_form": FilterForm(filters, plan),
        "offered": offered if len(offered) > 1 else [],
        "kept": [(name, value) for name in ("task", "item") for value in getattr(filters, name)]
        + ([("handler", filters.handler)] if filters.handler is not None else [])
        + ([("grouped", int(filters.grouped))] if filters.grouped is not None else [])
        + ([("act", filters.act), ("week", filters.week)] if filters.act and filters.week else []),
        "chips": chips(filters, plan, bodies),
    }


def chips(filters: Filters, plan: Plan | None, bodies: BodyQuerySet) -> list[tuple[str, str]]:
    """What is filtered, in words, each with the query that lifts it."""
    rows = [(f"“{filters.q}”", filters.but(q="").to_query())] if filters.q else []
    for name, words in _words(filters, plan, bodies).items():
        values = getattr(filters, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            rows.append((str(words.get(value, value)), filters.but(**{name: rest}).to_query()))
    return rows + _flag_chips(filters)


def _words(filters: Filters, plan: Plan | None, bodies: BodyQuerySet) -> dict[str, dict[Any, Any]]:
    """What the values of each condition are called, within what the person sees; only what is filtered is fetched."""
    named: dict[str, dict[Any, Any]] = {
        "state": dict(State.choices),
        "kind": dict(Kind.choices),
        "role": dict(Role.choices),
    }
    sources: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("body", bodies, "name"),
        ("group", Group.objects.filter(plan=plan), "name"),
        ("task", Task.objects.filter(plan=plan), "name"),
        ("item", Item.objects.filter(plan=plan), "key"),
    )
    for name, records, field in sources:
        ids = getattr(filters, name)
        named[name] = dict(records.filter(pk__in=ids).values_list("pk", field)) if ids else {}
    named["item"] = {pk: _("事项（%s）") % key for pk, key in named["item"].items()}
    return named


def _flag_chips(filters: Filters) -> list[tuple[str, str]]:
    words = {
        ("overdue", True): _("已逾期"),
        ("overdue", False): _("未逾期"),
        ("at_risk", True): _("有风险"),
        ("at_risk", False): _("无风险"),
        ("evidence", True): _("有佐证材料"),
        ("evidence", False): _("无佐证材料"),
        ("missed", True): _("进展漏报"),
        ("missed", False): _("进展无漏报"),
        ("dated", True): _("有完成时限"),
        ("dated", False): _("未规定完成时限"),
        ("grouped", True): _("在任务分组中"),
        ("grouped", False): _("不在任务分组中"),
    }
    rows = [
        (str(words[name, value]), filters.but(**{name: None}).to_query())
        for name in dict.fromkeys(name for name, _value in words)
        if (value := getattr(filters, name)) is not None
    ]
    if filters.due_from or filters.due_to:
        span = f"{filters.due_from or ''}～{filters.due_to or ''}"
        rows.append((span, filters.but(due_from=None, due_to=None).to_query()))
    if filters.act and filters.week is not None:
        acts = {"submitted": _("提交"), "closed": _("办结"), "returned": _("退回")}
        said = _("%(week)s起一周内%(act)s") % {"week": filters.week, "act": acts[filters.act]}
        rows.append((said, filters.but(act="", week=None).to_query()))
    if filters.handler is not None:
        rows.append((str(_("指定的承办人")), filters.but(handler=None).to_query()))
    return rows
