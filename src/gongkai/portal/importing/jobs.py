"""What imports do by the clock: go on where a worker was killed."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gongkai.foundation import clock
from gongkai.foundation.schedules import Every, job
from gongkai.portal.importing.models import Batch, Phase
from gongkai.portal.importing.services.beginning import STANDS, resume


@job("portal.import_resume", _("继续中断的导入"), every=Every.HOUR, at=time(0, 40))
def resume_broken(day: date) -> int:
    broken = Batch.objects.filter(phase__in=[Phase.LOADING, Phase.OPENING], touched_at__lt=clock.now() - STANDS)
    broken = broken.exclude(phase=Phase.LOADING, file="")  # a command's own, which goes on when it is given again
    for batch in broken:
        resume(None, batch)
    return len(broken)
