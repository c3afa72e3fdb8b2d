"""Text from bytes, whatever county office software wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.documents import DocumentError
from gongkai.core.documents.decoding import decode

SENTENCE = "各乡镇人民政府、街道办事处，县级有关部门（单位）：〔2023〕15号\n第二行"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding):
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


def test_line_ends_and_the_dos_end_of_file():
    assert decode("甲\r\n乙\r丙\x1a".encode("gbk")) == "甲\n乙\n丙"


def test_a_damaged_byte_does_not_lose_the_text():
    damaged = (SENTENCE * 20).encode("gb18030") + b"\xff" + SENTENCE.encode("gb18030")
    text = decode(damaged)
    assert "第二行" in text
    assert text.count("\ufffd") <= 2


@pytest.mark.parametrize("noise", [bytes(range(256)), b"\x00\x01\x02\x03" * 50, b"\x7fELF\x02\x01\x01" + b"\0" * 90])
def test_noise_is_no_text(noise):
    with pytest.raises(DocumentError, match="二进制"):
        decode(noise)


@given(st.text(alphabet=st.characters(categories=["Lo", "Nd", "Po"], min_codepoint=0x20), min_size=1))
def test_utf8_and_gb18030_come_back(text):
    assert decode(text.encode("utf-8-sig")) == text
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        encoded = text.encode("gb18030")
        try:
            encoded.decode("utf-8")
        except UnicodeDecodeError:
            assert decode(encoded) == text
