"""A picture as the page shows it: words beside it, room kept for it, no wider than the screen that asks."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.rich_text import EmbedHandler

from gongkai.portal.models import AttachmentFile
from gongkai.portal.pictures.references import TYPE, Reference, address_of

SIZES = "(max-width: 44rem) 100vw, 40rem"  # the measure of a text, in `portal.css`


class PictureHandler(EmbedHandler):
    identifier = TYPE

    @staticmethod
    def get_model() -> type[AttachmentFile]:
        return AttachmentFile

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Two queries for all pictures of a text. What is gone leaves nothing."""
        named = [Reference.of_tag(attrs) for attrs in attrs_list]
        files = AttachmentFile.objects.filter(width__isnull=False).prefetch_related("renditions")
        found = files.in_bulk({one.file for one in named})
        return [figure(one, found[one.file]) if one.file in found else "" for one in named]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        """For Wagtail's list of where a file is used."""
        file = Reference.of_tag(attrs).file
        if file:
            yield AttachmentFile, str(file), "", ""


def figure(named: Reference, file: AttachmentFile) -> SafeString:
    """With width and height, so that nothing jumps when it comes."""
    sizes = [(address_of(file.pk, one.width), one.width) for one in file.renditions.all() if one.source == named.sm3]
    sizes.append((address_of(file.pk), file.width or 0))
    several = len(sizes) > 1
    return format_html(
        '<figure><img src="{}"{} width="{}" height="{}" alt="{}" loading="lazy" decoding="async">{}</figure>',
        address_of(file.pk),
        format_html(' srcset="{}" sizes="{}"', format_html_join(", ", "{} {}w", sizes), SIZES) if several else "",
        file.width,
        file.height,
        named.alt,
        format_html("<figcaption>{}</figcaption>", named.caption) if named.caption else "",
    )
