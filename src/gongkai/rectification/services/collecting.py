"""采集: every day each source's findings become cases, and what its check no longer finds is closed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.masking import masked
from gongkai.foundation.registries import Finding, RectificationSource, rectification_sources
from gongkai.rectification.deadline import default_term, due_of
from gongkai.rectification.models import Case, Ruling, SourceRun, State
from gongkai.rectification.services.checking import look_again, traced
from gongkai.rectification.services.telling import tell_opened

logger = logging.getLogger("gongkai.rectification")

COLLECT = "rectification.collect"


@dataclass(slots=True)
class Tally:
    """What one look at one source came to."""

    found: int = 0
    opened: list[Case] = field(default_factory=list)
    closed: int = 0
    problems: list[str] = field(default_factory=list)


@verb(COLLECT, _("采集整改问题"), system=True, atomic=False)
def collect(actor: User | None) -> list[SourceRun]:
    """Look at every source; one that fails is written down as failed and does not stop the others.

    May be run any number of times: what is known already is not opened again.
    """
    return [_collect(source) for source in rectification_sources]


@verb("rectification.open_case", _("立案整改"), Role.OFFICE, Role.SECRECY_ADMIN, body="finding.body_id", system=True)
def open_case(actor: User | None, source: str, finding: Finding) -> Case:
    """Open a case for a source that pushes its findings; the case there is already when the problem is known.

    The system itself does not open again what the office ruled mended; a person does.
    """
    if source not in rectification_sources:
        raise ValidationError(gettext("没有登记名为“%s”的整改来源") % source, code="no-source")
    known = Case.objects.unclosed().filter(source=source, reference=finding.reference).first()
    if known is not None:
        return known
    earlier = _latest_closed(source, finding.reference)
    if earlier is not None and earlier.ruling == Ruling.MENDED and earlier.ruling_ended_on is None:
        if actor is None:
            return earlier
        _end_ruling(earlier, "rectification.open_case", actor, gettext("再次立案，认定终止"))
    case, is_new = _open(source, finding, earlier, "rectification.open_case", actor)
    if is_new:
        tell_opened([case])
    return case


def _collect(source: RectificationSource) -> SourceRun:
    tally = Tally()
    try:
        findings = {finding.reference: finding for finding in source.findings()}
        tally.found = len(findings)
        _take(source.key, findings, tally)
        _look_at_the_vanished(source.key, findings, tally)
    except Exception as error:  # whatever a source raises, the others must run
        logger.error("source %s failed: %s", source.key, traced(error))
        tally.problems.append(masked(f"{type(error).__name__}: {error}")[:500])
    tell_opened(tally.opened)
    return _written_down(source.key, tally)


def _take(source: str, findings: dict[str, Finding], tally: Tally) -> None:
    """New findings become cases; what is said of known ones is kept up to date."""
    cases = Case.objects.filter(source=source)
    known = {case.reference: case for case in cases.unclosed()}
    aside = set(cases.set_aside().values_list("reference", flat=True))
    for reference, finding in findings.items():
        try:
            if reference in known:
                _refresh(known[reference], finding)
            elif reference not in aside:
                case, is_new = _open(source, finding, _latest_closed(source, reference), COLLECT, None)
                tally.opened += [case] if is_new else []
        except ValidationError as error:
            tally.problems.append("；".join(error.messages))
    for case in cases.set_aside():
        if case.reference not in findings:
            _end_ruling(case, COLLECT, None, gettext("来源不再发现该问题，认定终止"))


def _look_at_the_vanished(source: str, findings: dict[str, Finding], tally: Tally) -> None:
    """What is no longer found is closed when the check itself says so; what waits for the check is looked at too."""
    unlooked = 0
    for case in list(Case.objects.unclosed().filter(source=source).exclude(ruling=Ruling.STANDING).order_by("pk")):
        if case.reference in findings and case.state != State.TO_CHECK:
            continue
        verdict = look_again(case, COLLECT)
        tally.closed += verdict.mended is True
        unlooked += verdict.mended is None
    if unlooked:
        tally.problems.append(gettext("%d 项未能复核") % unlooked)


def _open(source: str, finding: Finding, earlier: Case | None, verb_key: str, actor: User | None) -> tuple[Case, bool]:
    """The new case; or the one that somebody else opened at the same moment, and False."""
    _demand_sound(finding)
    days, term_basis = (finding.days, finding.basis) if finding.days else default_term()
    case = Case(
        source=source,
        reference=finding.reference,
        body=Body.objects.select_related("county").get(pk=finding.body_id),
        **_said(finding),
        found_at=clock.now(),
        days=days,
        term_basis=(term_basis or gettext("来源规定"))[:300],
        counted_from=clock.today(),
        earlier=earlier,
        times=earlier.times + 1 if earlier else 1,
    )
    case.due = due_of(case)
    try:
        with change(case, verb_key, actor=actor):
            pass
    except IntegrityError:
        quicker = Case.objects.unclosed().filter(source=source, reference=finding.reference).first()
        if quicker is None:
            raise
        return quicker, False
    return case, True


def _refresh(case: Case, finding: Finding) -> None:
    """The words of the source as they are today; the body stays, since the office may have chosen another."""
    said = _said(finding)
    if any(getattr(case, name) != value for name, value in said.items()):
        with change(case, COLLECT, actor=None, reason=gettext("来源更新了问题描述")):
            for name, value in said.items():
                setattr(case, name, value)


def _said(finding: Finding) -> dict[str, str]:
    """What a finding says, cut to what a case holds; numbers of persons are masked once more."""
    return {
        "title": masked(" ".join(finding.title.split()))[:300],
        "detail": masked(finding.detail),
        "address": finding.address[:1000],
        "severity": str(finding.severity),
        "basis": finding.basis[:300],
    }


def _demand_sound(finding: Finding) -> None:
    """It can become a case: named, of a body that exists, in days that can be counted."""
    if not finding.reference or len(finding.reference) > 300 or not finding.title.strip():
        raise ValidationError(gettext("问题须有标题和不超过 300 字的编号"), code="unsound")
    if finding.days is not None and not 1 <= finding.days <= 366:
        raise ValidationError(gettext("整改期限须为 1 至 366 个工作日，现为 %s") % finding.days, code="unsound")
    if not Body.objects.active(clock.today()).filter(pk=finding.body_id).exists():
        raise ValidationError(gettext("问题的责任单位（编号 %s）不在册") % finding.body_id, code="no-body")


def _latest_closed(source: str, reference: str) -> Case | None:
    return Case.objects.filter(source=source, reference=reference, state=State.CLOSED).order_by("-pk").first()


def _end_ruling(case: Case, verb_key: str, actor: User | None, reason: str) -> None:
    """From now on the problem, found again, is a new case."""
    with change(case, verb_key, actor=actor, reason=reason):
        case.ruling_ended_on = clock.today()


def _written_down(source: str, tally: Tally) -> SourceRun:
    now, failed = clock.now(), bool(tally.problems)
    facts = {
        "ran_at": now,
        "failed": failed,
        "error": "；".join(tally.problems)[:2000],
        "found": tally.found,
        "opened": len(tally.opened),
        "closed": tally.closed,
    }
    with transaction.atomic():
        run, _created = SourceRun.objects.update_or_create(
            source=source, defaults=facts if failed else {**facts, "succeeded_at": now}
        )
    return run
