"""What the task queue carries for rescreening: one slice, which hands on the next, so that other work comes between."""

from django_tasks import task


@task()
def rescreen(run_id: int) -> None:
    """Go over the next slice of a run."""
    from gongkai.review.services.rescreening import go_over

    if go_over(run_id):
        rescreen.enqueue(run_id)
