"""What is done with the machine's findings of a batch: kept by name for a reason, or the articles left out.

Decided rule by rule: among a hundred thousand articles the office's telephone number stands in ten thousand.
"""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.screening import Severity
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record
from gongkai.portal.importing.models import Batch, Outcome, Phase, Row, RowFinding
from gongkai.portal.importing.services.beginning import named

DECIDERS = (Role.CLERK, Role.OFFICE, Role.REVIEWER, Role.SECRECY_REVIEWER)


def undecided(batch: Batch) -> QuerySet[RowFinding]:
    """The findings a person must decide about by name, of articles that are to be put forward."""
    ready = RowFinding.objects.filter(row__batch=batch, row__outcome=Outcome.READY)
    return ready.filter(severity=Severity.CONFIRM, decided_by=None)


@verb("portal.import_keep", gettext_lazy("保留导入批次的机器发现"), *DECIDERS, body="batch.body_id")
def keep(actor: User | None, batch: Batch, rule: str, reason: str) -> int:
    """All that one rule found and nobody decided about yet. Returns how many."""
    batch = _loaded(batch)
    if not reason.strip():
        raise ValidationError(_("请写明保留的理由"))
    told = {"reason": reason.strip(), "decided_by": cast(User, actor), "decided_at": clock.now()}
    count = undecided(batch).filter(rule=rule).update(**told)
    record("portal.import_keep", batch, actor=actor, reason=reason.strip(), details={"rule": rule, "count": count})
    return count


@verb("portal.import_leave_out", gettext_lazy("有机器发现的文章留作草稿"), *DECIDERS, body="batch.body_id")
def leave_out(actor: User | None, batch: Batch, rule: str) -> int:
    """The articles in which the rule found something go their own way, one by one. Returns how many."""
    batch = _loaded(batch)
    rows = Row.objects.filter(pk__in=undecided(batch).filter(rule=rule).values("row"))
    count = rows.update(outcome=Outcome.LEFT)
    record("portal.import_leave_out", batch, actor=actor, details={"rule": rule, "count": count})
    return count


def _loaded(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.phase != Phase.LOADED:
        raise ValidationError(_("“%(name)s”%(phase)s，不能处置机器发现") % named(batch))
    return batch
