"""Where the findings show while a page is being written: in Wagtail's editor."""

from __future__ import annotations

import json

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from gongkai.review.views.live import LiveView


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("review/live/", LiveView.as_view(), name="review_live")]


@hooks.register("insert_editor_js")
def script() -> str:
    return format_html(
        '<script src="{}" data-address="{}" data-words="{}" defer></script>',
        versioned_static("review/live.js"),
        reverse("review_live"),
        json.dumps({"mask": gettext("遮盖为 %s"), "found": gettext("机器发现")}, ensure_ascii=False),
    )


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("review/review.css"))
