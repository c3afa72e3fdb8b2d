"""Archives and hostile files read whole: bounded, a Document or one clear line, never anything else."""

from __future__ import annotations

import functools
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from PIL import Image
from tests.core.documents.conftest import build_word, check_whole, zipped
from tests.core.documents.whole.test_printed import line, pdf

from gongkai.core.documents import DocumentError, describe, read_bytes


def attempt(data: bytes) -> None:
    message = ""
    try:
        check_whole(read_bytes(data, "x", whole=True))
    except DocumentError as error:
        message = str(error)
    assert "\n" not in message
    assert len(message) < 300


def test_every_file_of_an_archive_with_its_name(make_zip, whole):
    data = make_zip({"名单/甲.txt": "张三", "b.zip": make_zip({"c.txt": "李四"}), "d.exe": b"MZ\0\1\2\3" * 50})
    document = whole(read_bytes(data, "a.zip", whole=True))
    assert document.kind == "zip"
    assert {(describe(p.place), p.text) for p in document.paragraphs()} == {
        ("压缩包内“名单/甲.txt”中的第1段", "张三"),
        ("压缩包内“b.zip”中的压缩包内“c.txt”中的第1段", "李四"),
    }
    assert {part.text for part in document.parts} == {"名单/甲.txt", "b.zip", "c.txt", "d.exe"}
    assert [note for note in document.not_examined if "d.exe" in note]


def test_names_in_gbk_are_read(whole):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("QQQQ.txt", "甲")
    data = out.getvalue().replace(b"QQQQ", "名单".encode("gbk"))
    assert {part.text for part in whole(read_bytes(data, whole=True)).parts} == {"名单.txt"}


def test_an_archive_is_still_no_document_for_those_who_want_one(make_zip):
    with pytest.raises(DocumentError, match="压缩包"):
        read_bytes(make_zip({"a.txt": "甲"}))


def test_archives_within_archives_end_somewhere(make_zip, whole):
    data = make_zip({"a.txt": "底"})
    for depth in range(12):
        data = make_zip({f"{depth}.zip": data})
    document = whole(read_bytes(data, whole=True))
    assert any("层层内嵌" in note for note in document.not_examined)
    assert not document.blocks


def test_too_many_files_are_said(make_zip, whole):
    document = whole(read_bytes(make_zip({f"{n}.txt": f"第{n}" for n in range(2_100)}), whole=True))
    assert sum("超过 2000 个" in note for note in document.not_examined) == 100
    assert len(list(document.paragraphs())) == 2_000


@pytest.mark.parametrize("bomb", ["declared", "in an archive", "in a picture's place"])
def test_bombs(make_zip, word, bomb):
    content = make_zip({"a": b"\0" * (64 * 2**20)})
    data = {
        "declared": content,
        "in an archive": make_zip({"内.zip": content}),
        "in a picture's place": word("<w:p/>", extra={"word/media/a.png": b"\0" * (64 * 2**20)}),
    }[bomb]
    try:
        said = "\n".join(read_bytes(data, whole=True).not_examined)
    except DocumentError as error:
        said = str(error)
    assert "压缩炸弹" in said


@pytest.mark.parametrize("name", ["customXml/item1.xml", "docProps/core.xml", "word/charts/chart1.xml"])
def test_entities_anywhere_in_the_package_are_refused(word, name):
    bomb = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    with pytest.raises(DocumentError, match=r"实体|损坏"):
        read_bytes(word("<w:p/>", extra={name: bomb}), whole=True)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"Rar!\x1a\x07\x00" + b"x" * 50, "RAR"), (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "7z"), (b"\x1f\x8b\x08" * 9, "GZ")],
)
def test_other_archives_are_refused_with_what_to_do(data, kind):
    with pytest.raises(DocumentError, match=f"是 {kind} 压缩包.*解压"):
        read_bytes(data, "a", whole=True)


def ofd() -> bytes:
    def page(*objects):
        return f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{"".join(objects)}</ofd:Page>'

    def text(words, top, more=""):
        return f'<ofd:TextObject Boundary="10 {top} 90 5" {more}><ofd:TextCode>{words}</ofd:TextCode></ofd:TextObject>'

    return zipped(
        {
            "OFD.xml": "<OFD><DocInfo><Author>王五</Author></DocInfo></OFD>",
            "Doc_0/Pages/Page_0/Content.xml": page(text("公开", 10), text("信息", 10), text("第二行", 20)),
            "Doc_0/Pages/Page_1/Content.xml": page(text("藏", 10, 'Visible="false"')),
            "Doc_0/Annots/Page_0/Annotation.xml": page(text("批甲", 10)),
            "Doc_0/Attachs/名单.txt": "附件内容",
        }
    )


def test_ofd(whole):
    document = whole(read_bytes(ofd(), whole=True))
    assert {(describe(p.place), p.text) for p in document.paragraphs()} == {
        ("第1页第1段", "公开信息"),
        ("第1页第2段", "第二行"),
        ("附件“名单.txt”中的第1段", "附件内容"),
    }
    assert {(describe(p.place, p.visibility), p.text) for p in document.parts} == {
        ("第2页（隐藏文字）", "藏"),
        ("批注", "批甲"),
        ("文件属性", "王五"),
        ("附件名称", "名单.txt"),
    }


@functools.cache
def samples() -> tuple[bytes, ...]:
    """A small valid file of each kind."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", "乙"])
    workbook.active["A1"].comment = Comment("批", "张三")
    sheet, picture = io.BytesIO(), io.BytesIO()
    workbook.save(sheet)
    Image.new("RGB", (20, 20)).save(picture, "jpeg", comment=b"note")
    png = io.BytesIO()
    Image.new("RGB", (20, 20)).save(png, "png")
    word = build_word("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", extra={"word/media/a.png": png.getvalue()})
    slides = {"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": "<s><p><t>甲</t></p></s>"}
    page = "<html><body><!--甲--><p hidden>乙<img alt=丙 src='data:image/png;base64,iVBORw0KGgo='></body></html>"
    everything = zipped({"a.docx": word, "b.txt": "甲"})
    return (
        *(word, sheet.getvalue(), picture.getvalue(), png.getvalue(), pdf(line("Public", 200))),
        *(zipped(slides), ofd(), everything, page.encode(), "姓名,电话\n张三,1\n".encode("gbk")),
    )


fuzzing = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
changes = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.mark.slow
@fuzzing
@given(which=st.integers(0, 9), changes=changes)
def test_a_few_bytes_changed_raise_nothing_else(which, changes):
    data = bytearray(samples()[which])
    for at, byte in changes:
        data[at % len(data)] = byte
    attempt(bytes(data))


@pytest.mark.slow
@fuzzing
@given(which=st.integers(0, 9), start=st.integers(0, 10**6), length=st.integers(1, 2_000), keep=st.booleans())
def test_truncated_files_raise_nothing_else(which, start, length, keep):
    data = samples()[which]
    at = start % len(data)
    attempt(data[:at] if keep else data[:at] + data[at + length :])


def members(data: bytes) -> dict[str, bytes]:
    source = zipfile.ZipFile(io.BytesIO(data))
    return {name: source.read(name) for name in source.namelist()}


@pytest.mark.slow
@fuzzing
@given(which=st.sampled_from([0, 1, 5, 6]), member=st.integers(0, 10**6), changes=changes)
def test_changes_inside_the_packages_raise_nothing_else(which, member, changes):
    inner = members(samples()[which])
    name = sorted(inner)[member % len(inner)]
    content = bytearray(inner[name] or b" ")
    for at, byte in changes:
        content[at % len(content)] = byte
    attempt(zipped(inner | {name: bytes(content)}))
