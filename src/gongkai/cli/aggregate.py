"""`gongkai aggregate`: what lists of people give away, each alone and put together with others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import fail, progress, today
from gongkai.cli.findings import SEVERITIES, as_json, as_line

if TYPE_CHECKING:
    from gongkai.core.screening.aggregation import FileReport, ListReport, Source

_PATH = click.Path(path_type=Path)
_ROLES = {"direct": "直接标识", "quasi": "准标识", "sensitive": "敏感", "ignored": "不计", "": "未识别，未判断"}
_THEMES = {"health": "健康", "aid": "救助保障", "minors": "未成年人"}


@click.command(
    help="拟公布名单的汇聚风险：每个 FILE 单独判断，并与写在它前面的 FILE 以及 --earlier 给出的已公布名单逐一比对。"
    "没有发现退出状态为 0，有发现为 1，无法检查为 2。比对时重新读取文件，不留存任何号码。"
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_PATH)
@click.option("--k", "wanted", type=click.IntRange(2, 1000), default=5, show_default=True, help="每组至少几人")
@click.option("--earlier", metavar="FILE", multiple=True, type=_PATH, help="以前公布过的名单，只用于比对，可写多次")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式"
)
def aggregate(files: tuple[Path, ...], wanted: int, earlier: tuple[Path, ...], form: str) -> None:
    from gongkai.core.screening import aggregation

    reports = aggregation.aggregate(_read(earlier, files), k=wanted, as_of=today())
    click.echo(
        json.dumps(_as_json(reports, wanted), ensure_ascii=False, indent=2) if form == "json" else _table(reports)
    )
    if any(report.findings for report in reports):
        raise click.exceptions.Exit(1)


def _read(earlier: Sequence[Path], files: Sequence[Path]) -> list[Source]:
    """All files; the first that cannot be read ends the command, for a comparison with gaps would reassure wrongly."""
    from gongkai.core.documents import DocumentError, read
    from gongkai.core.screening.aggregation import Source

    wanted = [(path, False) for path in earlier] + [(path, True) for path in files]
    sources = []
    with progress() as tell:
        for number, (path, judged) in enumerate(wanted, 1):
            tell("读取", number, len(wanted))
            try:
                sources.append(Source(str(path), read(path, whole=True), judged))
            except DocumentError as error:
                raise fail(str(error)) from error
    return sources


def _as_json(reports: Sequence[FileReport], wanted: int) -> dict[str, Any]:
    severities = [finding.severity.value for report in reports for finding in report.findings]
    return {
        "k": wanted,
        "files": [
            {
                "path": report.name,
                "kind": report.kind,
                "lists": [_list(listed) for listed in report.lists],
                "findings": [as_json(finding, finding.masked) for finding in report.findings],
                "not_examined": list(report.not_examined),
            }
            for report in reports
        ],
        "summary": {
            "files": len(reports),
            "lists": sum(len(report.lists) for report in reports),
            "findings": len(severities),
            "by_severity": {key: severities.count(key) for key in SEVERITIES if key in severities},
        },
    }


def _list(listed: ListReport) -> dict[str, Any]:
    told = asdict(listed)
    told["smallest"] = [
        {"size": group.size, "rows": list(group.rows), "values": dict(group.values)} for group in listed.smallest
    ]
    if listed.repair is not None:
        told["repair"]["steps"] = [{"column": column, "step": step} for column, step in listed.repair.steps]
    return told


def _table(reports: Sequence[FileReport]) -> str:
    lines: list[str] = []
    for report in reports:
        lines.append(f"{report.name}（{report.kind}）：人员名单 {len(report.lists)} 份，发现 {len(report.findings)} 处")
        for listed in report.lists:
            lines += _lines(listed)
        lines += [as_line(finding, finding.masked) for finding in report.findings]
        lines += [f"  [未检查] {what}" for what in report.not_examined]
    return "\n".join(lines)


def _lines(listed: ListReport) -> list[str]:
    columns = "、".join(f"{column.heading or column.label}（{_ROLES[column.role]}）" for column in listed.columns)
    themes = "、".join(_THEMES[theme] for theme in listed.themes)
    lines = [f"  {listed.where}：{listed.rows}人" + (f"，涉及{themes}" if themes else ""), f"    列：{columns}"]
    if listed.k is None:
        return [*lines, "    没有可供缩小范围的列"]
    note = "（姓名完整公布，分组供参考）" if listed.named else ""
    lines.append(f"    最小组 {listed.k} 人，过小的组内共 {listed.exposed} 人{note}")
    for group in listed.smallest:
        values = "，".join(f"{name}={value}" for name, value in group.values if value)
        lines.append(f"    {group.size}人：{values}（第{'、'.join(group.rows)}行）")
    return lines
