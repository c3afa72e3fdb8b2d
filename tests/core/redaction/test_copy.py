"""The door of redaction."""

import pytest

from gongkai.core.documents import DocumentError, reader
from gongkai.core.redaction import redact


def test_a_file_that_is_not_there(screener, tmp_path):
    with pytest.raises(DocumentError, match="文件不存在"):
        redact(tmp_path / "没有.docx", screener)


def test_a_file_larger_than_what_is_read_is_refused_before_it_is_opened(screener, tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(reader.DEFAULT_LIMIT + 1)
    with pytest.raises(DocumentError, match="超过上限"):
        redact(path, screener)
