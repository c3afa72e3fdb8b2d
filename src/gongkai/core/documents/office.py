"""Old and foreign word-processor files (doc, wps, rtf, odt) through LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gongkai.core.documents.kinds import carries_macros
from gongkai.core.documents.model import Document, DocumentError
from gongkai.core.documents.word97 import with_last_paragraph

TIMEOUT = 90  # seconds; a first start on a slow machine takes about 10
_CELL_END = re.compile(rb"[\x4e-\x9f]\x07\0")  # a Chinese character before the mark that ends a cell
_MEMORY = "/dev/shm"  # noqa: S108
_PROGRAMS = ("soffice", "libreoffice")
# Suffix and import filter: named, because LibreOffice takes what it does not know for plain text.
_FILTERS = {"doc": (".doc", "MS Word 97"), "rtf": (".rtf", "Rich Text Format"), "odf": (".odt", "writer8")}


def read(data: bytes, kind: str) -> Document:
    """Convert to docx in a profile of its own, then read that; DocumentError when LibreOffice is missing or fails."""
    from gongkai.core.documents import docx

    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DocumentError("是旧版 Word 或 WPS 文件，需要安装 LibreOffice 才能读取；也可先另存为 docx 再上传")
    # A conversion needs files. In memory, where there is such a folder: what is converted may have to be refused.
    with tempfile.TemporaryDirectory(prefix="gongkai-office-", dir=_memory_folder()) as folder:
        converted = _convert(program, with_last_paragraph(data) if kind == "doc" else data, kind, Path(folder))
    document = docx.read(converted, "docx")
    notes = document.not_examined
    if kind == "doc" and not any(document.tables()) and len(_CELL_END.findall(data)) > 1:
        notes = (*notes, "表格（转换时未能还原，其文字在正文中，请另存为 docx 再上传）")
    macros = kind == "doc" and carries_macros(data)
    notes = (*notes, "宏（未运行）") if macros else notes
    return replace(document, kind="doc", not_examined=notes, has_macros=macros)


def _memory_folder() -> str | None:
    """A folder that is no disk (Linux's /dev/shm), None where there is none that may be written: then the usual one."""
    return _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None


def _convert(program: str, data: bytes, kind: str, folder: Path) -> bytes:
    suffix, reader = _FILTERS[kind]
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    command += [
        f"--infilter={reader}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 - a fixed program, and a file name that we chose
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "HOME": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"LibreOffice 转换超过 {TIMEOUT} 秒，已停止，请先另存为 docx 再上传") from error
    finally:
        _stop(process)
    target = folder / "out" / "source.docx"
    if not target.exists():
        raise DocumentError("LibreOffice 未能转换，文件可能已加密或损坏，请先另存为 docx 再上传")
    return target.read_bytes()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The program is a script around another process: end the whole group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
