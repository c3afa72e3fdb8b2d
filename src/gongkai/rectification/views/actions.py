"""What can be done on the page of a case: each action is a small form and the verb behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.access import Rights
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Label
from gongkai.rectification import services
from gongkai.rectification.models import OWED, Case, State
from gongkai.rectification.views import forms

UNCLOSED = (*OWED, State.EXCEPTED)


@dataclass(frozen=True, slots=True)
class Action:
    """`states`: where a case must stand; `first`: the thing to do now, shown open; `consequence`: what will happen."""

    key: str
    verb: str
    word: Label
    consequence: Label
    form: type[forms.ActionForm]
    call: Callable[[User, Case, dict[str, Any]], Any]
    states: tuple[State, ...]
    first: bool = False


def _urge(actor: User, case: Case, data: dict[str, Any]) -> None:
    refused = services.urge(actor, [case], data["note"])["refused"]
    if refused:
        raise ValidationError(refused[0]["why"])


ACTIONS = (
    Action(
        "mended",
        "rectification.report_mended",
        _("报告已整改"),
        _("系统随即复核：已整改的办结，未整改的退回并说明看到了什么"),
        forms.MendedForm,
        lambda actor, case, data: services.report_mended(actor, case, data["note"]),
        (State.TO_MEND,),
        first=True,
    ),
    Action(
        "recheck",
        "rectification.recheck",
        _("立即复核"),
        _("系统再看一次；已整改的办结"),
        forms.NothingForm,
        lambda actor, case, data: services.recheck(actor, case),
        UNCLOSED,
    ),
    Action(
        "urge",
        "rectification.urge",
        _("催办"),
        _("通知责任单位的信息员，同一事项一天只催办一次"),
        forms.UrgeForm,
        _urge,
        (State.TO_MEND,),
    ),
    Action(
        "rule-mended",
        "rectification.overrule",
        _("认定已整改"),
        _("不论系统复核的结论，办结本事项；来源仍发现该问题的，不再立案"),
        forms.RulingForm,
        lambda actor, case, data: services.overrule(actor, case, True, data["reason"]),
        UNCLOSED,
    ),
    Action(
        "rule-standing",
        "rectification.overrule",
        _("认定未整改"),
        _("退回责任单位整改；此后系统复核不能自动办结，由政务公开办认定"),
        forms.RulingForm,
        lambda actor, case, data: services.overrule(actor, case, False, data["reason"]),
        (State.TO_CHECK, State.CLOSED),
    ),
    Action(
        "except",
        "rectification.except_until",
        _("列为例外"),
        _("期间不计入期限、不催办；截止日期一过自动恢复待整改"),
        forms.ExceptForm,
        lambda actor, case, data: services.except_until(actor, case, data["until"], data["reason"]),
        OWED,
    ),
    Action(
        "end-exception",
        "rectification.end_exception",
        _("提前结束例外"),
        _("恢复待整改，期限从明天起接着计算"),
        forms.EndForm,
        lambda actor, case, data: services.end_exception(actor, case, data["reason"]),
        (State.EXCEPTED,),
    ),
    Action(
        "reassign",
        "rectification.reassign",
        _("改派单位"),
        _("由另一单位整改，期限从今天重新起算，并通知其信息员"),
        forms.ReassignForm,
        lambda actor, case, data: services.reassign(actor, case, data["body"], data["reason"]),
        UNCLOSED,
    ),
)
BY_KEY = {action.key: action for action in ACTIONS}


def possible(case: Case, rights: Rights) -> list[Action]:
    """The actions that this person may take on the case as it stands."""
    return [action for action in ACTIONS if case.state in action.states and rights.may(action.verb, case.body_id)]
