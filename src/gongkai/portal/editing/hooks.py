"""Where the helps for those who write hang in Wagtail."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import ControlFeature, EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from gongkai.portal.editing import table
from gongkai.portal.editing.pasting import FileView, PasteView


@hooks.register("register_rich_text_features")
def table_feature(features: FeatureRegistry) -> None:
    """`table`: tables, and with them the cleaned pasting; `word`: a file as text."""
    words = {
        "caption": gettext("表题"),
        "cell": gettext("第 %(row)s 行第 %(column)s 列"),
        "row": gettext("加一行"),
        "column": gettext("加一列"),
        "less_row": gettext("删除所在行"),
        "less_column": gettext("删除所在列"),
        "head": gettext("首行作表头"),
        "remove": gettext("删除表格"),
        "failed": gettext("粘贴没有完成，请重试；多次失败请告知系统管理员"),
    }
    description = {"type": table.TYPE, "icon": "table", "description": gettext("表格"), "words": words}
    description["paste"] = reverse("portal_paste")
    js, css = ["portal/table.js", "portal/pasting.js"], {"all": ["portal/editor.css"]}
    features.register_editor_plugin("draftail", "table", EntityFeature(description, js=js, css=css))
    features.register_converter_rule("contentstate", "table", table.RULE)
    button = {
        "type": "word",
        "title": gettext("从文件导入正文（docx、wps 等）"),
        "address": reverse("portal_import_text"),
    }
    button["failed"] = gettext("导入没有完成，请重试；多次失败请告知系统管理员")
    features.register_editor_plugin("draftail", "word", ControlFeature(button, js=["portal/pasting.js"]))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("portal/paste/", PasteView.as_view(), name="portal_paste"),
        path("portal/import-text/", FileView.as_view(), name="portal_import_text"),
    ]
