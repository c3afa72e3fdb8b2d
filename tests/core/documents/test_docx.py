"""Word files: running text, tracked changes, what is hidden and what stands beside the body."""

import io
import zipfile

import pytest

from gongkai.core.documents import DocumentError, Visibility, read_bytes


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs()]


def parts(document, part):
    return [(one.text, one.visibility, one.author) for one in document.parts if one.place.part == part]


def test_paragraphs_are_numbered_as_in_the_file_and_blank_ones_left_out(read_word):
    document = read_word(p("甲") + p("") + "<w:p/>" + p("乙"))
    assert [(one.text, one.place.paragraph) for one in document.paragraphs()] == [("甲", 1), ("乙", 4)]
    assert document.kind == "docx"


def test_breaks_tabs_symbols_and_formulas(read_word):
    body = (
        "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:noBreakHyphen/></w:r>"
        '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:char="25A0"/><w:sym w:char="zz"/></w:r>'
        "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>"
    )
    assert texts(read_word(body)) == ["一\n二\t-☑■x+1"]


def test_links_content_controls_and_fields_give_their_result(read_word):
    body = (
        f'<w:p><w:hyperlink r:id="x">{r("链接")}</w:hyperlink>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
        f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("今天")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        f"<w:sdt><w:sdtContent>{p('块')}</w:sdtContent></w:sdt>"
    )
    assert texts(read_word(body)) == ["链接控件3今天", "块"]


def test_text_inside_an_instruction_is_kept_as_hidden(read_word):
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{r("绝密")}</w:p>' + p("后文")
    document = read_word(body)
    assert texts(document) == []
    assert parts(document, "body") == [("绝密", Visibility.HIDDEN, ""), ("后文", Visibility.HIDDEN, "")]


def test_tracked_changes_are_read_as_accepted_and_deletions_kept_beside(read_word):
    body = (
        f'<w:p>{r("县")}<w:ins w:author="李四">{r("财政局")}</w:ins>'
        '<w:del w:author="张三"><w:r><w:delText>税务局</w:delText></w:r></w:del>'
        f'<w:moveFrom w:author="王五">{r("旧处")}</w:moveFrom><w:moveTo w:author="王五">{r("新处")}</w:moveTo></w:p>'
    )
    document = read_word(body)
    assert texts(document) == ["县财政局新处"]
    assert parts(document, "body") == [
        ("税务局", Visibility.DELETED, "张三"),
        ("旧处", Visibility.DELETED, "王五"),
    ]
    inserted = [document.text[s.start : s.end] for s in document.spans if s.visibility is Visibility.INSERTED]
    assert inserted == ["财政局", "新处"]
    assert document.parts[0].place.paragraph == 1


def test_a_deletion_inside_an_insertion_is_deleted(read_word):
    body = f"<w:p><w:ins><w:del><w:r><w:delText>来去</w:delText></w:r></w:del>{r('留')}</w:ins></w:p>"
    document = read_word(body)
    assert texts(document) == ["留"]
    assert parts(document, "body") == [("来去", Visibility.DELETED, "")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read_word):
    document = read_word(p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半") + p("另段"))
    assert texts(document) == ["前半后半", "另段"]


def test_hidden_text_by_run_by_style_and_by_default(read_word):
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    by_style, shown = r("隐二", '<w:rStyle w:val="H2"/>'), r("显", '<w:vanish w:val="0"/>')
    body = (
        f"<w:p>{r('见')}{r('隐一', '<w:vanish/>')}{by_style}</w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr>{r('隐三')}{shown}</w:p>"
    )
    document = read_word(body, styles=styles)
    assert texts(document) == ["见", "显"]
    assert [text for text, *_ in parts(document, "body")] == ["隐一隐二", "隐三"]
    everywhere = read_word(
        p("全隐"), styles="<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    assert texts(everywhere) == []
    assert parts(everywhere, "body") == [("全隐", Visibility.HIDDEN, "")]


def test_styles_in_a_circle_end(read_word):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")
    )
    assert texts(read_word(p("甲", '<w:pStyle w:val="A"/>'), styles=styles)) == ["甲"]


def test_heading_levels_come_from_styles_and_from_the_paragraph(read_word):
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h1b"><w:basedOn w:val="h1"/></w:style>'
    )
    body = (
        p("一级", '<w:pStyle w:val="h1b"/>')
        + p("三级", '<w:outlineLvl w:val="2"/>')
        + p("正文", '<w:pStyle w:val="h1"/><w:outlineLvl w:val="9"/>')
    )
    assert [one.level for one in read_word(body, styles=styles).paragraphs()] == [1, 3, None]


def test_headers_footers_notes_and_comments_are_parts(read_word):
    document = read_word(
        p("正文"),
        header1=p("秘密★一年"),
        header2=p("秘密★一年"),
        footer1=p("第1页"),
        footnotes=f'<w:footnote w:type="separator">{p("——")}</w:footnote><w:footnote w:id="2">{p("脚注")}</w:footnote>',
        endnotes=f"<w:endnote>{p('尾注')}</w:endnote>",
        comments=f'<w:comment w:author="赵六">{p("请核")}{p("再核")}</w:comment>',
    )
    assert texts(document) == ["正文"]
    assert parts(document, "header") == [("秘密★一年", Visibility.VISIBLE, "")]
    assert parts(document, "footer") == [("第1页", Visibility.VISIBLE, "")]
    assert parts(document, "footnote") == [("脚注", Visibility.VISIBLE, "")]
    assert parts(document, "endnote") == [("尾注", Visibility.VISIBLE, "")]
    assert parts(document, "comment") == [("请核\n再核", Visibility.HIDDEN, "赵六")]


def test_an_alternative_is_read_once_and_its_text_box_is_a_part(read_word):
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        f"<w:p>{r('外')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    document = read_word(body)
    assert texts(document) == ["外"]
    assert parts(document, "textbox") == [("框内", Visibility.VISIBLE, "")]


def test_properties_are_named_and_searchable(word, whole):
    core = (
        '<p:coreProperties xmlns:p="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>通知</dc:title>'
        "<dc:creator>钱七</dc:creator></p:coreProperties>"
    )
    custom = (
        '<Properties xmlns="c" xmlns:vt="v"><property name="密级"><vt:lpwstr>内部</vt:lpwstr></property></Properties>'
    )
    document = whole(
        read_bytes(word(p("甲"), extra={"docProps/core.xml": core, "docProps/custom.xml": custom}), "a.docx")
    )
    assert document.properties == {"title": "通知", "creator": "钱七", "密级": "内部"}
    assert {text for text, *_ in parts(document, "properties")} == {"通知", "钱七", "内部"}


def test_what_cannot_be_read_is_named(word):
    body = (
        '<w:p><w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r>'
        '<w:r><w:object><o:OLEObject r:id="o"/></w:object></w:r></w:p>' + p("甲")
    )
    document = read_bytes(word(body, extra={"word/vbaProject.bin": b"\0"}), "宏.docm")
    assert document.not_examined == ("宏（未运行）", "图片 1 幅（未识别图中文字）", "嵌入对象 1 处")
    assert texts(document) == ["甲"]
    assert document.has_macros
    assert not read_bytes(word(p("甲")), "a.docx").has_macros


def test_strict_documents_read_the_same(word, make_zip):
    transitional, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    source = zipfile.ZipFile(io.BytesIO(word(p("严格"))))
    members = {name: source.read(name).replace(transitional, strict) for name in source.namelist()}
    assert strict in members["word/document.xml"]
    assert texts(read_bytes(make_zip(members), "s.docx")) == ["严格"]


def test_a_docx_without_a_body_says_so(make_zip):
    broken = make_zip({"word/document.xml": '<w:document xmlns:w="x"/>'})
    with pytest.raises(DocumentError, match=r"^坏\.docx：文件不完整：缺少正文"):
        read_bytes(broken, "坏.docx")
