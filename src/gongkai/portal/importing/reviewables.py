"""A batch at the gate: one text for all its articles."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.portal.importing.manifest import batch_text, batch_words
from gongkai.portal.importing.models import Batch
from gongkai.portal.importing.opening import IMPORT
from gongkai.portal.importing.services.submitting import go_public, withdraw_all

reviewables.register(
    Reviewable(
        key=IMPORT,
        label=_("导入批次"),
        model=Batch,
        title=lambda batch: batch.name,
        digest=batch_text,
        body_id=lambda batch: batch.body_id,
        address=lambda batch: reverse("importing_batch", args=[batch.pk]),
        opened=go_public,
        closed=withdraw_all,
        prepare=lambda batches: batches.select_related("body"),
        texts=batch_words,
        authors=lambda batch: {batch.started_by_id},
    )
)
