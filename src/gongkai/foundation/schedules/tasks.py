"""What the task queue carries."""

from django_tasks import task

from gongkai.foundation.schedules.models import JobRun
from gongkai.foundation.schedules.services import execute


@task()
def run_job(run_id: int) -> None:
    """Execute a claimed run of a job."""
    execute(JobRun.objects.get(pk=run_id))
