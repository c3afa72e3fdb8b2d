"""What the task queue carries."""

from django_tasks import task

from gongkai.bodies.models import Body


@task()
def suggest_places(catalogue_id: int) -> None:
    """A new version: places for its rows are looked for, one search among the pages for each."""
    from gongkai.standards.models import Catalogue
    from gongkai.standards.services import suggest

    for catalogue in Catalogue.objects.current().filter(pk=catalogue_id, is_template=False):
        suggest(None, catalogue)


@task()
def reconcile_body(body_id: int) -> None:
    """What a body shows, or what its rows are linked to, has changed: look again, and close what is mended."""
    from gongkai.standards.mending import close_mended
    from gongkai.standards.models import Link, LinkState
    from gongkai.standards.models.links import URL
    from gongkai.standards.services.outside import look_at
    from gongkai.standards.services.reconciling import reconcile

    fresh = Link.objects.filter(source=URL, state=LinkState.CONFIRMED, seen_at=None, row__catalogue__body_id=body_id)
    for link in fresh.select_related("row"):
        look_at(link)
    for body in Body.objects.filter(pk=body_id):
        reconcile(None, body)
        close_mended(body)
