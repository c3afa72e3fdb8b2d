"""定时任务: periodic jobs over django.tasks, which has none.

A room declares its jobs in `jobs.py` with `@job(key, label, every=Every.DAY, at=time(7))`. Each runs at most once per
period, however many processes look; what was missed while nothing ran is made up for when one comes up.
"""

from gongkai.foundation.schedules.declaring import Job, job, periodic_jobs
from gongkai.foundation.schedules.every import Every

__all__ = ["Every", "Job", "job", "periodic_jobs"]
