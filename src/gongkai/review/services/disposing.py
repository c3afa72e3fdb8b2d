"""处置 of the machine's findings: each that is to be confirmed is decided by somebody by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.core.screening import Category, Severity
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.registries import reviewables
from gongkai.foundation.wording import demand_text
from gongkai.review import register
from gongkai.review.digests import sm3
from gongkai.review.machine import candidate_of
from gongkai.review.models import Disposal, Finding, Release, State, What
from gongkai.review.redacting import made_before
from gongkai.review.services.machine_step import KEPT, settle
from gongkai.review.services.records import close, locked, subject_of, waiting
from gongkai.review.services.standing import on_what_stands
from gongkai.review.telling import tell_requester

Mask = Callable[[Any, User, str, list[tuple[int, int, str]]], None]
WHOLE_NUMBERS = "aggregation-direct"
DECIDERS = (Role.CLERK, Role.OFFICE, Role.REVIEWER, Role.SECRECY_REVIEWER)


@verb("review.dispose", gettext_lazy("处置机器发现"), *DECIDERS, body="finding.release.body_id")
@on_what_stands
def dispose(actor: User | None, finding: Finding, disposal: Disposal, reason: str = "") -> Finding:
    """Keep a finding with a reason, call it not applicable with a reason, or send the whole back to be mended.

    What the machine blocks cannot be kept: it is mended or masked. Masking is a verb of its own.
    """
    actor = cast(User, actor)
    release = waiting(finding.release)
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if disposal == Disposal.MASK:
        raise ValidationError(_("遮盖会改动内容，请用“遮盖”办理"))
    if disposal in KEPT:
        reason = demand_text(reason, _("保留或者不适用的理由"))
        if finding.severity == Severity.BLOCK:
            raise ValidationError(_("阻断级的发现不能保留，只能修改或者遮盖"))
    _note(finding, disposal, actor, reason, "review.dispose")
    register.note(release, What.DISPOSED, actor, **register.findings_of([finding]))
    if disposal == Disposal.MEND:
        close(release, State.RETURNED, "review.dispose", actor, reason or _("按机器发现修改"))
        tell_requester(release)
    else:
        settle(release)
    return finding


@verb("review.mask", gettext_lazy("遮盖机器发现"), Role.CLERK, Role.OFFICE, body="release.body_id", atomic=False)
def mask(actor: User | None, release: Release, findings: list[Finding]) -> Release:
    """Write the accepted form over the findings, in the record or the attachment. It must then be put forward again.

    Refused when the content is no longer what the machine read, or a finding has no accepted form.
    """
    entry = reviewables.get(release.kind)
    if entry.mask is None:
        raise ValidationError(_("%s不能自动遮盖，请修改原记录") % entry.label)
    _refuse_moved(release, findings)
    with made_before(_files(release, findings)), transaction.atomic():  # making copies may take long
        return _mask(cast(User, actor), release, entry.mask, findings)


def _files(release: Release, findings: list[Finding]) -> list[FieldFile]:
    """The attachments in which something is to be masked."""
    entry, parts = reviewables.get(release.kind), {one.part for one in findings if one.in_file}
    candidate = candidate_of(entry, subject_of(entry, release.object_id))
    return [file for label, file in entry.files(candidate) if label in parts] if entry.files else []


def _mask(actor: User, release: Release, write: Mask, findings: list[Finding]) -> Release:
    """Write the masked version, unless the content changed meanwhile."""
    release = locked(release)
    subject = subject_of(reviewables.get(release.kind), release.object_id, lock=True)
    _refuse_moved(release, findings)
    for part in dict.fromkeys(one.part for one in findings):
        rows = [one for one in findings if one.part == part]
        write(subject, actor, part, [(one.start, one.end, one.replacement) for one in rows])
        for row in rows:
            _note(row, Disposal.MASK, actor, "", "review.mask")
    register.note(release, What.DISPOSED, actor, **register.findings_of(findings))
    if release.state == State.WAITING:
        close(release, State.RETURNED, "review.mask", actor, _("已遮盖机器发现，重新报送"))
    return release


def _refuse_moved(release: Release, findings: list[Finding]) -> None:
    entry = reviewables.get(release.kind)
    if not findings or any(one.release_id != release.pk for one in findings):
        raise ValidationError(_("请选择本次审查的机器发现"))
    by_hand = [one for one in findings if not maskable(one)]
    if by_hand:
        raise ValidationError(_("“%s”没有通行的遮盖写法，请修改原文") % by_hand[0])
    if sm3(entry.digest(candidate_of(entry, subject_of(entry, release.object_id)))) != release.digest:
        raise ValidationError(_("内容已有改动，请重新报送后再遮盖"))


def maskable(finding: Finding) -> bool:
    """Whether a machine can mend it: by its accepted form, or in a redacted copy.

    Of what a list gives away a copy takes the whole numbers; the rest is mended by people.
    """
    given_away = finding.category == Category.AGGREGATION and finding.rule != WHOLE_NUMBERS
    return bool(finding.replacement) or (finding.in_file and not given_away)


def _note(finding: Finding, disposal: Disposal, actor: User, reason: str, verb_key: str) -> None:
    with change(finding, verb_key, actor=actor, reason=reason):
        finding.disposal, finding.reason = disposal, reason
        finding.decided_by, finding.decided_at = actor, clock.now()
