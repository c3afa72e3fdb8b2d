"""One entry about one release: what is always held of it, and what the act adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models.fields.files import FieldFile

from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import reviewables
from gongkai.review.digests import sm3_of_file
from gongkai.review.machine import candidate_of
from gongkai.review.models import Entry, Finding, Release, What
from gongkai.review.register.chain import append
from gongkai.review.register.wording import fit

LISTED = 500  # findings written one by one; of more there is the count by rule


def note(release: Release | None, what: What, actor: User | None, **facts: Any) -> Entry:
    """Write one entry, in the transaction of the act it tells of. `actor` None means the system itself.

    Texts are screened: personal data are masked; a suspected state secret is a ValidationError that names the field
    and, by ending the transaction, undoes the act.
    """
    said = {key: value for key, value in facts.items() if value not in (None, "", [], {})}
    return append(release, what, actor, fit(_about(release) | _by(actor) | said))


def sheet_of(release: Release) -> dict[str, Any]:
    """审查表: attribute, ground and answers as they are now."""
    facts = {"attribute": release.attribute, "ground": release.ground, "answers": release.answers}
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
    """Findings as the register holds them: rule, masked excerpt, keyed digest, disposal; counted when there are many."""
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
        "title": release.title,
        "body": release.body.code,
        "kind": release.kind,
        "digest": release.digest,
        "state": release.state,
    }
    return facts | ({"revision": release.revision} if release.revision is not None else {})


def _by(actor: User | None) -> dict[str, str]:
    return {"by": actor.get_full_name()} if actor is not None else {}
