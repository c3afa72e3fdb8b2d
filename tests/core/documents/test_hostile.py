"""Hostile and damaged files: bounded, and never anything but a DocumentError."""

from __future__ import annotations

import functools
import io
import struct
import tracemalloc
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.documents import DocumentError, archive, read_bytes


def attempt(data: bytes, whole) -> None:
    message = ""
    try:
        whole(read_bytes(data, "x"))
    except DocumentError as error:
        message = str(error)
    assert "\n" not in message
    assert len(message) < 300


def test_a_zip_bomb_by_its_declared_size(word):
    with pytest.raises(DocumentError, match="压缩炸弹"):
        read_bytes(word("", extra={"word/media/a": b"\0" * (64 * 2**20)}), "弹.docx")


def test_a_zip_bomb_that_lies_about_its_size(word):
    data = bytearray(word("", extra={"word/styles.xml": b" " * (32 * 2**20)}, styles=""))
    at = data.rfind(b"word/styles.xml")  # its entry in the central directory
    struct.pack_into("<I", data, at - 22, 100)
    tracemalloc.start()
    with pytest.raises(DocumentError):
        read_bytes(bytes(data), "弹.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_too_many_members(make_zip):
    many = {f"word/{index}": "" for index in range(archive.MAX_MEMBERS + 1)} | {"word/document.xml": "<a/>"}
    with pytest.raises(DocumentError, match="超过上限"):
        read_bytes(make_zip(many), "多.docx")


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml"])
def test_entities_are_refused(word, make_zip, name):
    lines = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "啊">{lines}<!ENTITY f SYSTEM "file:///etc/passwd">]><w>&e9;&f;</w>'
    source = zipfile.ZipFile(io.BytesIO(word("", styles="")))
    members = {member: source.read(member) for member in source.namelist()}
    with pytest.raises(DocumentError, match=r"实体|损坏"):
        read_bytes(make_zip(members | {name: bomb}), "弹.docx")


def test_very_deep_xml_is_refused(word):
    deep = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
    with pytest.raises(DocumentError):
        read_bytes(word(deep), "深.docx")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<p><b>" * 5_000,
        "<table><tr><td>" * 400,
        "<table>" + "<tr><td rowspan=60000 colspan=1000>格" * 3_000,
    ],
)
def test_pages_built_to_take_long_are_refused_at_once(page):
    with pytest.raises(DocumentError):
        read_bytes(f"<html>{page}甲".encode())


def test_a_password_on_the_archive(word):
    data = bytearray(word("<w:p/>"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    with pytest.raises(DocumentError, match="已加密"):
        read_bytes(bytes(data), "密.docx")


@functools.cache
def sample() -> bytes:
    file = docx.Document()
    file.add_heading("通知", 1)
    file.add_paragraph("一、总体要求", style="List Number")
    table = file.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "合并"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@functools.cache
def xml_sample() -> tuple[dict[str, bytes], bytes]:
    source = zipfile.ZipFile(io.BytesIO(sample()))
    members = {name: source.read(name) for name in source.namelist()}
    return members, members["word/document.xml"]


common = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"<html>",
    b"<table><tr><td rowspan=3>",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"a\tb\n",
]


@common
@given(head=st.sampled_from(HEADS), tail=st.binary(max_size=400))
def test_random_bytes_raise_nothing_else(whole, head, tail):
    attempt(head + tail, whole)


@common
@given(text=st.text(alphabet="甲乙1,\t\n|-\"' <>td/=x#:;（一）", max_size=200))
def test_random_text_raises_nothing_and_keeps_its_offsets(whole, text):
    attempt(text.encode(), whole)


@common
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=20))
def test_mutated_docx_raises_nothing_else(whole, changes):
    data = bytearray(sample())
    for at, byte in changes:
        data[at % len(data)] = byte
    attempt(bytes(data), whole)


@pytest.mark.slow
@common
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from([b"", b"9", b"x", b"-1"])),
        min_size=1,
        max_size=6,
    )
)
def test_mutated_document_xml_raises_nothing_else(whole, make_zip, cuts):
    members, xml = xml_sample()
    for at, length, new in cuts:
        at %= len(xml)
        xml = xml[:at] + new + xml[at + length :]
    attempt(make_zip(members | {"word/document.xml": xml}), whole)


ELEMENTS = [
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:tcPr",
    "w:vMerge",
    "w:ins",
    "w:del",
    "w:sdt",
    "w:sdtContent",
    "w:pPr",
    "w:numPr",
    "mc:AlternateContent",
    "mc:Choice",
    "w:fldChar",
    "w:trPr",
    "w:gridBefore",
    "w:hMerge",
]
trees = st.recursive(
    st.builds("<{0}>字</{0}>".format, st.sampled_from(ELEMENTS)),
    lambda inner: st.builds(
        lambda name, children: f"<{name}>{''.join(children)}</{name}>",
        st.sampled_from(ELEMENTS),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


@common
@given(body=st.lists(trees, max_size=5).map("".join))
def test_any_nesting_of_word_elements_keeps_the_invariants(whole, word, body):
    attempt(word(body), whole)


HTML = [
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "p",
    "div",
    "span",
    "br",
    "ol",
    "li",
    "td rowspan=2",
    "td colspan=3",
    "td rowspan=0",
    "tr hidden",
    "p style='display:none'",
    "script",
    "caption",
    "pre",
]
pages = st.recursive(
    st.sampled_from(["字", " ", "\n", "<br>", "<td>格", "</tr>", "</table>"]),
    lambda inner: st.builds(
        lambda name, children: f"<{name}>{''.join(children)}</{name.split()[0]}>",
        st.sampled_from(HTML),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


@common
@given(page=st.lists(pages, max_size=6).map("".join))
def test_any_nesting_of_html_keeps_the_invariants(whole, page):
    attempt(f"<html><body>{page}".encode(), whole)
