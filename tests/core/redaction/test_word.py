"""docx rewritten: runs split anywhere, hidden content of every kind, proved by screening again (issue: redacted copy)."""

import io

import pytest
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.core.redaction.packages import ID, PHONE, inside, saved

from gongkai.core.documents import read_bytes
from gongkai.core.redaction import RedactionError, redact_bytes
from gongkai.core.screening import screen_document


def text_of(data):
    return read_bytes(data).text


def run_xml(text, properties=""):
    return parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")


def test_a_number_split_over_runs_keeps_the_runs_and_their_looks(screener):
    word = Word()
    paragraph = word.add_paragraph("申请人李某，身份证号")
    for at, part in enumerate((ID[:5], ID[5:11], ID[11:])):
        paragraph.add_run(part).bold = at == 1
    paragraph.add_run("，请核对。")
    copy = redact_bytes(saved(word), "a.docx", screener)
    assert ID not in text_of(copy.data) and "11*************670" in text_of(copy.data)
    runs = Word(io.BytesIO(copy.data)).paragraphs[0].runs
    assert runs[0].text == "申请人李某，身份证号" and runs[-1].text == "，请核对。" and runs[2].bold
    assert copy.masked == {"resident-id": 1} or sum(copy.masked.values()) == 1


def test_table_cells_headers_and_footnotes(screener):
    word = Word()
    table = word.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "经办人", "手机号码"
    table.cell(1, 0).text, table.cell(1, 1).text = "张某", PHONE
    word.sections[0].header.paragraphs[0].text = f"联系手机 {PHONE}"
    copy = redact_bytes(saved(word), "a.docx", screener)
    assert PHONE not in inside(copy.data) and inside(copy.data).count("138****5678") == 2


def test_what_is_hidden_is_gone_from_the_package(screener):
    word = Word()
    paragraph = word.add_paragraph("正文。")
    secret = iter(f"秘文{n}" for n in range(20))
    planted = []

    def plant():
        planted.append(next(secret))
        return planted[-1]

    paragraph._p.append(run_xml(plant(), "<w:vanish/>"))
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="{plant()}"><w:r><w:delText>{plant()}</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="{plant()}"><w:r><w:t>留下的插入</w:t></w:r></w:ins>')
    )
    word.add_comment(paragraph.runs[0], text=plant(), author=plant())
    table = word.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "看得见", plant()
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    word.core_properties.author, word.core_properties.title = plant(), plant()
    copy = redact_bytes(saved(word), "a.docx", screener)
    left = inside(copy.data)
    assert [text for text in planted if text in left] == []
    assert "正文。" in left and "留下的插入" in left and "看得见" in left and "<w:ins " not in left
    assert {"批注", "隐藏文字", "文档属性", "修订痕迹中删除的内容"} <= set(copy.removed)
    assert Word(io.BytesIO(copy.data)).paragraphs[0].text == "正文。留下的插入"


def test_the_copy_is_clean_when_screened_again(screener):
    word = Word()
    word.add_paragraph(f"身份证号{ID}，手机{PHONE}，身份证号 1101 0119 9003 0786 70。")
    data = saved(word)
    assert screen_document(screener, read_bytes(data)).findings
    copy = redact_bytes(data, "a.docx", screener)
    assert screen_document(screener, read_bytes(copy.data, whole=True)).findings == ()


def test_nothing_is_made_of_what_may_be_secret(screener):
    """保守国家秘密法 31(3): masking is no substitute for the secrecy review."""
    word = Word()
    word.add_paragraph("机密★5年")
    with pytest.raises(RedactionError, match="保密审查") as caught:
        redact_bytes(saved(word), "a.docx", screener)
    assert caught.value.remaining


def test_what_cannot_be_placed_makes_no_copy_and_is_named(screener, monkeypatch):
    monkeypatch.setattr("gongkai.core.redaction.word.apply", lambda data, document, edits: (data, []))
    word = Word()
    word.add_paragraph(f"身份证号{ID}")
    with pytest.raises(RedactionError, match="复查仍有") as caught:
        redact_bytes(saved(word), "a.docx", screener)
    assert ID not in str(caught.value) and len(caught.value.remaining) == 1


@pytest.mark.slow
def test_old_formats_are_refused_with_what_to_do(screener):
    data = b"{\\rtf1\\ansi 110101199003078670}"
    with pytest.raises(RedactionError, match="另存为 Word"):
        redact_bytes(data, "a.rtf", screener)
