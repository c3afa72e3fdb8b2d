"""What can be done on the page of an assignment: each action is a small form and the verb behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.foundation.access import Rights
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Label
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, PlanState, State
from gongkai.ledger.views import forms

OPEN = (State.IN_PROGRESS, State.RETURNED)
UNDONE = (State.TO_ACCEPT, State.IN_PROGRESS, State.SUBMITTED, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Action:
    """`states`: where an assignment must stand; `first`: the thing to do now, shown open; `done`: said afterwards.

    `evidence`: adds a piece of evidence, so it stands beneath those there are.
    """

    key: str
    verb: str
    word: Label
    consequence: Label
    done: Label
    form: type[forms.ActionForm]
    call: Callable[[User, Assignment, dict[str, Any]], Any]
    states: tuple[State, ...] = UNDONE
    first: bool = False
    files: bool = False
    evidence: bool = False


ACTIONS = (
    Action(
        "accept",
        "ledger.accept",
        _("签收"),
        _("签收后任务转为“推进中”，由您承办"),
        _("已签收"),
        forms.AcceptForm,
        lambda actor, one, data: services.accept(actor, one),
        (State.TO_ACCEPT,),
        first=True,
    ),
    Action(
        "submit",
        "ledger.submit",
        _("提交审核"),
        _("提交后由政务公开办审核"),
        _("已提交审核"),
        forms.SubmitForm,
        lambda actor, one, data: services.submit(actor, one, data["note"]),
        OPEN,
        first=True,
    ),
    Action(
        "close",
        "ledger.close",
        _("办结"),
        _("审核通过，任务转为“已办结”"),
        _("已办结"),
        forms.CloseForm,
        lambda actor, one, data: services.close(actor, one, data["note"]),
        (State.SUBMITTED,),
        first=True,
    ),
    Action(
        "return",
        "ledger.return",
        _("退回"),
        _("退回责任单位修改，并通知其信息员"),
        _("已退回"),
        forms.ReturnForm,
        lambda actor, one, data: services.send_back(actor, one, data["reason"]),
        (State.SUBMITTED,),
        first=True,
    ),
    Action(
        "check-in",
        "ledger.check_in",
        _("填报进展"),
        _("每期一次，再次填报替换原内容"),
        _("已填报"),
        forms.CheckInForm,
        lambda actor, one, data: services.check_in(actor, one, data["period"], data["progress"], data["note"]),
        (State.IN_PROGRESS, State.SUBMITTED, State.RETURNED),
    ),
    Action(
        "link",
        "ledger.add_link",
        _("添加网页链接"),
        _("系统随后打开链接，核验能否访问、标题、发布日期和网站"),
        _("已添加链接，系统正在核验"),
        forms.LinkForm,
        lambda actor, one, data: services.add_link(actor, one, data["url"], data["title"]),
        OPEN,
        evidence=True,
    ),
    Action(
        "file",
        "ledger.add_file",
        _("添加文件"),
        _("文件在发布审查通过之前不对外公开"),
        _("已添加文件"),
        forms.FileForm,
        lambda actor, one, data: services.add_file(actor, one, data["file"], data["title"]),
        OPEN,
        files=True,
        evidence=True,
    ),
    Action(
        "note",
        "ledger.add_note",
        _("添加文字说明"),
        _("没有网页和文件时，用文字说明办理情况"),
        _("已添加说明"),
        forms.NoteForm,
        lambda actor, one, data: services.add_note(actor, one, data["text"], data["title"]),
        OPEN,
        evidence=True,
    ),
    Action(
        "delegate",
        "ledger.delegate",
        _("指定承办人"),
        _("交给本单位其他人员承办，并通知其本人"),
        _("已指定承办人"),
        forms.DelegateForm,
        lambda actor, one, data: services.delegate(actor, one, data["handler"]),
    ),
    Action(
        "urge",
        "ledger.urge",
        _("催办"),
        _("通知责任单位的信息员和签发领导，同一任务一天只催办一次"),
        _("已催办"),
        forms.UrgeForm,
        lambda actor, one, data: services.urge(actor, one, data["note"]),
    ),
    Action(
        "extend",
        "ledger.extend",
        _("延长期限"),
        _("到期日顺延，依据和理由记入历史"),
        _("已延期"),
        forms.ExtendForm,
        lambda actor, one, data: services.extend(actor, one, data["due"], data["rule"], data["reason"]),
    ),
    Action(
        "reopen",
        "ledger.reopen",
        _("重新办理"),
        _("任务退回“推进中”，由责任单位继续办理"),
        _("已重新办理"),
        forms.ReopenForm,
        lambda actor, one, data: services.reopen(actor, one, data["reason"]),
        (State.ACCEPTED,),
    ),
    Action(
        "withdraw",
        "ledger.withdraw_assignment",
        _("撤销任务"),
        _("该单位不再承担本项任务，办理记录保留"),
        _("已撤销任务"),
        forms.WithdrawForm,
        lambda actor, one, data: services.withdraw_assignment(actor, one, data["reason"]),
    ),
    Action(
        "comment",
        "ledger.comment",
        _("发表意见"),
        _("责任单位和政务公开办都能看到"),
        _("已发表"),
        forms.CommentForm,
        lambda actor, one, data: services.comment(actor, one, data["text"]),
        (*UNDONE, State.ACCEPTED),
    ),
)
BY_KEY = {action.key: action for action in ACTIONS}


def is_live(assignment: Assignment) -> bool:
    """Whether anything can still be done: neither withdrawn nor archived."""
    return not assignment.withdrawn and assignment.plan.state == PlanState.OPEN


def possible(assignment: Assignment, rights: Rights) -> list[Action]:
    """The actions that this person may take on the assignment as it stands."""
    if not is_live(assignment):
        return []
    return [
        action
        for action in ACTIONS
        if assignment.state in action.states and rights.may(action.verb, assignment.body_id)
    ]
