"""A place in official words: 第3页批注, 工作表“名单”!B4（隐藏列）, 附件“名单.xlsx”中的第2段."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.documents.model import Place, Visibility

# What stands beside the body, by `Place.part`.
PARTS = {
    "body": "",
    "header": "页眉",
    "footer": "页脚",
    "comment": "批注",
    "footnote": "脚注",
    "endnote": "尾注",
    "textbox": "文本框",
    "properties": "文件属性",
    "annotation": "批注",
    "attachment": "附件名称",
    "alt": "图片替代文字",
    "bookmark": "书签",
    "cache": "缓存数据",
    "chart": "图表",
    "control": "内容控件",
    "data": "自定义数据",
    "diagram": "图示",
    "field": "域代码",
    "form": "表单域",
    "formula": "公式",
    "glossary": "构建基块",
    "history": "历史版本",
    "link": "链接地址",
    "markup": "网页标签",
    "markup-comment": "网页注释",
    "name": "名称",
    "notes": "演讲者备注",
    "picture": "图片信息",
    "position": "拍摄位置",
    "remains": "文件内部数据",
    "ruby": "拼音标注",
    "script": "脚本",
    "settings": "文件设置",
    "shape": "图形",
    "turned": "转向排印的文字",
    "validation": "数据验证",
}
_WHY = {Visibility.INSERTED: "修订插入", Visibility.DELETED: "修订删除", Visibility.HIDDEN: "隐藏文字"}
# Never printed, by what they are: no reason need be given.
_HIDDEN_BY_NATURE = frozenset(PARTS) - {"body", "header", "footer", "footnote", "endnote", "textbox", "shape", "turned"}


def describe(place: Place, visibility: Visibility = Visibility.VISIBLE) -> str:
    """`place` in words; "" for the body of a plain text without any further place."""
    words = "".join(_words(place))
    why = place.why or ("" if _goes_without_saying(place, visibility) else _WHY.get(visibility, ""))
    if place.inside:
        words = f"{place.inside}中的{words}" if words else place.inside
    return f"{words}（{why}）" if why else words


def _words(place: Place) -> Iterator[str]:
    if place.page is not None:
        yield f"第{place.page}页"
    if place.sheet is not None:
        yield f"工作表“{place.sheet}”" + (f"!{place.cell}" if place.cell else "")
    elif place.table is not None:
        yield f"表{place.table}"
        if place.row is not None and place.column is not None:
            yield f"第{place.row}行第{place.column}列"
    elif place.row is not None and place.column is not None:
        yield f"第{place.row}行第{place.column}列"
    elif place.paragraph is not None:
        yield f"第{place.paragraph}段"
    yield PARTS.get(place.part, place.part)


def _goes_without_saying(place: Place, visibility: Visibility) -> bool:
    return visibility is Visibility.HIDDEN and place.part in _HIDDEN_BY_NATURE
