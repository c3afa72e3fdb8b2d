"""What the task queue carries."""

from django_tasks import task

from gongkai.ledger.checking.links import check
from gongkai.ledger.models import Evidence


@task()
def check_link(evidence_id: int) -> None:
    """Look at one link."""
    check(Evidence.objects.get(pk=evidence_id))
