"""Beginning an import, writing what was shown, giving it up, and going on with one that stands still."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.disclosure import tasks
from gongkai.disclosure.declaring import kinds
from gongkai.disclosure.models import ImportedRow, ImportPhase, ImportRun, RowOutcome
from gongkai.disclosure.services.importing import working
from gongkai.disclosure.services.importing.packed import Packed
from gongkai.disclosure.services.importing.rows import open_file
from gongkai.disclosure.services.importing.telling import SCREENFUL
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.access.table import verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.foundation.opening import Sheet
from gongkai.portal.models import ColumnPage
from gongkai.portal.standing import body_of

STANDS = timedelta(minutes=10)  # without progress: its task was killed
SHOWN = 50  # problems in one message


@verb("disclosure.import", gettext_lazy("批量导入公开信息"), Role.CLERK, Role.OFFICE)
def begin_import(
    actor: User | None,
    column: int,
    kind: str,
    file: File,  # type: ignore[type-arg]
    files: File | None = None,  # type: ignore[type-arg]
) -> ImportRun:
    """Take a file in, with a ZIP of what its rows attach, and look at every row; nothing is written to records yet.

    A file that cannot be read, or whose head is not that of the kind, is refused and not kept. What fills no more than
    a screen is looked at at once, more of it in the background.
    """
    above = ColumnPage.objects.filter(pk=column).first()
    owner = body_of(above) if above else None
    if above is None or owner is None or kind not in kinds():
        raise ValidationError(_("请选择内容种类和单位专栏中的栏目"))
    demand(actor, verbs.get("disclosure.import"), owner)
    data, packed = file.read(), files.read() if files else None
    sheet = open_file(kinds()[kind], data)
    Packed(packed)  # one that is broken is refused now
    now, name = clock.now(), Path(file.name or "import").name
    run = ImportRun(body_id=owner, column=above, kind=kind, file_name=name[:255], total=len(sheet.rows))
    run.unread = unread_of(sheet)
    run.started_by, run.started_at, run.touched_at = cast(User, actor), now, now
    run.file.save(name[-80:], ContentFile(data), save=False)
    if packed is not None:
        run.files.save("files.zip", ContentFile(packed), save=False)
    with change(run, "disclosure.import", actor=actor):
        pass
    _go_on(run)
    return run


@verb("disclosure.import_confirm", gettext_lazy("确认批量导入"), Role.CLERK, Role.OFFICE, body="run.body_id")
def confirm_import(actor: User | None, run: ImportRun, skip_bad: bool = False) -> ImportRun:
    """Write a draft for every row; with errors nothing, or with `skip_bad` the rows that have none."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.phase != ImportPhase.CHECKED:
        raise ValidationError(_("“%(name)s”%(phase)s，不能确认") % {"name": run, "phase": run.get_phase_display()})
    bad = run.rows.filter(outcome=RowOutcome.BAD)
    if not skip_bad and bad.exists():
        raise ValidationError([said for row in bad[:SHOWN] for said in said_of(row)])
    if not run.rows.filter(outcome=RowOutcome.READY).exists():
        raise ValidationError(_("没有可以写入的行"))
    with change(run, "disclosure.import_confirm", actor=actor):
        run.phase, run.touched_at = ImportPhase.WRITING, clock.now()
    _go_on(run)
    return run


@verb("disclosure.import_drop", gettext_lazy("放弃批量导入"), Role.CLERK, Role.OFFICE, body="run.body_id")
def drop_import(actor: User | None, run: ImportRun) -> ImportRun:
    """Give it up before anything is written; what had been written stays as drafts."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.phase not in (ImportPhase.CHECKING, ImportPhase.CHECKED, ImportPhase.WRITING):
        raise ValidationError(_("“%(name)s”%(phase)s，不需要放弃") % {"name": run, "phase": run.get_phase_display()})
    with change(run, "disclosure.import_drop", actor=actor):
        run.phase = ImportPhase.DROPPED
    transaction.on_commit(lambda: working.forget_files(run))
    return run


def unread_of(sheet: Sheet) -> list[str]:
    """What of the file goes into no record, in words."""
    totals = [_("第 %(row)d 行（合计）") % {"row": number} for number in sheet.totals]
    return [*(_("“%(title)s”列") % {"title": title} for title in sheet.unread), *totals]


def said_of(row: ImportedRow) -> list[str]:
    """What is wrong with a row, each with its row and column."""
    place = _("第 %(row)d 行") % {"row": row.number}
    return [f"{place}{f'“{column}”' if column else ''}：{words}" for column, words in row.problems]


def resume_broken() -> int:
    """Set going again what stands still; how many."""
    moving = ImportRun.objects.filter(phase__in=[ImportPhase.CHECKING, ImportPhase.WRITING])
    broken = list(moving.filter(touched_at__lt=clock.now() - STANDS))
    for run in broken:
        ImportRun.objects.filter(pk=run.pk).update(touched_at=clock.now())
        _enqueue(run)
    return len(broken)


def _go_on(run: ImportRun) -> None:
    if run.total > SCREENFUL:
        _enqueue(run)
        return
    doing: Any = working.look if run.phase == ImportPhase.CHECKING else working.write
    doing(run.pk, None)
    run.refresh_from_db()


def _enqueue(run: ImportRun) -> None:
    task = tasks.look_at_import if run.phase == ImportPhase.CHECKING else tasks.write_import
    transaction.on_commit(lambda: task.enqueue(run.pk))
