"""One action on many assignments, and its undoing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from gongkai.foundation.access import Rights, Role, verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.input import numbers
from gongkai.foundation.registries import Label
from gongkai.ledger import services
from gongkai.ledger.models import Assignment, Batch
from gongkai.ledger.services.bulk import BulkResult
from gongkai.ledger.views.base import LedgerView

SHOWN = 5  # reasons told one by one
NAMED = 3  # records named to each
KEPT = "ledger-bulk"  # in the session


@dataclass(frozen=True, slots=True)
class BulkAction:
    key: str
    verb: str
    word: Label
    noted: bool  # takes the words typed beside the buttons
    call: Callable[[User, list[Assignment], str], BulkResult]


BULK = {
    action.key: action
    for action in (
        BulkAction(
            "accept",
            "ledger.accept_many",
            gettext_lazy("签收"),
            False,
            lambda by, many, note: services.accept_many(by, many),
        ),
        BulkAction("close", "ledger.close_many", gettext_lazy("办结"), True, services.close_many),
        BulkAction("return", "ledger.return_many", gettext_lazy("退回"), True, services.return_many),
        BulkAction("urge", "ledger.urge_many", gettext_lazy("催办"), True, services.urge_many),
    )
}


def bulk_actions(rights: Rights, roles: Iterable[Role]) -> list[BulkAction]:
    """The bulk actions of this list that the person may use somewhere."""
    wanted = frozenset(roles)
    return [action for action in BULK.values() if wanted & verbs.get(action.verb).roles and rights.may(action.verb)]


class BulkView(LedgerView, View):
    """POST `action`, `id`…, `note`; back to the list, with a way to undo."""

    def post(self, request: HttpRequest) -> HttpResponse:
        action = BULK.get(request.POST.get("action", ""))
        ids = numbers(request.POST.getlist("id"))
        chosen = list(self.assignments.live().filter(pk__in=ids))
        note = request.POST.get("note", "").strip()
        if action is None or not chosen:
            messages.warning(request, _("请先勾选任务"))
            keep(request, ids, note)
            return back(request)
        try:
            result = action.call(self.actor, chosen, note)
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, refusal(action, error))
            keep(request, ids, note)
        else:
            tell(request, action, result)
            keep(request, [entry["id"] for entry in result["refused"]], note if result["refused"] else "")
        return back(request)


def refusal(action: BulkAction, error: ValidationError | PermissionDenied) -> str:
    """Why nothing was done, after the name of what was asked."""
    why = "；".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return _("未%(word)s：%(why)s") % {"word": action.word, "why": why}


def keep(request: HttpRequest, ids: list[int], note: str) -> None:
    """What was ticked and typed, for the list that is shown next."""
    if ids or note:
        request.session[KEPT] = {"ticked": ids, "note": note}


def left_over(request: HttpRequest) -> dict[str, Any]:
    """What was ticked and typed when the last action was refused; told once."""
    found: dict[str, Any] = request.session.pop(KEPT, None) or {"ticked": [], "note": ""}
    return found


def tell(request: HttpRequest, action: BulkAction, result: BulkResult) -> None:
    """What was done, what was refused and why."""
    done, refused = result["done"], result["refused"]
    if done:
        words = _("已%(word)s %(count)d 项。") % {"word": action.word, "count": len(done)}
        messages.success(request, format_html("{}{}", words, undo_button(request, result["batch"])))
    reasons: dict[str, list[str]] = {}
    for entry in refused:
        reasons.setdefault(entry["why"], []).append(entry["name"])
    told = list(reasons.items())
    for why, names in told[:SHOWN]:
        messages.warning(request, left_undone(action, why, names))
    if rest := sum(len(names) for _why, names in told[SHOWN:]):
        messages.warning(request, _("另有 %d 项未办理") % rest)


def left_undone(action: BulkAction, why: str, names: list[str]) -> str:
    """What was refused for one reason: by name, and how many when they are many."""
    if len(names) == 1:
        return f"{names[0]}：{why}"
    shown = "；".join(names[:NAMED]) + (_(" 等") if len(names) > NAMED else "")
    return _("%(count)d 项未%(word)s：%(why)s（%(names)s）") % {
        "count": len(names),
        "word": action.word,
        "why": why,
        "names": shown,
    }


def undo_button(request: HttpRequest, batch: int | None) -> SafeString:
    """A form of one button: undoing changes records, so it is no link."""
    if batch is None:
        return SafeString("")
    return format_html(
        ' <form method="post" action="{}" class="ledger-undo"><input type="hidden" name="csrfmiddlewaretoken" '
        'value="{}"><input type="hidden" name="next" value="{}"><button class="button button-small">{}</button></form>',
        reverse("ledger_undo", args=[batch]),
        get_token(request),
        request.POST.get("next", ""),
        _("撤销"),
    )


class UndoView(LedgerView, View):
    """Undoes a bulk action of one's own, as far as nobody changed the records since."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = get_object_or_404(Batch, pk=pk, by=cast(User, request.user))
        try:
            undone = services.undo(self.actor, batch)
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, "；".join(getattr(error, "messages", [str(error)])))
        else:
            messages.success(request, _("已撤销 %d 项") % len(undone["done"]))
        return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the list the request came from, if it is ours."""
    target = request.POST.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(target) if safe else redirect("ledger_board")
