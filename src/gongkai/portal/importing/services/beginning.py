"""Beginning an import, saying what goes where, stopping it and going on with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.core.siteimport import FIELDS
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.portal.importing.models import Batch, Phase
from gongkai.portal.importing.targets import columns_for

IMPORTERS = (Role.CLERK, Role.OFFICE)
STANDS = timedelta(minutes=10)  # without progress: its task was killed


@verb("portal.import_begin", gettext_lazy("导入网站内容"), *IMPORTERS, body="body.pk")
def begin(
    actor: User | None, body: Body, name: str, file_name: str, fingerprint: str, file: File[bytes] | None = None
) -> Batch:
    """A batch that knows its source and nothing else yet. file: kept for the worker; a command reads its own."""
    now = clock.now()
    batch = Batch(
        body=body,
        name=name.strip()[:100] or file_name[:100],
        file_name=file_name[:255],
        fingerprint=fingerprint,
        started_by=cast(User, actor),
        started_at=now,
        touched_at=now,
    )
    if file is not None:
        batch.file.save(file_name, file, save=False)
    with change(batch, "portal.import_begin", actor=actor):
        pass
    return batch


@verb("portal.import_map", gettext_lazy("对应栏目并写入草稿"), *IMPORTERS, body="batch.body_id")
def map_columns(
    actor: User | None, batch: Batch, fields: Mapping[str, str], columns: Mapping[str, int], total: int
) -> Batch:
    """Say what goes where, and load. fields: key of a field -> name in the source; columns: its column -> our page."""
    batch = _locked(batch)
    if batch.phase != Phase.MAPPING:
        raise ValidationError(_("“%(name)s”%(phase)s，不能再改变对应关系") % named(batch))
    missing = [one.label for one in FIELDS if one.required and one.key not in fields]
    if missing:
        raise ValidationError(_("还没有选择：%s") % "、".join(missing))
    chosen = {name: int(pk) for name, pk in columns.items() if pk}
    mine = set(columns_for(batch.body).filter(pk__in=set(chosen.values())).values_list("pk", flat=True))
    if not chosen or set(chosen.values()) - mine:
        raise ValidationError(_("请至少为一个原栏目选择本单位的栏目"))
    with change(batch, "portal.import_map", actor=actor):
        batch.fields, batch.columns, batch.total = dict(fields), chosen, total
        batch.phase, batch.touched_at = Phase.LOADING, clock.now()
    _enqueue(batch)
    return batch


@verb("portal.import_stop", gettext_lazy("停止导入"), *IMPORTERS, body="batch.body_id")
def cancel(actor: User | None, batch: Batch) -> Batch:
    """End the loading early; the drafts that were written stay and may be put forward."""
    batch = _locked(batch)
    if batch.phase not in (Phase.MAPPING, Phase.LOADING):
        raise ValidationError(_("“%(name)s”%(phase)s，不需要停止") % named(batch))
    with change(batch, "portal.import_stop", actor=actor):
        batch.phase = Phase.LOADED if batch.rows.exists() else Phase.STOPPED
    return batch


@verb("portal.import_resume", gettext_lazy("继续导入"), *IMPORTERS, body="batch.body_id", system=True)
def resume(actor: User | None, batch: Batch) -> Batch:
    """Set a batch going again that stands still, where it was broken off."""
    batch = _locked(batch)
    if batch.phase not in (Phase.LOADING, Phase.OPENING):
        raise ValidationError(_("“%(name)s”%(phase)s，不能继续") % named(batch))
    if batch.touched_at > clock.now() - STANDS:
        raise ValidationError(_("导入正在进行，不需要继续"))
    with change(batch, "portal.import_resume", actor=actor):
        batch.touched_at = clock.now()
    _enqueue(batch)
    return batch


def _enqueue(batch: Batch) -> None:
    from gongkai.portal.importing import tasks

    task = tasks.open_batch if batch.phase == Phase.OPENING else tasks.load_batch
    if batch.phase == Phase.OPENING or batch.file:
        transaction.on_commit(lambda: task.enqueue(batch.pk))


def _locked(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("body").get(pk=batch.pk)


def named(batch: Batch) -> dict[str, str]:
    return {"name": batch.name, "phase": batch.get_phase_display()}
