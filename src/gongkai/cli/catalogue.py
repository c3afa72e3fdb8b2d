"""`gongkai catalogue`: standard catalogues of grassroots openness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli import fail

if TYPE_CHECKING:
    from gongkai.core.catalogues import Catalogue


@click.group(help="基层政务公开事项标准目录：读取。")
def catalogue() -> None:
    """Nouns group their verbs."""


@catalogue.command(help="读取一份标准目录（xlsx、docx、html 等），输出事项、时限、渠道和需要核对之处。")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式"
)
def read(file: Path, form: str) -> None:
    found = _read(file)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        return
    from gongkai.core.catalogues.view import table_view

    click.echo(table_view(found))


def _read(file: Path) -> Catalogue:
    from gongkai.core.catalogues import NoCatalogue, read_catalogue
    from gongkai.core.documents import DocumentError
    from gongkai.core.documents.reader import read as read_document

    try:
        return read_catalogue(read_document(file))
    except DocumentError as error:
        raise fail(str(error)) from error
    except NoCatalogue as error:
        raise fail(f"{file.name}：{error}") from error
