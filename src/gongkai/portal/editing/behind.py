"""Two people at one draft: who saves second is told before the words of the first are laid aside.

Wagtail asks this of what the editor saves by itself; what a person saves by pressing the button it takes as it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Revision

from gongkai.portal.alone import held
from gongkai.review.locking import waiting_release


def demand_newest(page: Any, sent: Mapping[str, Any], saver: Any) -> None:
    """Inside the transaction that saves: nobody else saved since the editor was opened, and nothing waits at the gate.

    `sent` is the form as Wagtail's editor sends it. What does not say which draft it began from is let through, and so
    is who comes after a save of their own: the editor may just have saved by itself. Raises PermissionDenied, which
    Wagtail shows above the form with all that was typed.
    """
    page = held(page)
    if waiting_release(page) is not None:
        raise PermissionDenied(_("内容正在审查，您的修改没有保存；要修改请先撤回报送。"))
    newest = page.latest_revision
    if newest is not None and newest.user != saver and _is_behind(newest, sent):
        named = {"who": newest.user or _("系统"), "at": time_format(localtime(newest.created_at))}
        raise PermissionDenied(
            _(
                "%(who)s在%(at)s保存了更新的修改稿，您的内容还没有保存。请先在历史版本中查看对方的修改；"
                "再次保存时以您现在的内容为最新修改稿，对方的修改稿留在历史版本中。"
            )
            % named
        )


def _is_behind(newest: Revision, sent: Mapping[str, Any]) -> bool:
    """As Wagtail judges its own saves: by the draft that this editor saved last, else by the one it was opened with."""
    if own := sent.get("overwrite_revision_id"):
        return str(own) != str(newest.pk)
    if opened := sent.get("loaded_revision_id"):
        same = str(opened) == str(newest.pk)
        return not same or sent.get("loaded_revision_created_at", "") != newest.created_at.isoformat()
    return False
