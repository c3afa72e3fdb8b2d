"""Who began an import is told when it waits for a decision, and when it is done."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models import ImportPhase, ImportRun, RowOutcome
from gongkai.foundation.notifications import Kind, kinds
from gongkai.foundation.notifications.services import notify
from gongkai.review.machine import masked

IMPORTED = kinds.register(Kind("disclosure.imported", _("批量导入进展")))
SCREENFUL = 30  # rows; what is on one screen is done at once and needs no notice


def tell(run: ImportRun) -> None:
    if run.total <= SCREENFUL:
        return
    phase = ImportRun.objects.values_list("phase", flat=True).get(pk=run.pk)
    counted = dict(run.rows.order_by().values_list("outcome").annotate(count=Count("pk")))
    words = {
        "file": masked(run.file_name),
        "good": counted.get(RowOutcome.WRITTEN, 0) or counted.get(RowOutcome.READY, 0),
        "bad": counted.get(RowOutcome.BAD, 0),
        "known": counted.get(RowOutcome.KNOWN, 0),
    }
    waits = phase == ImportPhase.CHECKED
    title = gettext("“%(file)s”已核对，待确认") if waits else gettext("“%(file)s”导入完成")
    meaning = (
        gettext("%(good)d 行可以写入，%(bad)d 行有误，%(known)d 行以前已导入")
        if waits
        else gettext("写入草稿 %(good)d 条，%(bad)d 行有误没有写入，%(known)d 行以前已导入")
    )
    notify(
        [run.started_by],
        IMPORTED,
        title % words,
        meaning=meaning % words,
        todo=gettext("请打开导入结果确认写入") if waits else gettext("请逐条核对草稿后报送审查"),
        link=reverse("disclosure_import_run", args=[run.pk]),
        once=f"disclosure.imported:{run.pk}:{phase}",
    )
