"""What is wrong with the days of an article."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.foundation import clock
from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks


def _future(subject: Subject) -> Iterator[str]:
    """The day shown may be that of the time set for it, not a later one."""
    opens = subject.page.go_live_at
    latest = max(clock.today(), timezone.localdate(opens)) if opens else clock.today()
    if subject.page.published_on and subject.page.published_on > latest:
        yield _("发布日期 %s 晚于公开的日子") % f"{subject.page.published_on:%Y-%m-%d}"


def _over(subject: Subject) -> Iterator[str]:
    if subject.page.expire_at and subject.page.expire_at <= clock.now():
        yield _("公示截止的时间已经过了")


def _posting(subject: Subject) -> Iterator[str]:
    if "公示" in subject.page.title and not subject.page.expire_at:
        yield _("标题是公示，没有填公示截止的时间")


for _key, _label, _level, _look in (
    ("future", gettext_lazy("发布日期"), Level.BLOCK, _future),
    ("over", gettext_lazy("公示截止"), Level.BLOCK, _over),
    ("posting", gettext_lazy("公示期"), Level.HINT, _posting),
):
    lacks.register(Lack(f"dates.{_key}", _label, _level, _look))
