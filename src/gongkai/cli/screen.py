"""`gongkai screen`: files and folders held against the rules before they are published."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import copies, fail, progress, today
from gongkai.cli.copies import Copy
from gongkai.cli.findings import SEVERITIES, as_json, as_line

if TYPE_CHECKING:
    from gongkai.core.documents import Document
    from gongkai.core.screening import Finding, Screener

_FILE = click.Path(path_type=Path)
_STDIN = "-"
# What is not read in full is never shown as law.
_ORIGINS = {"verified": "", "recalled": "；依据未经核对原文", "own": "；判断方法为本系统自定"}


@dataclass(frozen=True, slots=True)
class Screened:
    """One file: what it says and what was found. `document` is None for one that could not be read.

    copy: what became of its redacted copy, None when none was asked for.
    """

    path: str
    document: Document | None
    findings: tuple[Finding, ...]
    not_examined: tuple[str, ...]
    copy: Copy | None = None

    def text(self, finding: Finding) -> str:
        """The stretch of a finding as it stands."""
        return self.document.text[finding.start : finding.end] if self.document else ""

    def excerpt(self, finding: Finding, full: bool) -> str:
        """What may be shown of a finding."""
        return self.text(finding) if full else finding.masked


@click.command(
    help="发布前筛查文件和文件夹（- 从标准输入读取文本）：国家秘密和内部标志、个人信息、错别字、隐藏内容。"
    "没有发现退出状态为 0，有发现为 1，无法检查为 2。"
)
@click.argument("paths", metavar="PATH…", nargs=-1, type=click.Path())
@click.option("--lexicon", "lexicons", metavar="FILE", multiple=True, type=_FILE, help="词库（CSV），可写多次")
@click.option("--rules", metavar="FILE", type=_FILE, help="补充规则（YAML）；与内置规则同 id 的取代内置规则")
@click.option("--whitelist", metavar="FILE", type=_FILE, help="可以公开的办公电话、邮箱，每行一个")
@click.option(
    "--redact",
    "redact_to",
    metavar="OUT",
    type=_FILE,
    help="生成脱敏副本：遮盖个人信息、去掉隐藏内容，并重新筛查证明；一个文件写到 OUT，多个文件或文件夹写到文件夹 OUT",
)
@click.option("--text-out", metavar="DIR", type=_FILE, help="把提取的文本写入此目录，位置按它计算")
@click.option(
    "--excerpt",
    type=click.Choice(["masked", "full"]),
    default="masked",
    show_default=True,
    help="摘录是否遮盖；full 会显示完整号码",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "sarif"]),
    default="table",
    show_default=True,
    help="输出格式",
)
@click.option("--list-rules", is_flag=True, help="列出全部规则，不筛查")
def screen(
    paths: tuple[str, ...],
    lexicons: tuple[Path, ...],
    rules: Path | None,
    whitelist: Path | None,
    redact_to: Path | None,
    text_out: Path | None,
    excerpt: str,
    form: str,
    list_rules: bool,
) -> None:
    screener = make_screener(lexicons, rules, whitelist)
    if list_rules:
        click.echo(_rules_json(screener) if form != "table" else _rules_table(screener))
        return
    if not paths:
        raise fail("没有要筛查的文件：请写出文件或文件夹，或用 - 从标准输入读取")
    files = list(_files(paths))
    targets = copies.targets(paths, [path for path, _ in files], redact_to) if redact_to is not None else {}
    screened, failed = _screen_all(screener, files)
    if text_out is not None:
        _write_texts(text_out, screened)
    if targets:
        made = copies.make(screener, targets)
        screened = [replace(one, copy=made.get(one.path)) for one in screened]
        failed += [copy.error for copy in made.values() if copy.error and copy.error not in failed]
    click.echo(_shown(screener, screened, form, full=excerpt == "full"))
    for line in failed:
        click.echo(line, err=True)
    if failed:
        raise click.exceptions.Exit(2)
    if any(one.findings for one in screened):
        raise click.exceptions.Exit(1)


def make_screener(lexicons: Iterable[Path], rules: Path | None, whitelist: Path | None) -> Screener:
    """The standard rules and lexicons with a county's own; ends with status 2 when one cannot be used."""
    from gongkai.core.screening import LexiconError, RuleError, Screener, load_lexicon, load_rules
    from gongkai.core.screening.lexicon import standard_lexicons

    try:
        own = load_rules(rules) if rules else ()
        taken = {rule.id for rule in own}
        chosen = [rule for rule in load_rules() if rule.id not in taken]
        words = [*standard_lexicons(), *map(load_lexicon, lexicons)]
        allowed = whitelist.read_text("utf-8-sig").split() if whitelist else ()
        return Screener((*chosen, *own), words, on=today(), whitelist=allowed)
    except (LexiconError, RuleError) as error:
        raise fail(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{whitelist}：白名单读不出来，应为 UTF-8 文本，每行一个号码") from error


def _screen_all(screener: Screener, files: Sequence[tuple[str, bool]]) -> tuple[list[Screened], list[str]]:
    """Every file, and a line for each one named that could not be read.

    A file of a folder that no reader knows is listed as not examined; one that was named itself is an error.
    """
    from gongkai.core.documents import DocumentError

    screened, unreadable = [], []
    with progress() as tell:
        for number, (path, named) in enumerate(files, 1):
            tell("筛查", number, len(files))
            try:
                screened.append(screen_file(screener, path))
            except DocumentError as error:
                if named:
                    unreadable.append(str(error))
                screened.append(Screened(path, None, (), (str(error),)))
    return screened, unreadable


def _files(paths: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each file, and whether it was named itself rather than found in a folder."""
    for path in paths:
        if path != _STDIN and Path(path).is_dir():
            found = sorted(entry for entry in Path(path).rglob("*") if entry.is_file())
            yield from ((str(entry), False) for entry in found)
        else:
            yield path, True


def screen_file(screener: Screener, path: str) -> Screened:
    """One file, or standard input as text. DocumentError when it cannot be read."""
    from gongkai.core.documents import read
    from gongkai.core.screening import screen_document

    document = _standard_input() if path == _STDIN else read(path, whole=True)
    screening = screen_document(screener, document)
    return Screened(path, document, screening.findings, screening.not_examined)


def _standard_input() -> Document:
    """Standard input as one text: offsets index exactly what came in."""
    from gongkai.core.documents import Document, DocumentError, Paragraph, Place

    data = sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise DocumentError("标准输入：编码无法识别，请转为 UTF-8 后再试") from error
    lines, blocks, at = text.splitlines(keepends=True), [], 0
    for number, line in enumerate(lines, 1):
        blocks.append(Paragraph(line.rstrip("\r\n"), at, Place(paragraph=number)))
        at += len(line)
    return Document("txt", text, tuple(blocks))


def _write_texts(folder: Path, screened: Iterable[Screened]) -> None:
    """Exactly the text that offsets index, one file for each that was read, under its own path."""
    taken: set[Path] = set()
    try:
        for one in screened:
            if one.document is None:
                continue
            path = _text_path(folder, one.path, taken)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.document.text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise fail(f"{error.filename or folder}：写不进去（{error.strerror}），请检查目录和权限") from error


def _text_path(folder: Path, path: str, taken: set[Path]) -> Path:
    """Below the folder whatever the path: no `..`, no root; two of one name are numbered."""
    name = "stdin" if path == _STDIN else path
    parts = [part for part in Path(name).parts if part not in ("..", Path(name).anchor)]
    wanted = folder.joinpath(*parts)
    target, number = wanted.with_name(f"{wanted.name}.txt"), 2
    while target in taken:
        target, number = wanted.with_name(f"{wanted.name}.{number}.txt"), number + 1
    taken.add(target)
    return target


def _shown(screener: Screener, screened: Sequence[Screened], form: str, *, full: bool) -> str:
    if form == "json":
        return json.dumps(_as_json(screener, screened, full), ensure_ascii=False, indent=2)
    if form == "sarif":
        from gongkai.core.screening.sarif import sarif

        excerpts = {id(finding): one.text(finding) for one in screened for finding in one.findings} if full else {}
        files = [(one.path, one.findings, one.not_examined) for one in screened]
        rules = [(row["id"], row["message"], _ground(row)) for row in rule_rows(screener)]
        return json.dumps(sarif(files, rules, screener.version, excerpts), ensure_ascii=False, indent=2)
    return _table(screened, full)


def _as_json(screener: Screener, screened: Sequence[Screened], full: bool) -> dict[str, Any]:
    return {
        "files": [
            {
                "path": one.path,
                "kind": one.document.kind if one.document else None,
                "findings": [as_json(finding, one.excerpt(finding, full)) for finding in one.findings],
                "not_examined": list(one.not_examined),
                **({"redacted": one.copy.as_json()} if one.copy else {}),
            }
            for one in screened
        ],
        "summary": {
            "files": len(screened),
            "findings": sum(len(one.findings) for one in screened),
            "by_severity": dict(Counter(finding.severity.value for one in screened for finding in one.findings)),
            "by_category": dict(Counter(finding.category.value for one in screened for finding in one.findings)),
            "not_examined": sum(len(one.not_examined) for one in screened),
            "version": screener.version,
        },
    }


def _table(screened: Sequence[Screened], full: bool) -> str:
    lines = []
    for one in screened:
        kind = f"（{one.document.kind}）" if one.document else ""
        lines.append(f"{one.path}{kind}：{len(one.findings)} 处")
        for finding in one.findings:
            lines.append(as_line(finding, one.excerpt(finding, full), offsets=True))
        lines += [f"  [未检查] {what}" for what in one.not_examined]
        lines += one.copy.lines() if one.copy else []
    counted = Counter(finding.severity.value for one in screened for finding in one.findings)
    summary = "，".join(f"{said} {counted[key]}" for key, said in SEVERITIES.items())
    return "\n".join([*lines, f"共 {len(screened)} 个文件：{summary}"])


def rule_rows(screener: Screener) -> list[dict[str, str]]:
    """Every rule there is: declared ones, lexicons, hidden content."""
    from gongkai.core.screening.hidden import hidden_rules

    rows = [
        {
            "id": rule.id,
            "category": rule.category.value,
            "severity": rule.severity.value,
            "message": rule.message,
            "suggestion": rule.suggestion,
            "basis": rule.basis,
            "origin": rule.origin,
        }
        for rule in screener.rules
    ]
    blank = dict.fromkeys(("severity", "suggestion", "basis", "origin"), "")
    rows += [
        {
            **blank,
            "id": lexicon.rule,
            "category": "lexicon",
            "message": f"词库“{lexicon.name}”，{len(lexicon.entries)} 词",
        }
        for lexicon in screener.lexicons
    ]
    rows += [
        {**blank, "id": name, "category": "hidden-content", "message": message} for name, message in hidden_rules()
    ]
    return rows


def _rules_json(screener: Screener) -> str:
    return json.dumps({"version": screener.version, "rules": rule_rows(screener)}, ensure_ascii=False, indent=2)


def _rules_table(screener: Screener) -> str:
    return "\n".join(
        f"{row['id']:<26} {row['category']:<15} {row['severity'] or '-':<8} {row['message']}"
        + (f"（{_ground(row)}）" if row["basis"] else "")
        for row in rule_rows(screener)
    )


def _ground(row: dict[str, str]) -> str:
    return f"{row['basis']}{_ORIGINS[row['origin']]}" if row["basis"] else ""
