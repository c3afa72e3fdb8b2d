"""复筛: begun by hand or when rules change, worked off release by release, gone on with after a break."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body, Kind
from gongkai.core.screening import Category
from gongkai.core.workdays import national
from gongkai.foundation import clock
from gongkai.foundation.access import verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.guard import SecretSuspected
from gongkai.review.machine import Found, Look
from gongkai.review.models import Recall, Release, Rescreening, RunState
from gongkai.review.rescreening.known import new_in
from gongkai.review.rescreening.mending import screened
from gongkai.review.rescreening.selectors import KEEPERS, open_releases, version_for
from gongkai.review.services.closing import hold
from gongkai.review.services.incidents import take_down
from gongkai.review.services.records import locked
from gongkai.review.telling import tell_recalled, tell_rescreened

logger = logging.getLogger("gongkai.review")

SLICE = 20  # releases that one task goes over
STANDS = timedelta(minutes=15)  # without progress: its task was killed
TRIES = 3  # at one release, before it is left out
NAMED = 200  # contents named that could not be examined; the others are counted


@verb("review.rescreen", gettext_lazy("发起复筛"), *KEEPERS, body="county.pk", system=True)
def begin_rescreening(actor: User | None, county: Body) -> Rescreening:
    """Go over everything that is public in the county, attachments too; the worker does it in slices."""
    if county.kind != Kind.COUNTY:
        raise ValidationError(_("复筛以县为单位进行"))
    if Rescreening.objects.select_for_update().filter(county=county, state=RunState.RUNNING).exists():
        raise ValidationError(_("%s正在复筛，完成后再发起") % county)
    releases, now = open_releases(county), clock.now()
    newest = releases.last()
    run = Rescreening(
        county=county,
        version=version_for(county),
        total=releases.count(),
        last=newest.pk if newest is not None else 0,
        started_by=actor,
        started_at=now,
        touched_at=now,
    )
    with change(run, "review.rescreen", actor=actor):
        pass
    _enqueue(run)
    return run


@verb("review.rescreen_stop", gettext_lazy("停止复筛"), *KEEPERS, body="run.county_id")
def stop_rescreening(actor: User | None, run: Rescreening) -> Rescreening:
    """End a run early; what it found so far stands."""
    run = Rescreening.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != RunState.RUNNING:
        raise ValidationError(_("这次复筛%s，不需要停止") % run.get_state_display())
    _end(run, RunState.STOPPED, actor)
    return run


@verb("review.rescreen_resume", gettext_lazy("继续复筛"), *KEEPERS, body="run.county_id", system=True)
def resume_rescreening(actor: User | None, run: Rescreening) -> Rescreening:
    """Set a run going again that stands still, behind the last release it finished."""
    run = Rescreening.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != RunState.RUNNING:
        raise ValidationError(_("这次复筛%s，不能继续") % run.get_state_display())
    if run.touched_at > clock.now() - STANDS:
        raise ValidationError(_("复筛正在进行，不需要继续"))
    with change(run, "review.rescreen_resume", actor=actor):
        run.tries, run.touched_at = run.tries + 1, clock.now()
    _enqueue(run)
    return run


def go_over(number: int, limit: int = SLICE) -> bool:
    """Screen the next `limit` releases of a run; True while some are left. The worker's, not a person's.

    Each release is screened outside any transaction and written together with the cursor: what is killed in between
    is screened again, and of two workers on one run only one writes.
    """
    for _turn in range(limit):
        run = Rescreening.objects.get(pk=number)
        if run.state != RunState.RUNNING:
            return False
        release = open_releases(run.county).filter(pk__gt=run.cursor, pk__lte=run.last).first()
        if release is None:
            with transaction.atomic():
                _finish(number)
            return False
        seen, why = _look(release) if run.tries < TRIES else (None, _("多次中断，已跳过"))
        if not _note(run, release, seen, why):
            return False
    return True


def _note(run: Rescreening, release: Release, seen: Look | None, why: str) -> bool:
    """Move the cursor and write what was found, both or neither; False when the run is not this worker's to go on with.

    Where the mark of a secret stands in a name that the finding would repeat, only that it was found is written.
    """
    try:
        with transaction.atomic():
            if _advance(run, release):
                _write(run, release, seen, why)
                return True
            return False
    except SecretSuspected as error:
        with transaction.atomic():
            if not _advance(run, release):
                return False
            take_down(release, error.rule)
            _note_unseen(run, [_("登记编号 %d：疑似国家秘密，已停止公开，见泄密隐患登记") % release.pk])
            return True


def _look(release: Release) -> tuple[Look | None, str]:
    """What the machine sees; of a record that cannot be screened why, so that the others are gone over."""
    try:
        return screened(release), ""
    except Exception as error:  # whatever a room's record or a file does, the run goes on and says so
        logger.exception("release %s could not be screened again", release.pk)
        return None, _("筛查出错（%s）") % type(error).__name__


def _advance(run: Rescreening, release: Release) -> bool:
    """Move the cursor behind the release; False when another worker did, or the run was stopped meanwhile."""
    here = Rescreening.objects.filter(pk=run.pk, state=RunState.RUNNING, cursor=run.cursor)
    moved = here.update(cursor=release.pk, done=F("done") + 1, tries=0, touched_at=clock.now())
    return bool(moved)


def _write(run: Rescreening, release: Release, seen: Look | None, why: str) -> None:
    unseen = [*(seen.not_examined if seen else ()), *([why] if why else ())]
    if unseen:
        _note_unseen(run, [f"{release.title}：{one}"[:300] for one in unseen])
    found = new_in(release, seen) if seen else []
    if not found:
        return
    release = locked(release)
    recalls = Recall.objects.bulk_create([_row(run, release, one, times) for one, times in found])
    Rescreening.objects.filter(pk=run.pk).update(found=F("found") + len(recalls))
    secret = [one for one in recalls if one.category == Category.STATE_SECRET]
    if secret:
        _take_down(release, secret)  # which tells of these
    if len(secret) < len(recalls):
        tell_recalled(release, recalls[0].due)


def _take_down(release: Release, secret: list[Recall]) -> None:
    """Out of view at once, an incident with 24 hours to report it; its notices say no word of the text."""
    was_held = release.held_at is not None
    for rule in dict.fromkeys(recall.rule for recall in secret):
        take_down(release, rule)
    if was_held:
        return
    held_at = Release.objects.values_list("held_at", flat=True).get(pk=release.pk)
    for recall in secret:
        with change(recall, "review.take_down", actor=None):
            recall.held_at = held_at


def take_out_of_view(release: Release, recalls: list[Recall], reason: str) -> None:
    """暂停公开 because of these findings; each notes the moment, by which the hold is known as theirs.

    What a person holds back already stays theirs: these wait until it is public again.
    """
    if release.held_at is not None and not release.recalls.filter(held_at=release.held_at).exists():
        return
    held = hold(None, release, reason)
    for recall in recalls:
        with change(recall, "review.hold", actor=None, reason=reason):
            recall.held_at = held.held_at


def _note_unseen(run: Rescreening, words: list[str]) -> None:
    stored = Rescreening.objects.select_for_update().get(pk=run.pk)
    stored.missed += len(words)
    stored.not_examined = [*stored.not_examined, *words][:NAMED]
    stored.save(update_fields=["missed", "not_examined"])


def _row(run: Rescreening, release: Release, one: Found, times: int) -> Recall:
    finding, now = one.finding, clock.now()
    secret = finding.category == Category.STATE_SECRET  # not a word of it, nor where it stands
    return Recall(
        run=run,
        release=release,
        rule=finding.rule,
        category=finding.category,
        severity=finding.severity,
        part="" if secret else one.part[:300],
        in_file=one.in_file,
        where="" if secret else finding.where[:300],
        times=times,
        excerpt="" if secret else finding.masked[:300],
        keyed=one.keyed,
        message=finding.message,
        suggestion=finding.suggestion,
        found_at=now,
        due=national().add_workdays(now.date(), settings.GONGKAI_RESCREEN_DAYS),
    )


def _finish(number: int) -> None:
    run = Rescreening.objects.select_for_update(of=("self",)).get(pk=number)
    if run.state == RunState.RUNNING:
        _end(run, RunState.DONE, None)
        tell_rescreened(run)


def _end(run: Rescreening, state: RunState, actor: User | None) -> None:
    with change(run, "review.rescreen_stop" if actor else "review.rescreen", actor=actor):
        run.state, run.finished_at = state, clock.now()


def _enqueue(run: Rescreening) -> None:
    from gongkai.review.rescreening.tasks import rescreen

    transaction.on_commit(lambda: rescreen.enqueue(run.pk))
