"""What the buttons of the review do: each reads its fields and uses one verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.bodies.models import Kind
from gongkai.foundation.accounts.models import User
from gongkai.ledger.importing.decisions import Choice, ItemEdit
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.missing import register
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.models import Draft
from gongkai.ledger.services import commit, discard, settle
from gongkai.ledger.views.importing.forms import RowForm, read_names


@dataclass
class Doing:
    """One press of a button. `row`: the row it stands in; `said`: what to tell afterwards."""

    actor: User
    draft: Draft
    data: QueryDict
    said: list[str] = field(default_factory=list)
    form: RowForm | None = None

    @property
    def row(self) -> str:
        return self.data.get("row", "")

    @property
    def proposal(self) -> Proposal:
        return Proposal(self.draft)

    def entry(self) -> Entry:
        found = next((row for row in self.proposal.rows if row.key == self.row), None)
        if found is None:
            raise ValidationError(_("导入稿中没有事项（%(key)s）") % {"key": self.row})
        return found

    def edit(self, edit: ItemEdit) -> None:
        settle(self.actor, self.draft, items={self.row: edit})


def answer(doing: Doing) -> None:
    """Settle one finding."""
    try:
        choice = Choice(doing.data.get("choice", ""))
    except ValueError:
        raise ValidationError(_("请选择处理方式")) from None
    settle(doing.actor, doing.draft, findings={doing.data.get("finding", ""): choice})


def answer_all(doing: Doing) -> None:
    count = len(doing.proposal.open_warnings)
    settle(doing.actor, doing.draft, all_warnings=True)
    doing.said.append(_("已采纳 %(count)d 条提示的建议，逐条仍可更改") % {"count": count})


def change_row(doing: Doing) -> None:
    """Save the row's form; its open findings are settled with it when the person says so."""
    doing.form = form = RowForm(doing.entry(), doing.data)
    if not form.is_valid():
        raise ValidationError(_("事项（%(key)s）有内容需要改正") % {"key": doing.row})
    findings = {
        each.id: Choice.EDIT
        for each in doing.proposal.issues
        if form.cleaned_data["settles"] and each.key == doing.row and each.is_open
    }
    edit = form.edit()
    settle(doing.actor, doing.draft, findings=findings, items={doing.row: edit} if edit else {})


def add_bodies(doing: Doing) -> None:
    """Complete an open-ended list: names as typed, separated by 、."""
    entry, proposal = doing.entry(), doing.proposal
    names = [named["name"] for named in read_names(doing.data.get("bodies", ""))]
    if not names:
        raise ValidationError(_("请填写要补充的单位，单位之间用顿号"))
    found = {name: proposal.register.find(name) for name in names}
    if unknown := [name for name, body in found.items() if body is None]:
        raise ValidationError(_("名册中没有“%(names)s”，请先登记单位") % {"names": "、".join(unknown)})
    ids = [body.pk for body in found.values() if body is not None]
    doing.edit({"added": list(dict.fromkeys([*entry.added, *ids]))})


def remove_body(doing: Doing) -> None:
    gone = doing.data.get("body", "")
    doing.edit({"added": [pk for pk in doing.entry().added if str(pk) != gone]})


def split(doing: Doing) -> None:
    doing.edit({"parts": doing.entry().proposed})


def missing_bodies(doing: Doing) -> None:
    """Register the missing bodies, save those that mean a body there is, or none."""
    proposal = doing.proposal
    names: dict[str, int | None] = {}
    kinds: dict[str, Kind] = {}
    for at, each in enumerate(proposal.missing):
        meant, kind = doing.data.get(f"meant-{at}", "").strip(), doing.data.get(f"kind-{at}", "")
        if doing.data.get(f"name-{at}") != each.name:
            raise ValidationError(_("单位列表已有变化，请核对后重新提交"))
        if meant:
            body = proposal.register.find(meant)
            if body is None:
                raise ValidationError(_("名册中没有“%(name)s”，请从列表中选择") % {"name": meant})
            names[each.name] = body.pk
        elif kind == "none":
            names[each.name] = None
        else:
            kinds[each.name] = Kind(kind) if kind in Kind.values else each.kind
    with transaction.atomic():
        if names:
            settle(doing.actor, doing.draft, names=names)
        made = [each for each in proposal.missing if each.name in kinds]
        register(doing.actor, doing.draft.county, made, kinds)
    if not proposal.missing:
        doing.said.append(_("名册中没有的单位已由他人处理完毕"))
        return
    doing.said.append(
        _("已登记 %(made)d 个单位，%(meant)d 个名称已对应或略去") % {"made": len(made), "meant": len(names)}
    )


def import_ledger(doing: Doing) -> str:
    plan = commit(doing.actor, doing.draft, seen=doing.data.get("seen", ""))
    items = plan.items.filter(removed=False).count()
    tasks = plan.assignments.filter(withdrawn=False).count()
    doing.said.append(
        _("%(year)s年度台账已导入：%(items)d 个事项，%(tasks)d 项任务")
        % {"year": plan.year, "items": items, "tasks": tasks}
    )
    return f"{reverse('ledger_board')}?plan={plan.pk}"


def put_away(doing: Doing) -> str:
    discard(doing.actor, doing.draft)
    doing.said.append(_("已放弃导入“%(name)s”") % {"name": doing.draft.file_name})
    return reverse("ledger_import")


DOINGS: dict[str, Callable[[Doing], str | None]] = {
    "answer": answer,
    "answer-all": answer_all,
    "change": change_row,
    "add": add_bodies,
    "remove-body": remove_body,
    "complete": lambda doing: doing.edit({"complete": True}),
    "split": split,
    "whole": lambda doing: doing.edit({"parts": []}),
    "drop": lambda doing: doing.edit({"dropped": True}),
    "restore": lambda doing: doing.edit({"dropped": False}),
    "separate": lambda doing: doing.edit({"separate": True}),
    "join": lambda doing: doing.edit({"separate": False}),
    "bodies": missing_bodies,
    "commit": import_ledger,
    "discard": put_away,
}
