"""PDF files and web pages read whole: what is in the file but not on the paper or screen."""

from __future__ import annotations

import io

import pikepdf
import pytest

from gongkai.core.documents import describe, read_bytes


def pdf(content: bytes = b"", change=lambda file: None) -> bytes:
    """One page of 300 × 300 points with a Latin font F."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = file.make_stream(content)
    change(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def line(text: str, y: int, before: str = "", size: int = 12) -> bytes:
    return f"q BT {before} /F {size} Tf 20 {y} Td ({text}) Tj ET Q\n".encode()


def told(document):
    beside = {(describe(part.place, part.visibility), part.text) for part in document.parts}
    spans = {(describe(s.place, s.visibility).split("（")[-1], document.text[s.start : s.end]) for s in document.spans}
    return beside | spans


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (line("13800001234", 200) + b"0 g 10 190 200 30 re f", "被图形或图片遮盖）"),
        (line("13800001234", 200) + b"1 g 10 190 200 30 re f", "被图形或图片遮盖）"),
        (line("13800001234", 200, "3 Tr"), "不可见文字）"),
        (line("13800001234", 200, "1 1 1 rg"), "不可见文字）"),
        (line("13800001234", 200, "0.99 g"), "不可见文字）"),
        (line("13800001234", 200, size=1), "不可见文字）"),
        (line("13800001234", 400), "页面之外）"),
    ],
    ids=["black box", "white box", "render mode 3", "white", "nearly white", "one point", "outside"],
)
def test_text_that_nobody_sees(whole, content, why):
    document = whole(read_bytes(pdf(line("Public 2023", 260) + content), whole=True))
    assert (why, "13800001234") in told(document)
    assert not any("Public" in text for _, text in told(document))


@pytest.mark.parametrize("matrix", ["0 1 -1 0 50 50", "-1 0 0 -1 250 250", "0 -1 1 0 50 250"])
def test_text_that_does_not_stand_upright_is_read_as_it_is_written(whole, matrix):
    """Letter by letter or backwards a number is none."""
    content = line("Public 2023", 280) + f"q BT /F 12 Tf {matrix} Tm (13800001234) Tj ET Q\n".encode()
    document = whole(read_bytes(pdf(content), whole=True))
    assert [
        (describe(part.place, part.visibility), part.text) for part in document.parts if part.place.part == "turned"
    ] == [("第1页转向排印的文字", "13800001234")]


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0 50 50"), (180, "-1 0 0 -1 250 250"), (0, "1 0 0 1 50 50")])
def test_text_that_the_turned_page_shows_upright_is_read_once(whole, turn, matrix):
    def change(file):
        file.pages[0].Rotate = turn

    document = whole(read_bytes(pdf(f"BT /F 12 Tf {matrix} Tm (13800001234) Tj ET".encode(), change), whole=True))
    assert document.text.count("13800001234") == 1


def test_text_on_a_ground_is_seen(whole):
    content = b"0.8 g 10 190 200 30 re f\n" + line("13800001234", 200, "0 g") + line("x", 100)
    assert not whole(read_bytes(pdf(content), whole=True)).spans


@pytest.mark.parametrize(("clear", "seen"), [(True, True), (False, False)], ids=["seal", "picture"])
def test_a_seal_over_the_text_leaves_it_to_be_read_a_picture_does_not(whole, clear, seen):
    def change(file):
        points = b"\xff\0\0" * 100
        image = file.make_stream(points, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10)
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        if clear:
            mask = file.make_stream(b"\0" * 60 + b"\xff" * 40, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            mask.Width, mask.Height, mask.ColorSpace, mask.BitsPerComponent = 10, 10, pikepdf.Name.DeviceGray, 8
            image.SMask = mask
        file.pages[0].Resources.XObject = pikepdf.Dictionary(I=image)

    content = line("13800001234", 200) + b"q 200 0 0 90 10 130 cm /I Do Q"
    document = whole(read_bytes(pdf(content, change), whole=True))
    assert (("被图形或图片遮盖）", "13800001234") in told(document)) is not seen


def test_what_the_file_holds_besides_pages(whole):
    def change(file):
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Redact, Rect=[0, 0, 9, 9], OverlayText="盖", Contents="请核"
        )
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(URI="http://内网/"),
        )
        file.pages[0].Annots = pikepdf.Array([annotation, link])
        field = pikepdf.Dictionary(T="电话", V="13800001234", Opt=pikepdf.Array(["甲选项"]))
        file.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        file.attachments["名单.txt"] = pikepdf.AttachedFileSpec(file, "附件内容".encode(), filename="名单.txt")
        file.docinfo["/经办"] = "王五"
        with file.open_metadata() as metadata:
            metadata["dc:description"] = "XMP甲"
        with file.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("书签甲", 0))

    document = whole(read_bytes(pdf(line("Public", 200), change), whole=True))
    assert told(document) >= {
        ("第1页批注", "盖"),
        ("第1页批注", "请核"),
        ("第1页批注", "遮盖标记尚未应用，其下文字仍在文件中"),
        ("第1页链接地址", "http://内网/"),
        ("表单域", "13800001234"),
        ("表单域", "甲选项"),
        ("附件名称", "名单.txt"),
        ("文件属性", "王五"),
        ("文件属性", "XMP甲"),
        ("书签", "书签甲"),
    }
    assert ("附件“名单.txt”中的第1段", "附件内容") in {(describe(p.place), p.text) for p in document.paragraphs()}


def saved_again(data: bytes, content: bytes) -> bytes:
    """The file with its page content replaced the way an editor saves: behind what was there."""
    with pikepdf.open(io.BytesIO(data)) as file:
        number = file.pages[0].Contents.objgen[0]
        trailer = f"<< /Size {len(file.objects) + 1} /Root {file.Root.objgen[0]} 0 R /Prev {_xref(data)} >>"
    stream = f"{number} 0 obj\n<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{len(data):010} 00000 n \ntrailer\n{trailer}\n"
    start = len(data) + len(stream)
    return data + stream + table.encode() + f"startxref\n{start}\n%%EOF\n".encode()


def _xref(data: bytes) -> int:
    return int(data.rsplit(b"startxref", 1)[1].split()[0])


def old_form(content: bytes) -> bytes:
    """With a cross-reference table, so that one can be appended."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(content))) as file:
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_what_the_file_said_before_it_was_saved_last(whole):
    data = saved_again(old_form(line("Public", 260) + line("13800001234", 200)), line("Public", 260))
    document = whole(read_bytes(data, whole=True))
    assert told(document) >= {("第1页历史版本", "13800001234")}
    assert "Public" not in {part.text for part in document.parts}, "what is still shown is no history"


def test_too_many_earlier_revisions_are_named(whole):
    data = old_form(line("Public", 260))
    for n in range(8):
        data = saved_again(data, line(f"Public {n}", 260))
    assert any(note.startswith("较早保存的版本 3 个") for note in whole(read_bytes(data, whole=True)).not_examined)


def test_a_file_for_fast_web_view_has_no_history(whole):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(line("Public", 260)))) as file:
        file.save(out, linearize=True)
    document = whole(read_bytes(out.getvalue(), whole=True))
    assert not [part for part in document.parts if part.place.part == "history"] and not document.not_examined


def test_layers_switched_off_are_hidden(whole):
    def change(file):
        group = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底稿"))
        file.pages[0].Resources.Properties = pikepdf.Dictionary(L=group)
        off = pikepdf.Dictionary(OFF=pikepdf.Array([group]), Order=pikepdf.Array([group]))
        file.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=off)

    content = line("Public 2023", 260) + b"/OC /L BDC\n" + line("13800001234", 200) + b"EMC"
    assert ("不可见文字）", "13800001234") in told(whole(read_bytes(pdf(content, change), whole=True)))


def test_what_a_web_page_does_not_show(whole):
    page = """<html><head><title>标题甲</title><script>var a="脚本甲"</script></head><body><!-- 注释甲 --><p>公开</p>
    <p style="display:none">藏甲</p><input type=hidden value="域甲"><img alt="替代甲" title="提示甲" src="a.png">
    <a href="mailto:zhang@example.com">联系</a><a href="data:text/plain;base64,5YaF5bWM55Sy">x</a>
    <template><b>模板甲</b></template></body></html>"""
    document = whole(read_bytes(page.encode(), whole=True))
    assert told(document) >= {
        ("脚本", 'var a="脚本甲"'),
        ("网页注释", "注释甲"),
        ("表单域", "域甲"),
        ("网页标签", "替代甲"),
        ("网页标签", "提示甲"),
        ("链接地址", "mailto:zhang@example.com"),
        ("文件属性", "标题甲"),
    }
    texts = {part.text for part in document.parts} | {each.text for each in document.paragraphs()}
    assert texts >= {"藏甲", "内嵌甲"}
