"""What the task queue carries for the register: going over all of it."""

from django_tasks import task


@task()
def verify_in_background(number: int) -> None:
    """Go on with a verification that was begun on the screen; one that is over stays as it is."""
    from gongkai.review.models import Verification
    from gongkai.review.services.verifying import go_over_register

    begun = Verification.objects.select_related("by").filter(pk=number, finished_at=None).first()
    if begun is not None:
        go_over_register(begun)
