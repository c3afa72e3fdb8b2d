"""`gongkai notice`: notices that break work down into tasks."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli import fail
from gongkai.cli.files import is_same, write_whole
from gongkai.cli.notice_import import import_

if TYPE_CHECKING:
    from gongkai.core.notices import Plan

_BINARY = ("docx", "xlsx")


@click.group(help="任务分解通知：读取、导入。")
def notice() -> None:
    """Nouns group their verbs."""


notice.add_command(import_)


@notice.command(help="读取一份任务分解通知，输出任务、责任单位、时限和需要核对之处。")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "docx", "xlsx"]),
    default="table",
    show_default=True,
    help="输出格式；docx、xlsx 按通知原有版式生成",
)
@click.option("--bodies", metavar="CSV", type=click.Path(path_type=Path), help="机构名册，用于核对单位名称")
@click.option("--output", metavar="PATH", type=click.Path(path_type=Path), help="写入文件，不写则输出到屏幕或管道")
def read(file: Path, form: str, bodies: Path | None, output: Path | None) -> None:
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise fail(f"{form} 不能直接显示在屏幕上，请加 --output 文件名，或重定向到文件")
    if output is not None and is_same(output, file):
        raise fail(f"{output}：不能覆盖通知原件，请换一个文件名")
    plan = _plan(file, bodies)
    content = _content(plan, form)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(output, content)
    except OSError as error:
        raise fail(f"{output}：写不进去（{error.strerror}），请检查目录和权限") from error


def _plan(file: Path, bodies: Path | None) -> Plan:
    from gongkai.core.documents import DocumentError
    from gongkai.core.documents.reader import read as read_document
    from gongkai.core.notices import Lexicon, NoPlan, RegisterError, read_plan

    try:
        lexicon = Lexicon.from_csv(bodies) if bodies else None
        return read_plan(read_document(file), lexicon)
    except (DocumentError, RegisterError) as error:
        raise fail(str(error)) from error
    except NoPlan as error:
        raise fail(f"{file.name}：{error}") from error


def _content(plan: Plan, form: str) -> bytes:
    if form in _BINARY:
        from gongkai.core.notices import writer

        return writer.write_docx(plan) if form == "docx" else writer.write_xlsx(plan)
    if form == "json":
        return (json.dumps(plan.to_dict(), ensure_ascii=False, indent=2) + "\n").encode()
    from gongkai.core.notices.view import table_view

    return (table_view(plan) + "\n").encode()
