"""What the task queue carries."""

from django_tasks import task

from gongkai.foundation.notifications.delivery import deliver
from gongkai.foundation.schedules.priorities import WAITED_FOR


@task(priority=WAITED_FOR)
def deliver_urgent() -> None:
    """Send at once what may leave at once."""
    deliver()
