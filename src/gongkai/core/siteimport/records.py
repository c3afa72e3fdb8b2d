"""The records of a source, one after the other: lines of JSON, rows of CSV, or the saved pages of an archive.

A source is read from its beginning each time, and what was read before is passed over without being understood: so a
run that was broken off goes on where it stood, and memory does not grow with the source.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from gongkai.core.documents import DocumentError
from gongkai.core.documents.decoding import decode
from gongkai.core.siteimport.pages import read_page

csv.field_size_limit(16 * 1024 * 1024)
LARGEST = 16 * 1024 * 1024  # bytes of one record, page or attachment, unpacked
PAGES = (".html", ".htm", ".shtml", ".jhtml", ".xhtml")
LISTS = (".jsonl", ".ndjson", ".csv")


@dataclass(frozen=True, slots=True)
class Record:
    """One article as the source has it. number: line, row or page, from 1. problem: why it cannot be read."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


class Source:
    """An opened source. `records` may be asked for again; `file` gives what lies beside the records.

    path: of the list or the archive; folder: where attachments of a list outside of an archive lie.
    """

    def __init__(self, path: Path, name: str = "", folder: Path | None = None) -> None:
        self._stack = ExitStack()
        self._path, self._folder = path, folder
        self._zip: zipfile.ZipFile | None = None
        self.name = name or path.name
        if self.name.lower().endswith(".zip"):
            try:
                self._zip = self._stack.enter_context(zipfile.ZipFile(path))
            except (zipfile.BadZipFile, OSError) as error:
                raise DocumentError(f"压缩包“{self.name}”打不开，请重新打包后再试") from error
        elif not self.name.lower().endswith(LISTS):
            raise DocumentError("请提供 CSV、JSONL 文件，或者装有网页文件的 ZIP 压缩包")

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def records(self, start: int = 0) -> Iterator[Record]:
        """The records behind the first `start`."""
        inner = self._list_inside()
        name = inner or self.name
        if self._zip is not None and inner is None:
            return self._pages(start)
        if name.lower().endswith(".csv"):
            return _rows(self._open(inner), start)
        return _lines(self._open(inner), start)

    def file(self, place: str) -> bytes | None:
        """An attachment by its path or address, in the archive or the folder; None when not there, or too large.

        What had an address lies where a mirror keeps it, below a folder named by the host, or by its path alone.
        """
        return next((data for path in _paths(place) if (data := self._read(path)) is not None), None)

    def _read(self, path: str) -> bytes | None:
        if self._zip is not None:
            return self._from_archive(path)
        if self._folder is None:
            return None
        there = (self._folder / path).resolve()
        inside = there.is_relative_to(self._folder.resolve()) and there.is_file() and there.stat().st_size <= LARGEST
        return there.read_bytes() if inside else None

    def _from_archive(self, wanted: str) -> bytes | None:
        assert self._zip is not None  # noqa: S101
        try:
            told = self._zip.getinfo(wanted)
        except KeyError:
            return None
        if told.file_size > LARGEST or told.flag_bits & 1:
            return None
        with self._zip.open(told) as stream:
            data = stream.read(LARGEST + 1)
        return data if len(data) <= LARGEST else None

    def _list_inside(self) -> str | None:
        """The name of the one list an archive may hold beside its files."""
        if self._zip is None:
            return None
        names = [name for name in self._zip.namelist() if name.lower().endswith(LISTS)]
        if len(names) > 1:
            raise DocumentError("压缩包里有多个 CSV 或 JSONL 文件，请只放一个")
        return names[0] if names else None

    def _open(self, inner: str | None) -> BinaryIO:
        if self._zip is not None and inner is not None:
            return self._stack.enter_context(self._zip.open(inner))  # type: ignore[return-value]
        return self._stack.enter_context(self._path.open("rb"))

    def _pages(self, start: int) -> Iterator[Record]:
        assert self._zip is not None  # noqa: S101
        names = sorted(name for name in self._zip.namelist() if name.lower().endswith(PAGES))
        if not names:
            raise DocumentError("压缩包里没有网页文件（.html），也没有 CSV 或 JSONL 文件")
        for number, name in enumerate(names[start:], start + 1):
            data = self._from_archive(name)
            if data is None:
                yield Record(number, {"url": name}, "网页文件过大或者加了密码")
                continue
            try:
                yield Record(number, read_page(data, name))
            except DocumentError as error:
                yield Record(number, {"url": name}, str(error))


def _paths(place: str) -> list[str]:
    parts = urlsplit(place)
    plain = [f"{parts.netloc}{parts.path}", parts.path] if parts.scheme in ("http", "https") else [place]
    paths = [posixpath.normpath(unquote(one).replace("\\", "/").lstrip("/")) for one in plain]
    return [one for one in paths if not one.startswith("..")]


def open_source(path: Path, name: str = "", folder: Path | None = None) -> Source:
    """`DocumentError` when it is none."""
    return Source(path, name, folder)


def _lines(stream: BinaryIO, start: int) -> Iterator[Record]:
    """Lines of JSON. Empty ones count as lines, so that the number is that of the editor."""
    for number, line in enumerate(islice(stream, start, None), start + 1):
        if not line.strip():
            continue
        if len(line) > LARGEST:
            yield Record(number, {}, f"一行超过 {LARGEST // 1024 // 1024} MB")
            continue
        try:
            values = json.loads(decode(line))
        except (ValueError, RecursionError, DocumentError) as error:
            yield Record(number, {}, f"不是 JSON：{str(error)[:80]}")
            continue
        if isinstance(values, dict):
            yield Record(number, values)
        else:
            yield Record(number, {}, "不是 JSON 对象（应为 {…}）")


def _rows(stream: BinaryIO, start: int) -> Iterator[Record]:
    text = io.TextIOWrapper(stream, encoding=_encoding(stream), errors="replace", newline="")
    reader = csv.reader(text)
    head = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    if len(set(head)) != len(head) or not any(head):
        raise DocumentError("CSV 的第一行应当是列名，各列不能重名")
    rows = islice(enumerate(reader, 1), start, None)
    while True:
        try:
            number, row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise DocumentError(f"CSV 读到中途出错：{error}") from error
        if len(row) != len(head):
            yield Record(number, dict(zip(head, row, strict=False)), f"这一行有 {len(row)} 列，表头有 {len(head)} 列")
        else:
            yield Record(number, dict(zip(head, row, strict=True)))


def _encoding(stream: BinaryIO) -> str:
    """Of the beginning: UTF-8 with or without its mark, else GB18030, which every GBK file is."""
    if not stream.seekable():
        raise DocumentError("压缩包里的 CSV 读不了，请解压后单独上传")
    sample = stream.read(1024 * 1024)
    stream.seek(0)
    try:
        sample[: max(len(sample) - 4, 0)].decode("utf-8")
    except UnicodeDecodeError as error:
        return "gb18030" if error.start < len(sample) - 8 else "utf-8-sig"
    return "utf-8-sig"
