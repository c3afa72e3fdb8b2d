"""What the task queue carries for imports."""

from django_tasks import task

from gongkai.foundation.schedules.priorities import WAITED_FOR
from gongkai.ledger.models import Draft, Plan


@task(priority=WAITED_FOR)
def read_later(draft_id: int) -> None:
    """Read a notice whose reading takes long."""
    from gongkai.ledger.services.importing import read_kept

    read_kept(None, Draft.objects.get(pk=draft_id))


@task()
def tell_bodies(plan_id: int, known: int) -> None:
    """Tell the bodies of the tasks that an import has given them."""
    from gongkai.ledger.services.importing import tell_new

    tell_new(Plan.objects.get(pk=plan_id), known)
