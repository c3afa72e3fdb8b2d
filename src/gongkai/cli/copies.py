"""`gongkai screen --redact OUT`: where the redacted copies go, how they are written, what is said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli import fail, progress
from gongkai.cli.files import is_same, write_whole
from gongkai.cli.findings import as_json, as_line

if TYPE_CHECKING:
    from gongkai.core.redaction import Redaction
    from gongkai.core.screening import Finding, Screener

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Copy:
    """What became of the copy of one file: where it was written, or the one line that says why there is none."""

    path: Path
    redaction: Redaction | None = None
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        if self.redaction is None:
            return {"path": None, "error": self.error}
        return {
            "path": str(self.path),
            "masked": self.redaction.masked,
            "removed": list(self.redaction.removed),
            "left": [as_json(finding, finding.masked) for finding in self.redaction.wording],
            "not_examined": list(self.redaction.not_examined),
        }

    def lines(self) -> list[str]:
        if self.redaction is None:
            return [f"  [无副本] {self.error}"]
        redaction = self.redaction
        said = [f"遮盖 {sum(redaction.masked.values())} 处"]
        if redaction.removed:
            said.append(f"去掉{'、'.join(redaction.removed)}")
        stays = f"，只剩用语问题 {len(redaction.wording)} 处（用语由人修改）" if redaction.wording else "，没有发现"
        return [
            f"  [副本] {self.path}：{'，'.join(said)}；已重新筛查{stays}",
            *(f"  {as_line(finding, finding.masked)}" for finding in redaction.wording),
            *(f"    [副本中未检查] {what}" for what in redaction.not_examined),
        ]


def targets(paths: Sequence[str], files: Sequence[str], out: Path) -> dict[str, Path]:
    """Where the copy of each file goes; ends with status 2 when that would touch what was given.

    One file goes to `out` itself, unless that is a folder; several, or a folder, keep their names below `out`.
    """
    if _STDIN in paths:
        raise fail("标准输入不能生成脱敏副本：请先存为文件")
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    if any(_lies_in(out, folder) for folder in folders):
        raise fail(f"{out}：脱敏副本不能放在被筛查的文件夹里，请换一个位置")
    if len(paths) == 1 and not folders and not out.is_dir():
        chosen = {files[0]: out}
    else:
        if out.exists() and not out.is_dir():
            raise fail(f"{out}：不是文件夹，多个文件的脱敏副本要写到文件夹")
        chosen = _below(out, files, folders)
    for target in chosen.values():
        if any(is_same(target, Path(source)) for source in files):
            raise fail(f"{target}：脱敏副本不能覆盖原文件，请换一个位置")
    return chosen


def make(screener: Screener, targets: Mapping[str, Path]) -> dict[str, Copy]:
    """A copy of every file; a file of which none can be made does not keep the others from theirs."""
    made = {}
    with progress() as tell:
        for number, (source, target) in enumerate(targets.items(), 1):
            tell("脱敏", number, len(targets))
            made[source] = _copy(screener, source, target)
    return made


def _copy(screener: Screener, source: str, target: Path) -> Copy:
    from gongkai.core.documents import DocumentError
    from gongkai.core.redaction import RedactionError, redact

    try:
        redaction = redact(source, screener)
    except (DocumentError, RedactionError) as error:
        return Copy(target, error=str(error))
    if redaction.unsettled:
        return Copy(target, error=_not_clean(source, redaction.unsettled))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, redaction.data)
    except OSError as error:
        return Copy(target, error=f"{target}：写不进去（{error.strerror}），请检查目录和权限")
    return Copy(target, redaction)


def _not_clean(source: str, findings: Sequence[Finding]) -> str:
    said = "、".join(dict.fromkeys(finding.message for finding in findings))
    return f"{Path(source).name}：{said}，不能以遮盖代替，未生成副本；请由人核定、处理后再试"


def _below(out: Path, files: Sequence[str], folders: Sequence[Path]) -> dict[str, Path]:
    """Names as they are below the folder that was given; two of one name are numbered."""
    chosen: dict[str, Path] = {}
    for file in files:
        folder = next((each for each in folders if Path(file).is_relative_to(each)), Path(file).parent)
        wanted = out / Path(file).relative_to(folder)
        target, number = wanted, 2
        while target in chosen.values():
            target, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
        chosen[file] = target
    return chosen


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
