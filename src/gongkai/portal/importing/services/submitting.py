"""Fixing what of a batch is put forward as one, and what follows when the gate opens or closes for it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.foundation.access import verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.portal.importing.manifest import manifest_of, slices_of
from gongkai.portal.importing.models import Batch, Outcome, Phase
from gongkai.portal.importing.services.beginning import IMPORTERS, named
from gongkai.portal.importing.services.deciding import undecided
from gongkai.portal.pagecache.models import note as note_change
from gongkai.review.models import Release, State


@verb("portal.import_settle", gettext_lazy("核定导入清单"), *IMPORTERS, body="batch.body_id")
def settle_list(actor: User | None, batch: Batch) -> Batch:
    """Fix what is to be signed, to the letter. It is then put forward like everything else (`review.request`)."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.phase != Phase.LOADED:
        raise ValidationError(_("“%(name)s”%(phase)s，不能核定清单") % named(batch))
    if undecided(batch).exists():
        raise ValidationError(_("还有机器发现没有处置，请逐条规则决定保留或者留作草稿"))
    included, slices = slices_of(batch)
    if not included:
        raise ValidationError(_("批次里没有可以随批次公开的文章"))
    with change(batch, "portal.import_settle", actor=actor):
        batch.included, batch.slices, batch.manifest = included, slices, manifest_of(slices)
        batch.phase = Phase.WAITING
    return batch


@verb("portal.import_take_back", gettext_lazy("重新打开导入清单"), *IMPORTERS, body="batch.body_id")
def take_back(actor: User | None, batch: Batch) -> Batch:
    """Before it is put forward, or after it was sent back: findings may be decided about again."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.phase != Phase.WAITING or _is_at_the_gate(batch):
        raise ValidationError(_("“%(name)s”%(phase)s，不能重新打开清单；还在审查的请先撤回") % named(batch))
    with change(batch, "portal.import_take_back", actor=actor):
        batch.phase = Phase.LOADED
    return batch


def _is_at_the_gate(batch: Batch) -> bool:
    kind = ContentType.objects.get_for_model(Batch)
    passages = Release.objects.filter(content_type=kind, object_id=batch.pk)
    return passages.filter(state__in=[State.WAITING, State.APPROVED]).exists()


def go_public(batch: Batch) -> None:
    """It is signed: its articles are opened in the background. Told by the gate."""
    from gongkai.portal.importing.tasks import open_batch

    Batch.objects.filter(pk=batch.pk).update(phase=Phase.OPENING, touched_at=clock.now())
    transaction.on_commit(lambda: open_batch.enqueue(batch.pk))


def withdraw_all(batch: Batch) -> None:
    """It is withdrawn: what is public of it is out of view with the commit, and closed one by one in the background."""
    from gongkai.portal.importing.tasks import close_batch

    Batch.objects.filter(pk=batch.pk).update(phase=Phase.STOPPED, touched_at=clock.now())
    opened = batch.rows.filter(outcome=Outcome.OPEN)
    public = Release.objects.filter(pk__in=opened.values("release"), state=State.APPROVED)
    if public.update(held_at=clock.now(), held_reason=_("导入批次已撤稿")):
        note_change()
        transaction.on_commit(lambda: close_batch.enqueue(batch.pk))
