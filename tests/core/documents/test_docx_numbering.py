"""Automatic numbers: what Word prints before a paragraph is part of what the notice says."""

import pytest

from gongkai.core.documents.docx.numbering import chinese, spell


def item(text: str, level: int = 0, num: int = 1, extra: str = "") -> str:
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f'<w:p><w:pPr>{extra}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>{run}</w:p>'


def level(index: int, form: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = (
    level(0, "japaneseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def labels(document):
    return [paragraph.label for paragraph in document.paragraphs()]


def test_levels_count_restart_below_and_show_their_parents(read_word):
    body = item("a") + item("b", 1) + item("c", 1) + item("d", 2) + item("e") + item("f", 1) + item("g", 2)
    assert labels(read_word(body, numbering=NUMBERING)) == [
        "一、",
        "（一）",
        "（二）",
        "1.2.1",
        "二、",
        "（一）",
        "2.1.1",
    ]


def test_a_second_list_of_the_same_kind_restarts_where_it_says(read_word):
    body = item("a") + item("b") + item("c", num=2) + item("d", num=2) + item("e", num=99) + item("f", num=0)
    assert labels(read_word(body, numbering=NUMBERING)) == ["一、", "二、", "五、", "六、", "", ""]


def test_numbers_come_through_styles_and_deleted_items_do_not_count(read_word):
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    deleted = (
        '<w:p><w:pPr><w:pStyle w:val="L"/><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="L"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'.format
    document = read_word(styled("甲") + deleted + styled("乙"), styles=styles, numbering=NUMBERING)
    assert [(one.label, one.text) for one in document.paragraphs()] == [("一、", "甲"), ("二、", "乙")]


def test_a_column_of_automatic_numbers_is_text_of_its_cells(read_word):
    rows = "".join(f"<w:tr><w:tc>{item('')}</w:tc><w:tc>{item('事项', 1)}</w:tc></w:tr>" for _ in range(2))
    table = next(read_word(f"<w:tbl>{rows}</w:tbl>", numbering=NUMBERING).tables())
    assert [cell.text for cell in table.cells] == ["一、", "（一）事项", "二、", "（一）事项"]


def test_bullets_print_a_sign_and_no_private_character(read_word):
    levels = level(0, "bullet", "\uf06c") + level(1, "bullet", "—")
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert labels(read_word(item("a") + item("b", 1), numbering=numbering)) == ["•", "—"]


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [
        (12, "decimal", "12"),
        (3, "decimalZero", "03"),
        (12, "chineseCountingThousand", "十二"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (3, "ideographTraditional", "丙"),
        (13, "ideographZodiac", "子"),
        (9, "decimalEnclosedCircle", "⑨"),
        (21, "decimalEnclosedCircleChinese", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (10, "decimalFullWidth", "１０"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (27, "upperLetter", "AA"),
        (2, "lowerLetter", "b"),
        (5, "none", ""),
        (5, "unheardOf", "5"),
    ],
)
def test_number_formats(count, form, printed):
    assert spell(count, form) == printed


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (44, "四十四"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (20300, "二万零三百"),
    ],
)
def test_chinese_numbers(count, written):
    assert chinese(count) == written


def test_chinese_numbers_are_all_different():
    assert len({chinese(count) for count in range(20_000)}) == 20_000
