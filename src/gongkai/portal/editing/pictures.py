"""配图 in the text editor: an entity of Draftail's with its words, and the upload that brings it."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import AtomicBlockEntityElementHandler
from wagtail.documents.permissions import permission_policy
from wagtail.models import Page

from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import Unexamined
from gongkai.portal.editing.sending import SentFileView, refused
from gongkai.portal.models import SectionPage
from gongkai.portal.pictures.keeping import keep, reference_to
from gongkai.portal.pictures.references import TYPE, Reference, address_of

ENTITY = "PICTURE"


class PictureElementHandler(AtomicBlockEntityElementHandler):
    def create_entity(self, name: str, attrs: dict[str, str], state: Any, contentstate: Any) -> Entity:
        return Entity(ENTITY, "IMMUTABLE", entity_data(Reference.read(attrs)))


def entity_data(named: Reference) -> dict[str, Any]:
    return {
        "id": named.file,
        "sm3": named.sm3,
        "src": address_of(named.file),
        "alt": named.alt,
        "caption": named.caption,
        "decorative": named.decorative,
    }


def stored(props: dict[str, Any]) -> object:
    """The picture as the text keeps it; of what the browser sends only these are read, and only as text."""
    said = {name: str(props.get(name) or "") for name in ("id", "sm3", "alt", "caption")}
    said["decorative"] = "true" if props.get("decorative") is True else ""
    return DOM.create_element("embed", Reference.read(said).attributes())


RULE = {
    "from_database_format": {f'embed[embedtype="{TYPE}"]': PictureElementHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: stored}},
}


class UploadView(SentFileView):
    """The data of the entity that the picture became."""

    def became(self, request: HttpRequest, file: UploadedFile, place: str) -> JsonResponse:
        folder = folder_for(request, place)
        try:
            document = keep(file.read(), file.name or "", folder, cast(User, request.user))
        except (ValidationError, Unexamined) as error:
            return refused("；".join(getattr(error, "messages", [])) or str(error))
        return JsonResponse(entity_data(reference_to(document)))


def folder_for(request: HttpRequest, place: str) -> int:
    """The folder of the body in whose section the page stands that is being written; place: path of its editor.

    404 for who may not add to it.
    """
    page = _page_written(place)
    section = SectionPage.objects.ancestor_of(page, inclusive=True).order_by("-depth").first() if page else None
    if section is None or not permission_policy.collections_user_has_permission_for(request.user, "add").filter(
        pk=section.collection_id
    ):
        raise Http404
    return int(section.collection_id)


def _page_written(path: str) -> Page | None:
    """The page of an editor's address; of one that is only being made, the page above."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    pages = {"wagtailadmin_pages:edit": 0, "wagtailadmin_pages:add": 2}
    at = pages.get(found.view_name)
    if at is None or len(found.args) <= at:
        number = found.kwargs.get("page_id") or found.kwargs.get("parent_page_id")
    else:
        number = found.args[at]
    return Page.objects.filter(pk=number).first() if number else None
