"""What the public gets for an address: the page, what is said in its place, or nothing. Asked at every look."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from gongkai.bodies.models import Body
from gongkai.foundation.access import STAFF, Role, rights_of
from gongkai.portal.attached import articles_showing, pages_with
from gongkai.portal.listing import is_shown
from gongkai.portal.models import AttachmentFile
from gongkai.review.choke import has_ended
from gongkai.review.models import Attribute, Release, State, Step

GONE = 410


def instead_of(page: Page, request: HttpRequest) -> HttpResponse | None:
    """None for a page that is open; 撤稿说明 or 公示期满 for one that was; 404 for everything else."""
    if is_shown(page):
        return None
    last = _last_public(page)
    if last is None:
        raise Http404(_("没有公开的内容"))
    if last.state == State.WITHDRAWN:
        return _say(request, _("内容已撤下"), last.notice or _("该内容已由发布单位撤下，不再公开。"))
    if last.state == State.EXPIRED or has_ended(page):
        return _say(request, _("公示期已满"), _("该内容的公示期已满，已按规定撤下。"))
    raise Http404(_("没有公开的内容"))


def _last_public(page: Page) -> Release | None:
    """The newest passage by which the page was public."""
    passed = Release.objects.filter(
        content_type=ContentType.objects.get_for_model(page),
        object_id=page.pk,
        state__in=[State.APPROVED, State.WITHDRAWN, State.EXPIRED],
        decided_at__isnull=False,
        attribute=Attribute.PROACTIVE,
    )
    return passed.order_by("-pk").first()


def _say(request: HttpRequest, title: str, meaning: str) -> HttpResponse:
    return render(request, "portal/gone.html", {"title": title, "meaning": meaning}, status=GONE)


def may_have(document: AttachmentFile, user: Any) -> bool:
    """Whether somebody may be given the file: everybody when an open article has it, else who works on it."""
    return is_attached_in_public(document) or is_shown_in_public(document) or _works_on(document, user)


def is_attached_in_public(document: AttachmentFile) -> bool:
    """Whether an open page has it attached; the page is open for the very file that was signed, and no other."""
    return any(page.live and is_shown(page) for page in pages_with(document))


def is_shown_in_public(document: AttachmentFile) -> bool:
    """Whether the text of an open article shows it as a picture: this content of it, which is what was signed."""
    return any(is_shown(article) for article in articles_showing(document))


def _works_on(document: AttachmentFile, user: Any) -> bool:
    body = _owner(document)
    if body is None:
        return False
    rights = rights_of(user)
    return rights.holds(STAFF, body) or _reviews_for(body, rights)


def _owner(document: AttachmentFile) -> int | None:
    """The body in whose folder the file lies."""
    folder = document.collection_id
    return Body.objects.filter(section_page__collection=folder).values_list("pk", flat=True).first() or (
        Body.objects.filter(home_page__collection=folder).values_list("pk", flat=True).first()
    )


def _reviews_for(body: int, rights: Any) -> bool:
    """Whether a secrecy review of the body waits for this person of another one."""
    pools = rights.bodies(Role.SECRECY_REVIEWER)
    waiting = Step.objects.filter(release__body=body, release__state=State.WAITING, outcome="", opened_at__isnull=False)
    return bool(pools) and waiting.filter(reviewer_body_id__in=pools).exists()
