"""What the task queue carries for imports: a piece, which hands on the next, so that other work comes between."""

from django_tasks import task


@task()
def load_batch(number: int) -> None:
    """Load on."""
    from gongkai.portal.importing.loading import load, source_of
    from gongkai.portal.importing.models import Batch

    with source_of(Batch.objects.get(pk=number)) as source:
        left = load(number, source)
    if left:
        load_batch.enqueue(number)


@task()
def open_batch(number: int) -> None:
    """Open the next articles of a signed batch."""
    from gongkai.portal.importing.opening import open_slice

    if any(not open_slice(number) for _turn in range(10)):
        return
    open_batch.enqueue(number)


@task()
def close_batch(number: int) -> None:
    """Withdraw the next articles of a batch that was withdrawn."""
    from gongkai.portal.importing.closing import close_slice

    if close_slice(number):
        close_batch.enqueue(number)
