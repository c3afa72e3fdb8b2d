"""The door: bytes -> `Document`. Readers are imported only when their kind turns up."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from gongkai.core.documents.kinds import binary_kind, is_html
from gongkai.core.documents.model import Document, DocumentError

DEFAULT_LIMIT = 100 * 2**20  # bytes

_READERS = {
    "docx": "docx",
    "doc": "office",
    "rtf": "office",
    "odf": "office",
    "xlsx": "sheets",
    "xls": "sheets",
    "pdf": "pdf",
}


def read(path: Path | str, *, limit: int = DEFAULT_LIMIT, whole: bool = False) -> Document:
    """Read the file at `path`; `limit` is the largest size in bytes. DocumentError when it cannot be read.

    whole: everything that leaves the house with the file, hidden or not, attachments, pictures and archives too.
    """
    return read_bytes(content_of(path, limit=limit), Path(path).name, limit=limit, whole=whole)


def content_of(path: Path | str, *, limit: int = DEFAULT_LIMIT) -> bytes:
    """The bytes of the file at `path`, unread; DocumentError when there is none or it is larger than `limit`."""
    path = Path(path)
    try:
        if path.is_dir():
            raise DocumentError(f"{path.name}：是文件夹，请给出其中的文件")
        size = path.stat().st_size
        if size > limit:
            raise DocumentError(f"{path.name}：{_too_large(size, limit)}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"{path}：文件不存在，请检查路径") from error
    except PermissionError as error:
        raise DocumentError(f"{path}：没有读取权限，请修改文件权限后再试") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path!s:.200}：无法打开文件，请检查路径和磁盘") from error


def read_bytes(data: bytes, name: str = "", *, limit: int = DEFAULT_LIMIT, whole: bool = False) -> Document:
    """Read a file's content; `name` is only used in messages. DocumentError when it cannot be read."""
    try:
        if not data.strip(b"\0 \t\r\n"):
            raise DocumentError("是空文件，请重新导出或上传")
        if len(data) > limit:
            raise DocumentError(_too_large(len(data), limit))
        return _whole(data) if whole else guarded(read_content, data, binary_kind(data))
    except DocumentError as error:
        label = " ".join(name.split()) or "文件"
        raise DocumentError(f"{label}：{error}") from error


def _whole(data: bytes) -> Document:
    from gongkai.core.documents.whole import read_whole
    from gongkai.core.documents.whole.budget import Budget

    return read_whole(data, Budget())


def guarded(function: Callable[[bytes, str | None], Document], data: bytes, kind: str | None) -> Document:
    """What `function` makes of the file; damaged files make the parsing libraries raise nearly anything."""
    try:
        return function(data, kind)
    except DocumentError:
        raise
    except RecursionError as error:
        raise DocumentError("内容层层嵌套过深，已停止读取，请在原软件中整理后另存再试") from error
    except Exception as error:
        # The cause stays chained.
        what = kind or "文本"
        raise DocumentError(f"按 {what} 读取失败，文件可能已损坏，请在原软件中另存后再试") from error


def read_content(data: bytes, kind: str | None) -> Document:
    """The file as its kind is read for its content."""
    if kind is None:
        return _read_text(data)
    module = import_module(f"gongkai.core.documents.{_READERS[kind]}")
    return cast(Document, module.read(data, kind))


def _read_text(data: bytes) -> Document:
    from gongkai.core.documents.decoding import decode

    text = decode(data, html=True)
    if is_html(text):
        from gongkai.core.documents import html

        return html.read(text)
    from gongkai.core.documents import plain_text

    return plain_text.read(text)


def _too_large(size: int, limit: int) -> str:
    return f"大小 {size / 2**20:.1f} MB，超过上限 {limit / 2**20:.0f} MB，请拆分或压缩其中的图片后再试"
