"""One entry about one release: what is always held of it, and what the act adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models.fields.files import FieldFile

from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import reviewables
from gongkai.review import gate
from gongkai.review.digests import sm3_of_file
from gongkai.review.machine import candidate_of, masked
from gongkai.review.models import Entry, Finding, Incident, Opinion, Outcome, Release, State, Step, StepKind, What
from gongkai.review.register.chain import append
from gongkai.review.register.wording import fit

CLOSED = {
    State.WITHDRAWN: What.WITHDRAWN,
    State.SUPERSEDED: What.SUPERSEDED,
    State.EXPIRED: What.EXPIRED,
    State.RETURNED: What.RETURNED,
}
LISTED = 500  # findings written one by one; of more there is the count by rule


def note(release: Release | None, what: What, actor: User | None, **facts: Any) -> Entry:
    """Write one entry, in the transaction of the act it tells of. `actor` None means the system itself.

    Texts are screened: personal data are masked; a suspected state secret is a ValidationError that names the field
    and, by ending the transaction, undoes the act.
    """
    said = {key: value for key, value in facts.items() if value not in (None, "", [], {})}
    return append(release, what, actor, _about(release) | fit(_by(actor) | said))


def note_requested(release: Release, authors: list[str], words: str) -> Entry:
    """It was put forward: the sheet as filled in so far, the attachments, who wrote it."""
    facts = sheet_of(release) | {"attachments": attachments_of(release), "authors": authors, "note": words}
    return note(release, What.REQUESTED, release.requested_by, **facts)


def note_step(step: Step, **facts: Any) -> Entry:
    """A step was taken: by whom, for whom, with which outcome; the machine's with what it found."""
    release, passed = step.release, step.outcome == Outcome.PASSED
    what = What.PASSED if passed else What.RETURNED
    if step.kind == StepKind.MACHINE:
        what = What.MACHINE_PASSED if passed else What.MACHINE_STOPPED
        facts |= findings_of(release.findings.all()) | {"machine": release.machine}
        facts |= {"not_examined": release.not_examined, "together": release.together}
    else:
        facts |= {"step": step.kind, "reviewer_body": step.reviewer_body.code}
        facts |= {"deputy_for": step.deputy_for.get_full_name()} if step.deputy_for else {}
    return note(release, what, step.decided_by, note=step.note, **facts)


def note_closed(release: Release) -> Entry:
    """It was withdrawn, replaced, sent back or came to its end."""
    what = CLOSED[State(release.state)]
    return note(release, what, release.closed_by, reason=release.closed_reason, notice=release.notice)


def note_public(release: Release, actor: User | None) -> Entry | None:
    """It is open to the public, exactly as it was signed; nothing is written as long as it is not.

    What has drafts may be signed for a later time: it is public once it is live, and whoever makes it so calls this.
    """
    entry = reviewables.get(release.kind)
    subject = entry.model._default_manager.filter(pk=release.object_id).first()
    waits = getattr(subject, "live", True) is False
    if subject is None or waits or not gate.is_open(release.kind, subject):
        return None
    facts = {"address": entry.address(subject), "attachments": attachments_of(release)}
    return note(release, What.PUBLISHED, actor, **facts)


def note_opinion(opinion: Opinion) -> Entry:
    """Others were asked, or answered."""
    asked = {"asked": opinion.asked, "asked_name": opinion.asked_name, "question": opinion.question}
    if not opinion.verdict:
        return note(opinion.release, What.ASKED, opinion.asked_by, **asked)
    replied = {"verdict": opinion.verdict, "answer": opinion.answer}
    return note(opinion.release, What.ANSWERED, opinion.answered_by, **asked, **replied)


def note_incident(incident: Incident, actor: User | None, act: What, **facts: Any) -> Entry:
    """Something that looks like a state secret turned up, was reported, or was settled; nothing of what it said."""
    known = {"incident": incident.pk, "way": incident.way, "rule": incident.rule}
    known |= {"body": incident.body.code} if incident.body else {}
    return append(incident.release, act, actor, fit(known | _by(actor) | facts))


def sheet_of(release: Release) -> dict[str, Any]:
    """审查表: attribute, ground and answers as they are now."""
    facts = {"attribute": release.attribute, "ground": release.ground, "answers": release.answers}
    facts |= {"carrier": release.carrier, "other_ways": release.other_ways}
    if release.urgent:
        facts |= {"urgent": True, "urgent_reason": release.urgent_reason}
    return facts | ({"show_until": release.show_until} if release.show_until else {})


def attachments_of(release: Release) -> list[dict[str, str]]:
    """The attachments that are put forward, each with its SM3."""
    entry = reviewables.get(release.kind)
    subject = entry.model._default_manager.filter(pk=release.object_id).first()
    if entry.files is None or subject is None:
        return []
    files: Iterable[tuple[str, FieldFile]] = entry.files(candidate_of(entry, subject))
    return [{"name": label, "digest": sm3_of_file(file)} for label, file in files]


def findings_of(findings: Iterable[Finding]) -> dict[str, Any]:
    """Findings as the register holds them: rule, masked excerpt, keyed digest, disposal; many are counted."""
    rows = list(findings)
    return {
        "findings": [_finding(row) for row in rows[:LISTED]],
        "counts": dict(sorted(Counter(row.rule for row in rows).items())),
    }


def _finding(row: Finding) -> dict[str, Any]:
    facts = {
        "rule": row.rule,
        "severity": row.severity,
        "part": row.part,
        "where": row.where,
        "excerpt": row.excerpt,
        "keyed": row.keyed,
        "disposal": row.disposal,
        "reason": row.reason,
    }
    return {key: value for key, value in facts.items() if value}


def _about(release: Release | None) -> dict[str, Any]:
    if release is None:
        return {}
    facts = {
        "title": masked(release.title),  # by today's rules: a title must never keep anybody from withdrawing
        "body": release.body.code,
        "kind": release.kind,
        "digest": release.digest,
        "state": release.state,
    }
    return facts | ({"revision": release.revision} if release.revision is not None else {})


def _by(actor: User | None) -> dict[str, str]:
    return {"by": actor.get_full_name()} if actor is not None else {}
