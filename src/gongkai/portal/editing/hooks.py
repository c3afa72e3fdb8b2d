"""Where the helps for those who write hang in Wagtail."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import ControlFeature, EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from gongkai.portal.editing import pictures, table
from gongkai.portal.editing.pasting import FileView, PasteView
from gongkai.portal.pictures.showing import PictureHandler


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


@hooks.register("register_rich_text_features")
def picture_feature(features: FeatureRegistry) -> None:
    """`picture`: pictures in the text, each with its words."""
    words = {
        "alt": gettext("替代文字"),
        "alt_help": gettext("用一句话写出图片告诉读者什么，读屏软件会读出来；图中的要点、数字要写进去"),
        "caption": gettext("图注"),
        "caption_help": gettext("选填。显示在图片下方"),
        "decorative": gettext("装饰图，不传达内容（不需要替代文字）"),
        "remove": gettext("删除图片"),
        "uploading": gettext("正在上传、检查图片……"),
        "failed": gettext("图片没有上传成功，请重试；多次失败请告知系统管理员"),
    }
    description = {"type": pictures.ENTITY, "icon": "image", "description": gettext("图片"), "words": words}
    description["upload"] = reverse("portal_upload_picture")
    js = ["portal/table.js", "portal/pasting.js", "portal/picture.js"]
    features.register_editor_plugin("draftail", "picture", EntityFeature(description, js=js))
    features.register_converter_rule("contentstate", "picture", pictures.RULE)
    features.register_embed_type(PictureHandler)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("portal/paste/", PasteView.as_view(), name="portal_paste"),
        path("portal/picture/", pictures.UploadView.as_view(), name="portal_upload_picture"),
        path("portal/import-text/", FileView.as_view(), name="portal_import_text"),
    ]
