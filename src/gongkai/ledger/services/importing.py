"""Verbs from a notice to a ledger: upload, settle, commit; discard, roll over to the next year, archive."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body, Kind
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.ledger.importing.carry import carried
from gongkai.ledger.importing.decisions import Choice, ItemEdit, merged
from gongkai.ledger.importing.guards import demand_fits, demand_known, demand_members, demand_waiting, locked
from gongkai.ledger.importing.proposal import Proposal
from gongkai.ledger.importing.reading import read_notice, year_of
from gongkai.ledger.importing.review import Review
from gongkai.ledger.importing.rollover import rolled_over
from gongkai.ledger.importing.writing import write
from gongkai.ledger.models import Assignment, Draft, DraftState, Plan, PlanState
from gongkai.ledger.services.guards import demand_open
from gongkai.ledger.services.telling import ASSIGNED, Message, tell_body

logger = logging.getLogger("gongkai.ledger")


@verb("ledger.upload_notice", gettext_lazy("上传通知"), Role.OFFICE, body="county.pk", atomic=False)
def upload_notice(
    actor: User | None,
    county: Body,
    file: File,  # type: ignore[type-arg]  # read at run time by `manage act`; File takes no argument there
    year: int | None = None,
    later: bool = False,
) -> Draft:
    """Read a notice and keep it as a draft to be settled. A file that holds no plan is refused and not kept.

    year: the year of the ledger, when the notice names none or another is meant.
    later: leave the reading to the background; a file that then proves unreadable leaves a draft that says why.
    """
    if county.kind != Kind.COUNTY:
        raise ValidationError(_("“%(body)s”不是县级政府，台账按县建立") % {"body": county})
    data = file.read()
    draft = Draft(county=county, created_by=actor, created_at=clock.now(), file_name=(file.name or "")[-200:])
    if later:
        draft.state, draft.year = DraftState.READING, year or 0
    else:
        _open(draft, data, year)
    # After the reading, so that nothing is left on the disk of a file that is refused.
    draft.file.save(draft.file_name, ContentFile(data), save=False)
    with transaction.atomic():
        with change(draft, "ledger.upload_notice", actor=actor):
            pass
        if later:
            from gongkai.ledger.importing.tasks import read_later

            transaction.on_commit(lambda: read_later.enqueue(draft.pk))
    return draft


@verb("ledger.read_notice", gettext_lazy("识别通知"), Role.OFFICE, body="draft.county_id", system=True, atomic=False)
def read_kept(actor: User | None, draft: Draft) -> Draft:
    """Read the file of a draft that was left to the background; one that cannot be read says why and loses its file."""
    if draft.state != DraftState.READING:
        return draft
    problem = _try_to_open(draft)
    with transaction.atomic():
        if locked(draft).state != DraftState.READING:  # discarded meanwhile
            return draft
        with change(draft, "ledger.read_notice", actor=actor):
            if problem:
                draft.state, draft.error = DraftState.FAILED, problem
                draft.file.delete(save=False)
    return draft


def _try_to_open(draft: Draft) -> str:
    """Read the kept file into `draft`, without saving; what went wrong, in words, or nothing."""
    try:
        _open(draft, draft.file.read(), draft.year or None)
    except ValidationError as error:
        return "；".join(error.messages)
    except Exception:
        # Whatever the reader stumbles over, the person must not be left waiting for it.
        logger.exception("draft %s could not be read", draft.pk)
        return _("识别时出错，已记入系统日志；请另存为 docx 后重新上传，或者直接粘贴文字")
    return ""


@verb("ledger.settle", gettext_lazy("核对通知"), Role.OFFICE, body="draft.county_id")
def settle(
    actor: User | None,
    draft: Draft,
    findings: dict[str, Choice] | None = None,
    items: dict[str, ItemEdit] | None = None,
    names: dict[str, int | None] | None = None,
    all_warnings: bool = False,
) -> Draft:
    """Settle findings (by id), rows (by key) and names that the register lacks (the body meant, or null for none).

    all_warnings: every hint still open is taken note of, suggestions included; errors stay for a person to decide.
    """
    draft = locked(draft)
    demand_waiting(draft)
    findings, items, names = dict(findings or {}), dict(items or {}), dict(names or {})
    proposal = Proposal(draft)
    demand_known(_("核对意见"), findings, {each.id for each in proposal.issues})
    demand_known(_("事项"), items, {row.key for row in proposal.rows})
    bodies = {pk for edit in items.values() for pk in edit.get("added", [])}
    demand_members(draft.county, bodies | {pk for pk in names.values() if pk is not None})
    if all_warnings:
        findings |= {each.id: Choice.ACCEPT for each in proposal.open_warnings}
    with change(draft, "ledger.settle", actor=actor):
        draft.decisions = merged(draft.decisions, findings, items, names)
    return draft


@verb("ledger.commit", gettext_lazy("导入台账"), Role.OFFICE, body="draft.county_id")
def commit(actor: User | None, draft: Draft, seen: str = "") -> Plan:
    """Write the draft as the year's ledger, or apply it as a correction to the one there is; all or nothing.

    seen: the mark (`Review.mark`) of what the person looked at; refused when something has changed since.
    """
    Body.objects.select_for_update().get(pk=draft.county_id)  # one import of a county at a time
    draft = locked(draft)
    demand_waiting(draft)
    review = Review(draft)
    if seen and seen != review.mark:
        raise ValidationError(_("核对期间内容有变化（他人修改了核对意见、台账或单位名册），请重新核对后再导入"))
    if obstacles := review.proposal.obstacles():
        raise ValidationError([_("还不能导入，以下问题须先处理："), *obstacles])
    plan = review.proposal.plan
    if plan is not None:
        plan = Plan.objects.select_for_update().get(pk=plan.pk)  # as it stands now: it may have been archived meanwhile
        demand_open(plan)
    known = Assignment.objects.aggregate(last=Max("pk"))["last"] or 0
    plan = _frame(actor, draft, plan or Plan(county=draft.county, year=draft.year, opened_at=clock.now()))
    write(actor, plan, review.proposal, review.lines)
    with change(draft, "ledger.commit", actor=actor):
        draft.state, draft.plan = DraftState.COMMITTED, plan
    from gongkai.ledger.importing.tasks import tell_bodies

    # Hundreds of people are told by the worker; whoever imports does not wait for it.
    transaction.on_commit(lambda: tell_bodies.enqueue(plan.pk, known))
    return plan


def tell_new(plan: Plan, known: int) -> None:
    """Every body learns of its new duties, in one notice a person; ids after `known` were made by one import."""
    new = Assignment.objects.live().filter(plan=plan, pk__gt=known).select_related("body", "obligation", "handler")
    message = Message(ASSIGNED, _("%(year)s年度台账已导入，有新的任务待签收") % {"year": plan.year}, todo=_("请签收"))
    tell_body(list(new.order_by("item__order", "pk")), message)


@verb("ledger.discard", gettext_lazy("放弃导入"), Role.OFFICE, body="draft.county_id")
def discard(actor: User | None, draft: Draft) -> Draft:
    """Put a draft away, and its file with it; what was read and settled stays on record."""
    draft = locked(draft)
    if draft.state == DraftState.COMMITTED:
        demand_waiting(draft)
    storage, name = draft.file.storage, draft.file.name
    with change(draft, "ledger.discard", actor=actor):
        draft.state, draft.file = DraftState.DISCARDED, ""
    if name:  # only once the draft is gone for certain
        transaction.on_commit(lambda: storage.delete(name))
    return draft


@verb("ledger.roll_over", gettext_lazy("沿用至下一年度"), Role.OFFICE, body="plan.county_id")
def roll_over(actor: User | None, plan: Plan) -> Draft:
    """A draft of the next year with this year's standing duties, splits and bodies; to be reviewed as any other."""
    year = plan.year + 1
    if Plan.objects.filter(county_id=plan.county_id, year=year).exists():
        raise ValidationError(_("%(year)s年度台账已经建立，不能再沿用；通知有更正的请重新导入") % {"year": year})
    waiting = Draft.objects.filter(county_id=plan.county_id, year=year, state=DraftState.OPEN)
    if waiting.exists():
        raise ValidationError(_("%(year)s年度已有待核对的导入稿，请先处理") % {"year": year})
    reading, decisions = rolled_over(plan)
    draft = Draft(
        county_id=plan.county_id,
        year=year,
        file_name=_("由%(year)s年度台账沿用") % {"year": plan.year},
        reading=reading,
        decisions=decisions,
        created_by=actor,
        created_at=clock.now(),
    )
    with change(draft, "ledger.roll_over", actor=actor):
        pass
    return draft


@verb("ledger.archive", gettext_lazy("归档台账"), Role.OFFICE, body="plan.county_id")
def archive(actor: User | None, plan: Plan, reason: str = "") -> Plan:
    """Close the books of a year: the ledger can only be read from now on."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    demand_open(plan)
    with change(plan, "ledger.archive", actor=actor, reason=reason):
        plan.state, plan.archived_at = PlanState.ARCHIVED, clock.now()
    return plan


def _open(draft: Draft, data: bytes, year: int | None) -> None:
    """Read the file and open the draft for review, with what was settled for the notice that it corrects."""
    draft.reading, draft.source_text = read_notice(data, draft.file_name, draft.county, year)
    draft.year = year_of(draft.reading, year)
    draft.decisions = carried(draft.reading, draft)
    draft.state = DraftState.OPEN


def _frame(actor: User | None, draft: Draft, plan: Plan) -> Plan:
    """The plan with the title, number and issuer of the notice; they keep what the notice does not say."""
    with change(plan, "ledger.commit", actor=actor):
        plan.title = draft.reading["title"] or plan.title or draft.file_name
        plan.document_number = draft.reading["document_number"] or plan.document_number
        plan.issuer = draft.reading["issuer"] or plan.issuer
        demand_fits([plan])
    return plan
