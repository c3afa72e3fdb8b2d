"""Anchors: where the chain ended at a moment, noted outside of the database, on another machine or on paper.

One line each: number of the last entry, how many there were, its digest, the moment.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from gongkai.review.register.verdicts import Verdict

HEAD = "# 条目号 条目数 末条摘要值(SM3) 时间\n"
LINE = re.compile(r"(\d{1,18})\s+(\d{1,18})\s+([0-9a-f]{64})\s+(\S+)")


class AnchorError(Exception):
    """The file cannot be read, or a line of it is no anchor; `str()` names the line."""


def read_anchors(path: Path) -> dict[int, str]:
    """number -> digest of every anchor in the file; two that contradict each other are an error."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        why = {"path": path, "why": error.strerror}
        raise AnchorError(_("无法读取锚点文件 %(path)s：%(why)s；请检查路径和权限") % why) from None
    except UnicodeDecodeError:
        raise AnchorError(_("无法读取锚点文件 %s：不是 UTF-8 文本；请确认文件是否正确") % path) from None
    found: dict[int, str] = {}
    for at, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            number, digest = _anchor(line, at)
            if found.setdefault(number, digest) != digest:
                raise AnchorError(_("锚点文件第 %(line)d 行与前面同一条目号的锚点不一致") % {"line": at})
    if not found:
        raise AnchorError(_("锚点文件 %(path)s 中没有锚点") % {"path": path})
    return found


def write_anchor(path: Path, verdict: Verdict, at: datetime) -> None:
    """Add one line. AnchorError when the file cannot be written."""
    line = f"{verdict.number} {verdict.count} {verdict.digest} {at.isoformat(timespec='seconds')}\n"
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(line if file.tell() else HEAD + line)
    except OSError as error:
        why = {"path": path, "why": error.strerror}
        raise AnchorError(_("无法写入锚点文件 %(path)s：%(why)s；请检查路径和权限") % why) from None


def _anchor(line: str, at: int) -> tuple[int, str]:
    match = LINE.fullmatch(line.strip())
    try:
        if match is None:
            raise ValueError
        datetime.fromisoformat(match[4])
    except ValueError:
        raise AnchorError(
            _("锚点文件第 %(line)d 行应为“条目号 条目数 摘要值 时间”四项，摘要值为 64 位小写十六进制") % {"line": at}
        ) from None
    return int(match[1]), match[3]
