"""What stands above an article and would keep it from being seen."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks
from gongkai.portal.models import ColumnPage


def _columns(subject: Subject) -> Iterator[str]:
    for column in ColumnPage.objects.ancestor_of(subject.page).filter(live=False):
        yield _("所在栏目“%s”还没有公开：文章签发后，要等栏目公开才能看到") % column.title


lacks.register(Lack("places.columns", gettext_lazy("栏目"), Level.HINT, _columns))
