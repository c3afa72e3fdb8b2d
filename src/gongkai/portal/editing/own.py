"""What a form names by its number: a file to attach, a page to draw from.

The choosers offer what somebody may see. A number that was typed into the request instead would put another body's
draft, or a file that was never signed, into one's own text: before one's own reviewers, and then before the public.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.documents.permissions import permission_policy
from wagtail.models import Page

from gongkai.portal.models.documents import AttachmentFile


def demand_own(form: Any) -> None:
    """Refused when what hangs on the page was chosen out of reach of `form.for_user`; what hung on it before stays."""
    for formset in form.formsets.values():
        for row in formset.forms:
            for name in set(row.changed_data) & set(getattr(row, "cleaned_data", {})):
                chosen = row.cleaned_data[name]
                if isinstance(chosen, AttachmentFile | Page) and not _reaches(form.for_user, chosen):
                    raise PermissionDenied(_("只能选用本单位的文件，以及本单位的或者已公开的网页"))


def _reaches(user: Any, chosen: AttachmentFile | Page) -> bool:
    from gongkai.portal.explorer import seen_by
    from gongkai.portal.listing import is_shown

    if isinstance(chosen, Page):
        return Page.objects.filter(seen_by(user), pk=chosen.pk).exists() or is_shown(chosen.specific)
    mine = permission_policy.instances_user_has_permission_for(user, "choose")
    return bool(mine.filter(pk=chosen.pk).exists())
