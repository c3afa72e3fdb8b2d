"""Sources: lists and archives, read from any place, wrong lines named by their number."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gongkai.core.documents import DocumentError
from gongkai.core.siteimport import guess, open_source

ROW = {"url": "http://www.example.gov.cn/a.html", "title": "标题", "body": "<p>正文</p>"}


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, start: int = 0):
    with open_source(path) as source:
        return list(source.records(start))


class TestLines:
    def test_one_article_a_line(self, tmp_path):
        path = write(tmp_path, "a.jsonl", "\n".join(json.dumps(ROW | {"title": str(n)}) for n in range(3)))
        assert [(one.number, one.values["title"]) for one in read(path)] == [(1, "0"), (2, "1"), (3, "2")]

    def test_goes_on_behind_what_was_read(self, tmp_path):
        path = write(tmp_path, "a.jsonl", "\n".join([json.dumps(ROW), "", "{", json.dumps(ROW)]))
        assert [one.number for one in read(path)] == [1, 3, 4]
        assert [one.number for one in read(path, 3)] == [4]
        assert read(path, 4) == []

    @pytest.mark.parametrize("line", ["{", "[1]", '"words"', "null", "[" * 100_000])
    def test_a_line_that_is_no_article(self, tmp_path, line):
        bad, good = read(write(tmp_path, "a.jsonl", f"{line}\n{json.dumps(ROW)}"))
        assert bad.number == 1 and "JSON" in bad.problem
        assert good.values == ROW and not good.problem


class TestRows:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_rows_below_their_heads(self, tmp_path, encoding):
        text = '网址,标题,正文\r\nhttp://a.cn/1,"含,逗号","第一行\n第二行"\r\nhttp://a.cn/2,标题二,正文\r\n'
        first, second = read(write(tmp_path, "a.csv", text, encoding))
        assert first.values == {"网址": "http://a.cn/1", "标题": "含,逗号", "正文": "第一行\n第二行"}
        assert second.number == 2

    def test_a_row_with_too_many_cells(self, tmp_path):
        bad, good = read(write(tmp_path, "a.csv", "url,title\nu,t,x\nu,t\n"))
        assert "3 列" in bad.problem and not good.problem
        assert [one.number for one in read(write(tmp_path, "a.csv", "url,title\nu,t,x\nu,t\n"), 1)] == [2]

    @pytest.mark.parametrize("text", ["", "url,url\n1,2\n", ",,\n"])
    def test_heads_that_are_none(self, tmp_path, text):
        with pytest.raises(DocumentError, match="列名"):
            read(write(tmp_path, "a.csv", text))


class TestArchives:
    def make(self, folder: Path, **files: bytes) -> Path:
        path = folder / "site.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return path

    def test_a_list_with_its_files(self, tmp_path):
        path = self.make(tmp_path, **{"a.jsonl": json.dumps(ROW).encode(), "files/表.xlsx": b"xx"})
        with open_source(path) as source:
            assert [one.values for one in source.records()] == [ROW]
            assert source.file("files/表.xlsx") == b"xx"
            assert source.file("/files/表.xlsx") == b"xx"
            assert source.file("files/none.xlsx") is None

    def test_a_mirror_of_pages(self, tmp_path):
        page = "<title>标题</title><div id=zoom><p>" + "正文" * 20 + "</p></div>"
        names = ("www.example.gov.cn/zwgk/2.html", "www.example.gov.cn/zwgk/1.html")
        files = {name: page.encode("gbk") for name in names} | {"www.example.gov.cn/zwgk/P1.pdf": b"pdf"}
        path = self.make(tmp_path, **files)
        with open_source(path) as source:
            urls = [one.values["url"] for one in source.records()]
            assert urls == ["http://www.example.gov.cn/zwgk/1.html", "http://www.example.gov.cn/zwgk/2.html"]
            assert [one.number for one in source.records(1)] == [2]
            assert source.file("http://www.example.gov.cn/zwgk/P1.pdf") == b"pdf"

    @pytest.mark.parametrize("place", ["../secret", "/../../etc/passwd", "http://h/../../x", "..\\x"])
    def test_never_out_of_the_folder(self, tmp_path, place):
        (tmp_path / "secret").write_text("x")
        inner = tmp_path / "inner"
        inner.mkdir()
        with open_source(write(inner, "a.jsonl", "{}"), folder=inner) as source:
            assert source.file(place) is None

    def test_what_is_no_archive(self, tmp_path):
        with pytest.raises(DocumentError, match="打不开"):
            open_source(write(tmp_path, "a.zip", "x"))
        with pytest.raises(DocumentError, match="没有网页"):
            read(self.make(tmp_path, **{"a.pdf": b""}))
        with pytest.raises(DocumentError, match="多个"):
            read(self.make(tmp_path, **{"a.csv": b"", "b.csv": b""}))
        with pytest.raises(DocumentError, match="CSV"):
            open_source(write(tmp_path, "a.docx", "x"))


def test_fields_are_found_by_what_sources_call_them():
    assert guess(["DOC_TITLE", "DOCPUBURL", "ChnlName", "other"]) == {
        "title": "DOC_TITLE",
        "url": "DOCPUBURL",
        "column": "ChnlName",
    }
    assert guess(["标题", "发布 时间", "正文"]) == {"title": "标题", "published": "发布 时间", "body": "正文"}
    assert guess(["title", "标题"]) == {"title": "title"}
