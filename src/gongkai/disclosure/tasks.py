"""What the task queue carries for imports: a piece, which hands on the next, so that other work comes between."""

from django_tasks import task


@task()
def look_at_import(number: int) -> None:
    """Look at the rows on."""
    from gongkai.disclosure.services.importing.working import look

    if look(number):
        look_at_import.enqueue(number)


@task()
def write_import(number: int) -> None:
    """Write on."""
    from gongkai.disclosure.services.importing.working import write

    if write(number):
        write_import.enqueue(number)
