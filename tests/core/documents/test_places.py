"""Places in official words, as findings and registers print them."""

from __future__ import annotations

import pytest

from gongkai.core.documents import Place, Visibility, describe

SEEN, HIDDEN = Visibility.VISIBLE, Visibility.HIDDEN


@pytest.mark.parametrize(
    ("place", "visibility", "words"),
    [
        (Place(), SEEN, ""),
        (Place(paragraph=2), SEEN, "第2段"),
        (Place(paragraph=2), HIDDEN, "第2段（隐藏文字）"),
        (Place(paragraph=2), Visibility.DELETED, "第2段（修订删除）"),
        (Place(part="annotation", page=3), HIDDEN, "第3页批注"),
        (Place(sheet="名单", cell="B4", why="隐藏列"), HIDDEN, "工作表“名单”!B4（隐藏列）"),
        (Place(part="comment", sheet="名单", cell="B4"), HIDDEN, "工作表“名单”!B4批注"),
        (Place(table=1, row=2, column=3), SEEN, "表1第2行第3列"),
        (Place(page=1, why="被遮盖"), HIDDEN, "第1页（被遮盖）"),
        (Place(part="header"), SEEN, "页眉"),
        (Place(part="properties"), HIDDEN, "文件属性"),
        (Place(paragraph=1, inside="附件“名单.docx”"), SEEN, "附件“名单.docx”中的第1段"),
        (Place(inside="附件“名单.docx”"), SEEN, "附件“名单.docx”"),
    ],
)
def test_words(place, visibility, words):
    assert describe(place, visibility) == words
