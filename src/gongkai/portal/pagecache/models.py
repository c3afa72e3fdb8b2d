"""What tells every process that something public changed."""

from __future__ import annotations

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

Stamp = tuple[int, int]


class Change(models.Model):
    """公开内容变更: a row for each change of what the public sees, written in the transaction of the change.

    Rows, not a counter: a counter would make every act wait for every other, and one that is raised after the commit
    would leave a moment in which what was withdrawn is still given.
    """

    class Meta:
        verbose_name = verbose_name_plural = _("公开内容变更")

    def __str__(self) -> str:
        return str(self.pk)


def stamp() -> Stamp:
    """What stands for all that is public now: another one after every commit that changed something.

    Number and newest: of two transactions that overlap, the one that took its number first may end last.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0), COUNT(*) FROM pagecache_change")
        newest, count = cursor.fetchone()
    return newest, count


def note() -> None:
    """Something that the public sees changes in this transaction."""
    Change.objects.create()


def prune(keep: int = 50) -> int:
    """Let old rows go. A new one first: no stamp that has been must come again."""
    newest = Change.objects.create().pk
    return Change.objects.filter(pk__lte=newest - keep).delete()[0]
