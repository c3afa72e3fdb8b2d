"""Evidence: adding, using for several assignments, removing, having the machine look again, overruling the machine."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Audited
from gongkai.foundation.events.services import change, record
from gongkai.foundation.schedules.priorities import WAITED_FOR
from gongkai.foundation.wording import demand_text
from gongkai.ledger.checking.files import kind_of, safe_name
from gongkai.ledger.models import Assignment, Evidence, EvidenceKind, EvidenceUse, LinkState, State
from gongkai.ledger.services import guards
from gongkai.ledger.services.bulk import in_order

_LINK = URLValidator(schemes=["http", "https"])


@verb("ledger.add_link", _("添加链接佐证"), *BODY_ROLES, body="assignment.body_id")
def add_link(actor: User | None, assignment: Assignment, url: str, title: str = "", note: str = "") -> Evidence:
    """A web page. The system opens it soon after, and says what it saw; without a title it takes the page's own."""
    url = url.strip()
    try:
        _LINK(url)
    except ValidationError:
        raise ValidationError(gettext("网址写法有误，应以 http:// 或 https:// 开头"), code="bad-url") from None
    if len(url) > 500:
        raise ValidationError(gettext("网址不能超过 500 个字符"), code="bad-url")
    evidence = Evidence(
        kind=EvidenceKind.LINK, url=url, title=title or url[:200], note=note, link_state=LinkState.PENDING
    )
    return _add(actor, assignment, evidence, "ledger.add_link")


@verb("ledger.add_file", _("上传文件佐证"), *BODY_ROLES, body="assignment.body_id")
def add_file(actor: User | None, assignment: Assignment, file: File, title: str = "", note: str = "") -> Evidence:  # type: ignore[type-arg]
    """A file, kept privately; its kind is told by its content."""
    limit = settings.GONGKAI_UPLOAD_BYTES
    if file.size > limit:
        raise ValidationError(gettext("文件超过 %s MB，请压缩或拆分后上传") % (limit // 1024 // 1024), code="too-large")
    kind = kind_of(file)
    name = safe_name(file.name or "", kind)
    evidence = Evidence(kind=EvidenceKind.FILE, title=title or name, note=note, file_name=name, file_size=file.size)
    evidence.media_type = kind.media_type
    file.seek(0)
    evidence.file.save(name, file, save=False)
    try:
        return _add(actor, assignment, evidence, "ledger.add_file")
    except Exception:
        evidence.file.delete(save=False)
        raise


@verb("ledger.add_note", _("添加文字说明"), *BODY_ROLES, body="assignment.body_id")
def add_note(actor: User | None, assignment: Assignment, text: str, title: str = "") -> Evidence:
    """Words that stand as evidence by themselves."""
    text = demand_text(text, gettext("说明"))
    evidence = Evidence(kind=EvidenceKind.NOTE, title=title or text.splitlines()[0][:60], note=text)
    return _add(actor, assignment, evidence, "ledger.add_note")


@verb("ledger.add_record", _("引用系统记录"), *BODY_ROLES, body="assignment.body_id")
def add_record(actor: User | None, assignment: Assignment, record_key: str, title: str = "") -> Evidence:
    """A record of the system itself, of the same body, named `app.model:id`."""
    subject = _record(record_key)
    owner = subject.event_body_id() if isinstance(subject, Audited) else None
    if owner != assignment.body_id:
        raise ValidationError(gettext("只能引用本单位的系统记录"), code="foreign-record")
    evidence = Evidence(kind=EvidenceKind.RECORD, record_key=record_key, title=title or str(subject)[:200])
    return _add(actor, assignment, evidence, "ledger.add_record")


@verb("ledger.use_evidence", _("佐证用于其他任务"), Role.CLERK, body="evidence.body_id")
def use_evidence(actor: User | None, evidence: Evidence, assignments: list[Assignment]) -> list[Assignment]:
    """The same piece proves further assignments of the body; returns those it was not used for before."""
    fresh = _live(evidence)
    used = set(EvidenceUse.objects.filter(evidence=fresh).values_list("assignment_id", flat=True))
    added = []
    for assignment in in_order(assignments):
        target = guards.locked(assignment)
        guards.demand_unfinished(target)
        if target.body_id != fresh.body_id:
            raise ValidationError(gettext("只能用于本单位的任务"), code="foreign-assignment")
        if target.pk not in used:
            EvidenceUse.objects.create(evidence=fresh, assignment=target)
            used.add(target.pk)
            added.append(target)
    record("ledger.use_evidence", fresh, actor=actor, details={"assignments": [target.pk for target in added]})
    if added and fresh.kind == EvidenceKind.LINK:
        _enqueue(fresh)
    return added


@verb("ledger.remove_evidence", _("移除佐证材料"), Role.CLERK, body="evidence.body_id")
def remove_evidence(actor: User | None, evidence: Evidence, reason: str) -> Evidence:
    """Taken out of use; history keeps it. What the office is looking at, or has accepted, stays."""
    reason = demand_text(reason, gettext("移除理由"))
    fresh = _live(evidence)
    users = [guards.locked(assignment) for assignment in in_order(fresh.assignments.live())]
    if any(assignment.state in (State.SUBMITTED, State.ACCEPTED) for assignment in users):
        raise ValidationError(gettext("该佐证材料用于待审核或已办结的任务，不能移除"), code="in-use")
    with change(fresh, "ledger.remove_evidence", actor=actor, reason=reason):
        fresh.removed = True
    return fresh


@verb("ledger.recheck", _("重新核验链接"), Role.CLERK, Role.OFFICE, body="evidence.body_id", system=True)
def recheck(actor: User | None, evidence: Evidence) -> Evidence:
    """Have the system open the link again."""
    fresh = _live(evidence)
    _demand_work_on(fresh)
    if fresh.kind != EvidenceKind.LINK:
        raise ValidationError(gettext("只有网页链接需要核验"), code="no-link")
    _enqueue(fresh)
    return fresh


@verb("ledger.overrule_check", _("人工认定链接有效"), Role.OFFICE, body="evidence.body_id")
def overrule_check(actor: User | None, evidence: Evidence, reason: str) -> Evidence:
    """A person of the office sets the machine's doubts aside, saying why; the doubts stay on record."""
    reason = demand_text(reason, gettext("认定理由"))
    fresh = _live(evidence)
    _demand_work_on(fresh)
    if fresh.link_state != LinkState.FLAGGED:
        raise ValidationError(gettext("该链接没有待认定的疑点"), code="wrong-state")
    with change(fresh, "ledger.overrule_check", actor=actor, reason=reason):
        fresh.link_state, fresh.overruled_by, fresh.overruled_reason = LinkState.VERIFIED, actor, reason
    return fresh


def _add(actor: User | None, assignment: Assignment, evidence: Evidence, verb_key: str) -> Evidence:
    """Write the new piece and its use for the assignment."""
    fresh = guards.locked(assignment)
    by = guards.demand_hand(actor, fresh)
    guards.demand_unfinished(fresh)
    evidence.title, evidence.note = " ".join(evidence.title.split())[:200], evidence.note.strip()
    with change(evidence, verb_key, actor=by, details={"assignment": fresh.pk}):
        evidence.body, evidence.created_by, evidence.created_at = fresh.body, by, clock.now()
    EvidenceUse.objects.create(evidence=evidence, assignment=fresh)
    if evidence.kind == EvidenceKind.LINK:
        _enqueue(evidence)
    return evidence


def _live(evidence: Evidence) -> Evidence:
    """The piece as it stands now, locked; still in use."""
    fresh = Evidence.objects.select_for_update(of=("self",), no_key=True).select_related("body").get(pk=evidence.pk)
    if fresh.removed:
        raise ValidationError(gettext("该佐证材料已移除"), code="removed")
    return fresh


def _demand_work_on(evidence: Evidence) -> None:
    """The piece serves a task of a plan that is open; what is archived stays as it was."""
    if not evidence.assignments.live().in_open_plans().exists():
        raise ValidationError(gettext("该佐证材料所属的任务已归档或者撤销，不能办理"), code="archived")


def _enqueue(evidence: Evidence) -> None:
    from gongkai.ledger.checking.tasks import check_link

    pk = evidence.pk
    waited_for = check_link.using(priority=WAITED_FOR)
    transaction.on_commit(lambda: waited_for.enqueue(pk))


def _record(key: str) -> Model:
    label, _colon, number = key.partition(":")
    try:
        found: Model | None = apps.get_model(label)._default_manager.filter(pk=int(number)).first()
    except (LookupError, ValueError):
        found = None
    if found is None:
        raise ValidationError(gettext("没有找到系统记录“%s”") % key, code="no-record")
    return found
